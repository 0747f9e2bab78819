import { type JSX, useEffect, useState } from 'react'
import { useNavigate } from 'react-router'

import { openComposer } from '@/posts/composing'
import { currentSession } from '@/session/session'
import { Dialog } from '@/ui/Dialog'

import { isTyping } from './keys'
import css from './Shortcuts.module.css'

const FOR_MEMBERS = [['n', 'Write a post']] as const
const KEYS = [
  ['j', 'Next post'],
  ['k', 'Previous post'],
  ['Enter', 'Open the post'],
  ['/', 'Search for people'],
  ['?', 'This help'],
  ['Esc', 'Close what is open'],
] as const

/** The keys that work on every page, and the list of all. */
export function Shortcuts(): JSX.Element | null {
  const [isHelping, setHelping] = useState(false)
  const navigate = useNavigate()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event)) return
      if (event.key === 'n' && currentSession()) openComposer()
      else if (event.key === '/') void navigate('/search')
      else if (event.key === '?') setHelping(true)
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [navigate])
  if (!isHelping) return null
  return (
    <Dialog title="Keys" onClose={() => setHelping(false)}>
      <dl className={css.keys}>
        {[...(currentSession() ? FOR_MEMBERS : []), ...KEYS].map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
