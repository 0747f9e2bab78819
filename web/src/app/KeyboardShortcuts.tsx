import { type JSX, useEffect, useState } from 'react'
import { useNavigate } from 'react-router'

import { openComposer } from '@/posts/drafts/composerState'
import { currentSession } from '@/session/session'
import { Dialog } from '@/ui/overlays/Dialog'

import { isTyping } from '@/lib/keyboard'
import css from './KeyboardShortcuts.module.css'

const FOR_MEMBERS = [['n', 'Write a post']] as const
const KEYS = [
  ['j', 'Next post'],
  ['k', 'Previous post'],
  ['Enter', 'Open the post'],
  ['/', 'Search for people'],
  ['?', 'This help'],
  ['Esc', 'Close what is open'],
] as const
const SEARCH = '#main input[type="search"]'
const LOADED_WITHIN_MS = 5_000

/** The keys that work on every page, and the list of all. */
export function Shortcuts(): JSX.Element | null {
  const [isHelping, setHelping] = useState(false)
  const navigate = useNavigate()
  useEffect(() => {
    /** What is typed before the page of the search is there. */
    let early: { text: string; since: number } | null = null
    const search = (): void => {
      const box = document.querySelector<HTMLInputElement>(SEARCH)
      if (box) return box.select()
      early = { text: '', since: performance.now() }
      void navigate('/search')
    }
    const typeEarly = ({ key }: KeyboardEvent): boolean => {
      const isEarly = early && performance.now() - early.since < LOADED_WITHIN_MS && key.length === 1
      if (!early || !isEarly || location.pathname !== '/search' || document.querySelector(SEARCH)) return false
      early.text += key
      return true
    }
    const fill = ({ target }: FocusEvent): void => {
      if (!early?.text || !(target instanceof HTMLInputElement) || !target.matches(SEARCH)) return
      const { text } = early
      early = null
      setValue(target, text)
    }
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event)) return
      if (typeEarly(event)) return event.preventDefault()
      early = null
      if (event.key === 'n' && currentSession()) openComposer()
      else if (event.key === '/') search()
      else if (event.key === '?') setHelping(true)
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    addEventListener('focusin', fill)
    return () => {
      removeEventListener('keydown', onKey)
      removeEventListener('focusin', fill)
    }
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

/** As if it had been typed: React watches the property of its own input, and so does not see a plain assignment. */
function setValue(input: HTMLInputElement, text: string): void {
  Reflect.set(HTMLInputElement.prototype, 'value', text, input)
  input.dispatchEvent(new Event('input', { bubbles: true }))
}
