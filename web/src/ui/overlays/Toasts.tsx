import { type FocusEvent, type JSX, useEffect, useLayoutEffect, useRef, useState } from 'react'

import { createStore, useStore } from '@/lib/store'

import { IconButton } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { dismiss, hold, release, type Toast, toasts } from './toastStore'
import css from './Toasts.module.css'

/** The mounted `Toasts`, the topmost last. */
const outlets = createStore<readonly symbol[]>([])

/** Shows the toasts, if it is the topmost outlet. Each dialog has one: a modal dialog makes all outside of it inert. */
export function Toasts(): JSX.Element {
  const [own] = useState(() => Symbol('outlet'))
  const isTop = useStore(outlets).at(-1) === own
  const shown = useStore(toasts)
  useLayoutEffect(() => {
    outlets.set([...outlets.get(), own])
    return () => {
      outlets.set(outlets.get().filter((other) => other !== own))
    }
  }, [own])
  useEffect(() => letGo, [isTop])
  useEffect(() => {
    const note = (): void => (document.hidden ? hold('hidden') : release('hidden'))
    note()
    document.addEventListener('visibilitychange', note)
    return () => document.removeEventListener('visibilitychange', note)
  }, [])
  return (
    <div className={css.toasts}>
      <div className={css.stack} aria-live="polite">
        {isTop && shown.map((toast) => <OneToast key={toast.id} toast={toast} />)}
      </div>
    </div>
  )
}

function OneToast({ toast: { id, message, action, isProblem } }: { toast: Toast }): JSX.Element {
  const before = useRef<HTMLElement>(null)
  const noteFocus = ({ relatedTarget, currentTarget }: FocusEvent): void => {
    hold('focus')
    if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget)) before.current = relatedTarget
  }
  const close = (): void => {
    before.current?.focus()
    dismiss(id)
    letGo()
  }
  return (
    <div
      className={css.toast}
      role="presentation"
      data-problem={isProblem || undefined}
      onPointerEnter={() => hold('pointer')}
      onPointerLeave={() => release('pointer')}
      onFocus={noteFocus}
      onBlur={() => release('focus')}
    >
      {isProblem && <Icon name="alert" />}
      <span className={css.message}>{message}</span>
      {/* A toast has been read once its action is taken. */}
      {action && (
        <span role="presentation" onClick={() => dismiss(id)}>
          {action}
        </span>
      )}
      <IconButton icon="close" label="Dismiss" className={css.close} onClick={close} />
    </div>
  )
}

/** An element that is removed fires no leave event. */
function letGo(): void {
  release('pointer')
  release('focus')
}
