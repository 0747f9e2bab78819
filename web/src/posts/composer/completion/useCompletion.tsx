import {
  type ComponentPropsWithRef,
  type JSX,
  type KeyboardEvent,
  lazy, // eslint-disable-line no-restricted-imports -- rendered after its code is loaded, which finds the items
  type RefObject,
  Suspense,
  useEffect,
  useId,
  useMemo,
  useState,
} from 'react'
import { useClient } from 'urql'

import type { CompletionItem } from './completionItems'
import { findToken, type Token } from './findToken'

const load = () => import('./CompletionList')
const CompletionList = lazy(load)

const DELAY_MS = 200 // between the last key press and the request

interface Found {
  kind: Token['kind']
  query: string
  items: CompletionItem[]
}

interface Completion {
  attributes: Pick<
    ComponentPropsWithRef<'textarea'>,
    'aria-autocomplete' | 'aria-haspopup' | 'aria-controls' | 'aria-activedescendant' | 'onSelect' | 'onBlur'
  >
  /** Handles the keys of an open list. Returns true if it has handled the key. */
  onKeyDown: (event: KeyboardEvent) => boolean
  list: JSX.Element | null
}

/**
 * Completes mentions and tags in a text box. The box stays a text box for screen readers, because a combobox has one line:
 * `aria-activedescendant` names the active suggestion, and a status says how many there are.
 */
export function useCompletion(box: RefObject<HTMLTextAreaElement | null>): Completion {
  const id = useId()
  const [token, setToken] = useState<Token | null>(null)
  /** The list was closed at this place of the text. */
  const [closedAt, setClosedAt] = useState<number | null>(null)
  const isWanted = token !== null && token.from !== closedAt
  const items = useItems(isWanted ? token : null)
  const [chosen, setChosen] = useState<{ items: readonly CompletionItem[]; index: number }>({ items, index: -1 })
  // Enter takes the first mention. A tag may be a new one, so Enter begins a new line until an arrow key was pressed.
  const active = chosen.items === items ? chosen.index : token?.kind === 'user' ? 0 : -1
  const isOpen = isWanted && items.length > 0

  const update = (): void => {
    const element = box.current
    const isCaret = element && element.selectionStart === element.selectionEnd
    const found = isCaret ? findToken(element.value, element.selectionEnd) : null
    setToken(found)
    if (found?.from !== closedAt) setClosedAt(null)
  }
  const choose = ({ text }: CompletionItem): void => {
    const element = box.current
    if (!element || !token) return
    const hasSpace = element.value.startsWith(' ', element.selectionEnd)
    element.setRangeText(hasSpace ? text : `${text} `, token.from, element.selectionEnd, 'end')
    element.dispatchEvent(new Event('input', { bubbles: true })) // for React
    setToken(null)
  }
  const move = (by: 1 | -1): void => {
    const index = active < 0 && by < 0 ? items.length - 1 : (active + by + items.length) % items.length
    setChosen({ items, index })
  }
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey
    if (!isOpen || hasModifier || event.nativeEvent.isComposing) return false
    const item = items[active]
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Escape') setClosedAt(token.from)
    else if ((event.key === 'Enter' || event.key === 'Tab') && item) choose(item)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  return {
    attributes: {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': isOpen ? id : undefined,
      'aria-activedescendant': isOpen && active >= 0 ? `${id}-${active}` : undefined,
      onSelect: update,
      onBlur: () => setToken(null),
    },
    onKeyDown,
    list: isOpen ? (
      <Suspense>
        <CompletionList {...{ id, box, items, active }} from={token.from} onChoose={choose} />
      </Suspense>
    ) : null,
  }
}

const NONE: CompletionItem[] = []

/**
 * Returns what completes the token. It sends one request per pause, and drops the answers to earlier ones. Until an answer
 * comes, the items stay that begin like the query.
 */
function useItems(token: Token | null): CompletionItem[] {
  const client = useClient()
  const [found, setFound] = useState<Found | null>(null)
  const { kind, query } = token ?? {}
  useEffect(() => {
    if (kind === undefined || query === undefined) return
    let isLate = false
    const find = async (): Promise<void> => {
      const { findItems } = await load()
      const items = isLate ? NONE : await findItems(client, { kind, query })
      if (!isLate) setFound({ kind, query, items })
    }
    const timer = setTimeout(() => void find().catch(() => undefined), DELAY_MS)
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [client, kind, query])
  return useMemo(() => (found && found.kind === kind ? itemsFor(query ?? '', found) : NONE), [found, kind, query])
}

function itemsFor(query: string, { query: asked, items }: Found): CompletionItem[] {
  if (query === asked) return items
  return query.startsWith(asked) ? items.filter(({ text }) => begins(text.slice(1), query)) : NONE
}

const begins = (text: string, query: string): boolean => text.toLowerCase().startsWith(query.toLowerCase())
