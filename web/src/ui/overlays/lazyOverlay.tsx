import { i18n, type MessageDescriptor } from '@lingui/core'
import { type ComponentType, type JSX, useEffect, useEffectEvent } from 'react'

import { createStore, useStore } from '@/lib/store'

import { toast } from './toastStore'

interface LazyOverlay<Props> {
  Overlay: (props: Props) => JSX.Element | null
  /** Loads the code before the overlay is opened. */
  preload: () => Promise<void>
}

/**
 * Declares an overlay, such as a menu or a dialog, whose code is loaded before its first opening. If the code cannot be loaded,
 * a toast shows `problem` and the overlay is closed. The page stays as it is, and the next opening tries again.
 */
export function lazyOverlay<Props extends { onClose: () => void }>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  problem: MessageDescriptor,
): LazyOverlay<Props> {
  const loaded = createStore<ComponentType<Props> | null>(null)
  const preload = async (): Promise<void> => {
    const { default: component } = await load()
    loaded.set(component)
  }
  function Overlay(props: Props): JSX.Element | null {
    const Loaded = useStore(loaded)
    const isMissing = Loaded === null
    const fail = useEffectEvent(() => {
      props.onClose()
      toast(i18n._(problem), { isProblem: true })
    })
    useEffect(() => {
      if (!isMissing) return
      let isClosed = false
      preload().catch(() => isClosed || fail())
      return () => {
        isClosed = true
      }
    }, [isMissing])
    return Loaded && <Loaded {...props} />
  }
  return { Overlay, preload }
}
