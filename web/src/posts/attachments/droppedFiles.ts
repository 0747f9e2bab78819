import { useEffect, useEffectEvent, useState } from 'react'

const DRAG_EVENTS = ['dragover', 'dragleave', 'drop'] as const
// eslint-disable-next-line lingui/no-unlocalized-strings -- among the types of a drag
const FILES = 'Files'

/** Returns the files that are pasted or dropped. A text with pictures, as office programs copy it, is pasted as a text. */
export function filesIn(transfer: DataTransfer): File[] {
  return transfer.types.includes('text/plain') ? [] : [...transfer.files]
}

/**
 * Takes the files that are dropped anywhere on the page while the composer is open, since the browser would otherwise leave
 * the page to show a file that missed the form. Returns whether files are being dragged over the page.
 */
export function useDropzone(onFiles: (files: File[]) => void): boolean {
  const [isOver, setOver] = useState(false)
  const take = useEffectEvent(onFiles)
  useEffect(() => {
    const onDrag = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes(FILES)) return
      event.preventDefault()
      setOver(event.type === 'dragover')
      if (event.type === 'drop' && event.dataTransfer.files.length > 0) take([...event.dataTransfer.files])
    }
    for (const type of DRAG_EVENTS) addEventListener(type, onDrag)
    return () => DRAG_EVENTS.forEach((type) => removeEventListener(type, onDrag))
  }, [])
  return isOver
}
