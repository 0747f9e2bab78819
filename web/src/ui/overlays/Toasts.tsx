import { t } from '@lingui/core/macro'
import { type FocusEvent, type JSX, useEffect, useLayoutEffect, useRef, useState } from 'react'

import { createStore, useStore } from '@/lib/store'
import { IconButton } from '@/ui/Button'
import { Icon } from '@/ui/Icon'

import css from './Toasts.module.css'
import { dismissToast, holdToasts, releaseToasts, type Toast, toasts } from './toastStore'

/** All mounted `Toasts`, the topmost last. */
const outlets = createStore<readonly symbol[]>([])

/** Shows the toasts if it is the topmost outlet. Each dialog has its own, because a modal dialog makes the rest inert. */
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
  useEffect(() => releaseHolds, [isTop])
  useEffect(() => {
    const update = (): void => (document.hidden ? holdToasts('hidden') : releaseToasts('hidden'))
    update()
    document.addEventListener('visibilitychange', update)
    return () => document.removeEventListener('visibilitychange', update)
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
  const rememberFocus = ({ relatedTarget, currentTarget }: FocusEvent): void => {
    holdToasts('focus')
    if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget)) before.current = relatedTarget
  }
  const close = (): void => {
    before.current?.focus()
    dismissToast(id)
    releaseHolds()
  }
  return (
    <div
      className={css.toast}
      role="presentation"
      data-problem={isProblem || undefined}
      onPointerEnter={() => holdToasts('pointer')}
      onPointerLeave={() => releaseToasts('pointer')}
      onFocus={rememberFocus}
      onBlur={() => releaseToasts('focus')}
    >
      {isProblem && <Icon name="alert" />}
      <span className={css.message}>{message}</span>
      {/* Taking the action dismisses the toast. */}
      {action && (
        <span role="presentation" onClick={() => dismissToast(id)}>
          {action}
        </span>
      )}
      <IconButton icon="close" label={t`Dismiss`} className={css.close} onClick={close} />
    </div>
  )
}

/** Releases the holds of a removed toast, because removed elements fire no leave events. */
function releaseHolds(): void {
  releaseToasts('pointer')
  releaseToasts('focus')
}
