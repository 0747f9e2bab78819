/** A post that the server has not confirmed, and how each outcome changes it. All times are in ms since 1970. */

import { t } from '@lingui/core/macro'

import { backoffDelay } from '@/api/connection/backoff'
import type { Picture } from '@/pictures/picture'

/** The post that a new post answers or quotes. `alias` is its author's. */
export interface About {
  kind: 'reply' | 'quote'
  id: string
  alias: string
}

/** A picture of a new post, as drafts and entries keep it. */
export interface KeptPicture {
  key: string
  alt: string
  /** Null until it is uploaded. */
  picture: Picture | null
  /** In ms since 1970. */
  uploadedAt: number
}

export interface Entry {
  /** The idempotency key. The server creates only one post for it. */
  key: string
  /** When the key was created. */
  keyFrom: number
  /** The text that was first sent with the key. */
  firstText: string
  /** The ids of the pictures that were first sent with the key. Missing if there were none. */
  firstMedia?: string
  text: string
  /** Missing in entries of earlier versions. */
  about?: About | null
  /** Missing in entries of earlier versions. */
  media?: readonly KeptPicture[]
  writtenAt: number
  /** The number of times it was sent. */
  tries: number
  /**
   * `waiting`: the outbox sends it automatically. In all other states, the author decides.
   * `stopped`: it failed, and a retry would fail too. `refused`: the server rejects the text.
   * `taken`: another text was posted with the key.
   * `orphaned`: the post that it answers or quotes is gone or not for its author any more.
   * `old`: the server may have forgotten the key, so that a retry may post it twice.
   */
  state: 'waiting' | 'stopped' | 'refused' | 'taken' | 'orphaned' | 'old'
  /** It is not sent automatically before this time. */
  dueAt: number
  /** True if the server requested the delay. It then applies even if the network is back. */
  isPauseAsked: boolean
  /** Why it is not posted; null while it is being sent. */
  reason: string | null
}

/** The part of an entry that a draft keeps when its author edits it, because the key may have created a post already. */
export type PreviousTry = Pick<Entry, 'key' | 'keyFrom' | 'firstText' | 'firstMedia' | 'tries'>

export type Outcome =
  | { kind: 'posted'; id: string }
  | { kind: 'deleted' | 'refused' | 'stopped' | 'orphaned'; reason: string }
  | { kind: 'taken' }
  /** `retryAfterMs`: the delay that the server requests; null if it did not respond. */
  | { kind: 'unreachable'; reason: string; retryAfterMs: number | null }

/** The server keeps a key for a day (domain/idempotency.py). The margin of an hour is for clock differences and delays. */
const KEY_LIFE_MS = 23 * 3_600_000
const MAX_DELAY_MS = 24 * 3_600_000

export function newEntry(
  text: string,
  tried: PreviousTry | null,
  now: number,
  about: About | null = null,
  media: readonly KeptPicture[] = [],
): Entry {
  const isUsable = tried && !isOld(tried, now)
  return {
    ...(isUsable
      ? tried
      : { key: randomKey(), keyFrom: now, firstText: text, firstMedia: mediaIds(media).join(), tries: 0 }),
    ...{ text, about, media, writtenAt: now, state: 'waiting', dueAt: now, isPauseAsked: false, reason: null },
  }
}

/** Returns the ids of the uploaded pictures. */
export const mediaIds = (media: readonly KeptPicture[] = []): string[] =>
  media.flatMap(({ picture }) => (picture ? [picture.id] : []))

/** 128 random bits. `crypto.randomUUID` is missing on insecure origins. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Also true if the key is from the future, because the clock was set back and the key's age is unknown. */
export function isOld({ keyFrom }: Pick<Entry, 'keyFrom'>, now: number): boolean {
  return Math.abs(now - keyFrom) > KEY_LIFE_MS
}

/** Returns the remaining delay in ms. If it is longer than any delay can be, the clock was set back, and it is 0. */
export function delayLeft({ dueAt }: Pick<Entry, 'dueAt'>, now: number): number {
  const left = dueAt - now
  return left > MAX_DELAY_MS ? 0 : Math.max(left, 0)
}

/** Returns true if the entry is to be sent automatically. `isBack`: the network is back or the page was just loaded. */
export function isDue({ state, dueAt, isPauseAsked }: Entry, now: number, isBack = false): boolean {
  return state === 'waiting' && (delayLeft({ dueAt }, now) === 0 || (isBack && !isPauseAsked))
}

export const startTry = (entry: Entry): Entry => ({
  ...entry,
  ...{ state: 'waiting', tries: entry.tries + 1, isPauseAsked: false, reason: null },
})

export const expireKey = (entry: Entry): Entry => ({
  ...entry,
  ...{ state: 'old', reason: t`It was written a day ago and may already be posted.` },
})

/** Returns a new entry with the same text and pictures and a new key. It answers and quotes the same post, if that is still there. */
export const withNewKey = ({ text, about = null, media, state }: Entry, now: number): Entry =>
  newEntry(text, null, now, state === 'orphaned' ? null : about, media)

function isAsFirstSent({ text, firstText, media, firstMedia = '' }: Entry): boolean {
  return text === firstText && mediaIds(media).join() === firstMedia
}

/** Returns an entry after an outcome, or null if nothing remains to be done. */
export function applyOutcome(entry: Entry, outcome: Outcome, now: number): Entry | null {
  switch (outcome.kind) {
    case 'posted':
      return null
    case 'deleted':
      if (entry.tries === 1) return { ...entry, state: 'stopped', reason: outcome.reason }
      return isAsFirstSent(entry) ? null : withNewKey(entry, now) // the deleted post had the earlier text or pictures
    case 'taken':
      return { ...entry, state: 'taken', reason: t`An earlier version of it is already posted.` }
    case 'unreachable': {
      if (isOld(entry, now)) return expireKey(entry)
      const { reason, retryAfterMs } = outcome
      return {
        ...entry,
        reason,
        dueAt: now + Math.min(retryAfterMs ?? backoffDelay(entry.tries - 1), MAX_DELAY_MS),
        isPauseAsked: retryAfterMs !== null,
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
