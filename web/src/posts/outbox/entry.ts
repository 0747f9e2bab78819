/** A post that the server has not confirmed, and what becomes of it with each answer. All times are in ms since 1970. */

import { pauseBefore } from '@/api/connection/backoff'

export interface Entry {
  /** The idempotency key: the server makes one post of it, however often it is sent. */
  key: string
  /** When the key was drawn. */
  keyFrom: number
  /** The text that was first sent with the key. */
  firstText: string
  text: string
  writtenAt: number
  /** How often it has been sent. */
  tries: number
  /**
   * `waiting`: is sent by itself. All others wait for their author. `stopped`: failed in a way that time does not heal.
   * `refused`: the server does not accept the text. `taken`: another text has been posted with the key. `old`: the
   * server may have forgotten the key, so that sending it again may post it twice.
   */
  state: 'waiting' | 'stopped' | 'refused' | 'taken' | 'old'
  /** Not sent by itself before. */
  dueAt: number
  /** The server has asked for the pause: being back on a network does not end it. */
  isPauseAsked: boolean
  /** Why it is not out; null while it is sent for the first time, or again. */
  reason: string | null
}

/** What an author goes on with when an entry is edited: a key that may have made a post already keeps its meaning. */
export type Tried = Pick<Entry, 'key' | 'keyFrom' | 'firstText' | 'tries'>

export type Outcome =
  | { kind: 'posted'; id: string }
  | { kind: 'deleted' | 'refused' | 'stopped'; reason: string }
  | { kind: 'taken' }
  /** `askedMs`: the pause that the server wants; null if it has not answered. */
  | { kind: 'unreachable'; reason: string; askedMs: number | null }

/** The server keeps a key for a day (domain/idempotency.py). An hour is left for clocks and slow connections. */
const KEY_LIFE_MS = 23 * 3_600_000
const LONGEST_PAUSE_MS = 24 * 3_600_000

export function newEntry(text: string, tried: Tried | null, now: number): Entry {
  const isUsable = tried && !isOld(tried, now)
  return {
    ...(isUsable ? tried : { key: drawKey(), keyFrom: now, firstText: text, tries: 0 }),
    ...{ text, writtenAt: now, state: 'waiting', dueAt: now, isPauseAsked: false, reason: null },
  }
}

/** 128 random bits. `crypto.randomUUID` is missing on insecure origins. */
export function drawKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Also true if the clock has been set back so far that the key's age is unknown. */
export function isOld({ keyFrom }: Pick<Entry, 'keyFrom'>, now: number): boolean {
  return Math.abs(now - keyFrom) > KEY_LIFE_MS
}

/** In ms. A time further ahead than any pause lasts comes from a clock that has been set back since: none is left. */
export function pauseLeft({ dueAt }: Pick<Entry, 'dueAt'>, now: number): number {
  const left = dueAt - now
  return left > LONGEST_PAUSE_MS ? 0 : Math.max(left, 0)
}

/** Whether it is to be sent without being asked for. `isBack`: on a network again, or on a page again. */
export function isDue({ state, dueAt, isPauseAsked }: Entry, now: number, isBack = false): boolean {
  return state === 'waiting' && (pauseLeft({ dueAt }, now) === 0 || (isBack && !isPauseAsked))
}

export const begun = (entry: Entry): Entry => ({
  ...entry,
  ...{ state: 'waiting', tries: entry.tries + 1, isPauseAsked: false, reason: null },
})

export const aged = (entry: Entry): Entry => ({
  ...entry,
  ...{ state: 'old', reason: 'It was written a day ago and may be out already.' },
})

/** The same text as a post of its own, with a key of its own. */
export const rekeyed = (entry: Entry, now: number): Entry => newEntry(entry.text, null, now)

/** What is kept of an entry that was sent; null if it is settled. */
export function answered(entry: Entry, outcome: Outcome, now: number): Entry | null {
  switch (outcome.kind) {
    case 'posted':
      return null
    case 'deleted':
      if (entry.tries === 1) return { ...entry, state: 'stopped', reason: outcome.reason }
      return entry.text === entry.firstText ? null : rekeyed(entry, now) // only the text of before has been deleted
    case 'taken':
      return { ...entry, state: 'taken', reason: 'An earlier version of it is out already.' }
    case 'unreachable': {
      if (isOld(entry, now)) return aged(entry)
      const { reason, askedMs } = outcome
      return {
        ...entry,
        reason,
        dueAt: now + Math.min(askedMs ?? pauseBefore(entry.tries - 1), LONGEST_PAUSE_MS),
        isPauseAsked: askedMs !== null,
      }
    }
    default:
      return { ...entry, state: outcome.kind, reason: outcome.reason }
  }
}

export function parseEntry(value: unknown): Entry | null {
  if (typeof value !== 'object' || value === null) return null
  const entry = value as Partial<Record<keyof Entry, unknown>>
  const isEntry =
    [entry.key, entry.text, entry.firstText, entry.state].every((one) => typeof one === 'string') &&
    [entry.keyFrom, entry.writtenAt, entry.tries, entry.dueAt].every((one) => typeof one === 'number')
  return isEntry ? (value as Entry) : null
}
