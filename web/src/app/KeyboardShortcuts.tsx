import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { type JSX, useEffect, useEffectEvent, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'

import { isTyping } from '@/lib/keyboard'
import { openComposer } from '@/posts/drafts/composerState'
import { currentSession } from '@/session/session'
import { Dialog } from '@/ui/overlays/Dialog'

import css from './KeyboardShortcuts.module.css'

type Key = 'n' | 'j' | 'k' | 'Enter' | '/' | '?' | 'Esc'
const MEMBER_KEYS: [Key, MessageDescriptor][] = [['n', msg`Write a post`]]
const KEYS: [Key, MessageDescriptor][] = [
  ['j', msg`Next post`],
  ['k', msg`Previous post`],
  ['Enter', msg`Open the post`],
  ['/', msg`Search`],
  ['?', msg`Show this help`],
  ['Esc', msg`Close the dialog`],
]
const SEARCH = '#main input[type="search"]'
const LOADED_WITHIN_MS = 5_000

/** Handles the keys that work on every page, and shows the list of all keyboard shortcuts. */
export function KeyboardShortcuts(): JSX.Element | null {
  const { key: entry } = useLocation()
  /** The history entry on which the help was opened: Back closes it. */
  const [helpEntry, setHelpEntry] = useState<string | null>(null)
  const openHelp = useEffectEvent(() => setHelpEntry(entry))
  const navigate = useNavigate()
  useEffect(() => {
    /** The text that the user types before the search page is loaded. */
    let early: { text: string; since: number } | null = null
    const search = (): void => {
      const box = document.querySelector<HTMLInputElement>(SEARCH)
      if (box) return box.select()
      early = { text: '', since: performance.now() }
      void navigate('/explore')
    }
    const typeEarly = ({ key }: KeyboardEvent): boolean => {
      const isEarly = early && performance.now() - early.since < LOADED_WITHIN_MS && key.length === 1
      if (!early || !isEarly || location.pathname !== '/explore' || document.querySelector(SEARCH)) return false
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
      else if (event.key === '?') openHelp()
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
  if (helpEntry !== entry) return null
  return (
    <Dialog title={t`Keyboard shortcuts`} onClose={() => setHelpEntry(null)}>
      <dl className={css.keys}>
        {[...(currentSession() ? MEMBER_KEYS : []), ...KEYS].map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{i18n._(what)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

/**
 * Sets the value of an input as if the user had typed it. React overrides the `value` property of its inputs and ignores a
 * plain assignment: https://github.com/facebook/react/issues/11488
 */
function setValue(input: HTMLInputElement, text: string): void {
  Reflect.set(HTMLInputElement.prototype, 'value', text, input)
  input.dispatchEvent(new Event('input', { bubbles: true }))
}
