import { describe, expect, test } from 'vitest'

import {
  applyOutcome,
  delayLeft,
  type Entry,
  expireKey,
  isDue,
  isOld,
  newEntry,
  type Outcome,
  parseEntry,
  startTry,
  withNewKey,
} from './entry'

const NOW = Date.UTC(2026, 10, 25, 12)
const HOUR = 3_600_000
const STATES: Entry['state'][] = ['waiting', 'stopped', 'refused', 'taken', 'orphaned', 'old']
const sentOnce = (text = 'hello'): Entry => startTry(newEntry(text, null, NOW))
const sentAgain = (): Entry => startTry(sentOnce())
const edited = (): Entry => startTry(newEntry('hello, edited', sentOnce(), NOW))
const unreachable = (askedMs: number | null = null): Outcome => ({
  kind: 'unreachable',
  reason: 'offline',
  retryAfterMs: askedMs,
})

const OUTCOMES: Outcome[] = [
  { kind: 'posted', id: '1' },
  { kind: 'deleted', reason: 'gone' },
  { kind: 'refused', reason: 'too long' },
  { kind: 'stopped', reason: 'no' },
  { kind: 'taken' },
  { kind: 'orphaned', reason: 'gone' },
  unreachable(),
  unreachable(9_000),
]

describe('a new entry', () => {
  test('has a unique key and is due at once', () => {
    const keys = new Set(Array.from({ length: 100 }, () => newEntry('hello', null, NOW).key))
    expect(keys.size).toBe(100)
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/)
    expect(isDue(newEntry('hello', null, NOW), NOW)).toBe(true)
  })

  test('reuses the key of an earlier try', () => {
    const { key, keyFrom, firstText, tries } = sentAgain()
    const again = newEntry('hello, edited', { key, keyFrom, firstText, tries }, NOW + HOUR)
    expect(again).toMatchObject({ key, keyFrom, firstText: 'hello', tries: 2, text: 'hello, edited' })
  })

  test('has a new key if the server may have forgotten the earlier one', () => {
    const again = newEntry('hello', sentOnce(), NOW + 23 * HOUR + 1)
    expect(again.key).not.toBe(sentOnce().key)
    expect(again).toMatchObject({ keyFrom: NOW + 23 * HOUR + 1, tries: 0 })
  })
})

describe('an outcome', () => {
  test.each([sentOnce(), sentAgain(), edited()])('never loses a text that is not posted', (entry) => {
    for (const outcome of OUTCOMES) {
      const kept = applyOutcome(entry, outcome, NOW)
      const isOut = outcome.kind === 'posted'
      const wasDeleted = outcome.kind === 'deleted' && entry.tries > 1 && entry.text === entry.firstText
      expect(kept === null, outcome.kind).toBe(isOut || wasDeleted)
      expect(kept?.text ?? entry.text).toBe(entry.text)
    }
  })

  test.each([sentOnce(), sentAgain(), edited()])('keeps the key, because it may have created a post', (entry) => {
    for (const outcome of OUTCOMES) {
      const kept = applyOutcome(entry, outcome, NOW)
      const isRekeyed = outcome.kind === 'deleted' && entry.text !== entry.firstText
      if (kept) expect(kept.key === entry.key, outcome.kind).toBe(!isRekeyed)
    }
  })

  test('without a response leads to a retry after a growing delay of up to a minute', () => {
    let entry = sentOnce()
    for (let tries = 1; tries < 10; tries++) {
      const kept = applyOutcome(entry, unreachable(), NOW)
      if (!kept) throw new Error('the entry is lost')
      expect(kept).toMatchObject({ state: 'waiting', reason: 'offline', isPauseAsked: false })
      expect(kept.dueAt - NOW).toBeLessThanOrEqual(Math.min(60_000, 4_000 * 2 ** (tries - 1)))
      entry = startTry(kept)
    }
  })

  test('with a requested delay is retried after it', () => {
    const kept = applyOutcome(sentOnce(), unreachable(90_000), NOW)
    expect(kept).toMatchObject({ state: 'waiting', dueAt: NOW + 90_000, isPauseAsked: true })
  })

  test.each(['refused', 'stopped'] as const)('%s waits for the author and has a reason', (kind) => {
    expect(applyOutcome(sentOnce(), { kind, reason: 'why' }, NOW)).toMatchObject({ state: kind, reason: 'why' })
  })

  test('with a key that another text has used waits for the author', () => {
    expect(applyOutcome(edited(), { kind: 'taken' }, NOW)).toMatchObject({ state: 'taken', text: 'hello, edited' })
  })

  test('with a deleted earlier post leads to a new post of the edited text', () => {
    const kept = applyOutcome(edited(), { kind: 'deleted', reason: 'gone' }, NOW)
    expect(kept).toMatchObject({ state: 'waiting', text: 'hello, edited', firstText: 'hello, edited', tries: 0 })
  })

  test('without a response is not retried if the key is old', () => {
    const kept = applyOutcome(sentOnce(), unreachable(), NOW + 24 * HOUR)
    expect(kept).toMatchObject({ state: 'old', text: 'hello' })
  })
})

test('only waiting entries are due, and only after their delay', () => {
  for (const state of STATES) {
    const entry = { ...sentOnce(), state, dueAt: NOW }
    expect(isDue(entry, NOW)).toBe(state === 'waiting')
    expect(isDue(entry, NOW, true)).toBe(state === 'waiting')
    expect(isDue(entry, NOW - 1)).toBe(false)
  }
})

test('a network that is back ends a delay, unless the server requested it', () => {
  const entry = { ...sentOnce(), dueAt: NOW + HOUR }
  expect(isDue(entry, NOW)).toBe(false)
  expect(isDue(entry, NOW, true)).toBe(true)
  expect(isDue({ ...entry, isPauseAsked: true }, NOW, true)).toBe(false)
  expect(isDue({ ...entry, isPauseAsked: true }, NOW + HOUR, true)).toBe(true)
})

test('a key is old an hour before the server forgets it', () => {
  expect(isOld({ keyFrom: NOW }, NOW + 23 * HOUR)).toBe(false)
  expect(isOld({ keyFrom: NOW }, NOW + 23 * HOUR + 1)).toBe(true)
})

test('a key from the future is old', () => {
  expect(isOld({ keyFrom: NOW + 23 * HOUR }, NOW)).toBe(false)
  expect(isOld({ keyFrom: NOW + 23 * HOUR + 1 }, NOW)).toBe(true)
})

test('no delay is longer than a day', () => {
  expect(delayLeft({ dueAt: NOW + 24 * HOUR }, NOW)).toBe(24 * HOUR)
  expect(delayLeft({ dueAt: NOW + 24 * HOUR + 1 }, NOW)).toBe(0)
  expect(delayLeft({ dueAt: NOW - 1 }, NOW)).toBe(0)
  expect(isDue({ ...sentOnce(), dueAt: NOW + 24 * HOUR, isPauseAsked: true }, NOW, true)).toBe(false)
  expect(isDue({ ...sentOnce(), dueAt: NOW + 24 * HOUR + 1, isPauseAsked: true }, NOW)).toBe(true)
  for (const asked of [25 * HOUR, Infinity]) {
    expect(applyOutcome(sentOnce(), unreachable(asked), NOW)).toMatchObject({ dueAt: NOW + 24 * HOUR })
  }
})

test.each([sentOnce(), expireKey(sentOnce()), applyOutcome(sentOnce(), unreachable(5), NOW)])(
  'an entry is stored and parsed unchanged',
  (entry) => {
    expect(parseEntry(JSON.parse(JSON.stringify(entry)))).toEqual(entry)
  },
)

test.each([null, 1, 'x', [], {}, { key: 'k' }, { ...sentOnce(), text: 1 }, { ...sentOnce(), dueAt: null }])(
  '%j is no entry',
  (value) => {
    expect(parseEntry(value)).toBeNull()
  },
)

describe('a post that answers another one', () => {
  const about = { kind: 'reply', id: '1', alias: 'ann' } as const
  const sent = startTry(newEntry('hello', null, NOW, about))

  test('keeps its text if that one is gone, and is then sent on its own', () => {
    const kept = applyOutcome(sent, { kind: 'orphaned', reason: 'gone' }, NOW)
    expect(kept).toMatchObject({ state: 'orphaned', text: 'hello', about, reason: 'gone' })
    expect(kept && withNewKey(kept, NOW)).toMatchObject({ text: 'hello', about: null, state: 'waiting' })
  })

  test('answers the same one with another key', () => {
    const taken = applyOutcome(sent, { kind: 'taken' }, NOW)
    expect(taken && withNewKey(taken, NOW)).toMatchObject({ about })
  })
})

test('a post that was deleted and has other pictures now is posted anew', () => {
  const kept = (id: string) => ({
    ...{ key: id, alt: '', uploadedAt: 0 },
    picture: { id, url: '', srcset: '', width: 1, height: 1, alt: '', placeholder: '' },
  })
  const first = startTry(newEntry('hello', null, 0, null, [kept('1')]))
  const { key, keyFrom, firstText, firstMedia = '', tries } = first
  const again = (media: ReturnType<typeof kept>[]) =>
    startTry(newEntry('hello', { key, keyFrom, firstText, firstMedia, tries }, 0, null, media))
  const outcome = { kind: 'deleted', reason: 'gone' } as const
  expect(applyOutcome(again([kept('1')]), outcome, 0)).toBeNull()
  expect(applyOutcome(again([kept('2')]), outcome, 0)).toMatchObject({ media: [{ key: '2' }], tries: 0 })
})
