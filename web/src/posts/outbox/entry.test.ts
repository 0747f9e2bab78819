import { describe, expect, test } from 'vitest'

import { aged, answered, begun, type Entry, isDue, isOld, newEntry, type Outcome, parseEntry, pauseLeft } from './entry'

const NOW = Date.UTC(2026, 10, 25, 12)
const HOUR = 3_600_000
const STATES: Entry['state'][] = ['waiting', 'stopped', 'refused', 'taken', 'old']
const sentOnce = (text = 'hello'): Entry => begun(newEntry(text, null, NOW))
const sentAgain = (): Entry => begun(sentOnce())
const edited = (): Entry => begun(newEntry('hello, edited', sentOnce(), NOW))
const unreachable = (askedMs: number | null = null): Outcome => ({ kind: 'unreachable', reason: 'offline', askedMs })

const OUTCOMES: Outcome[] = [
  { kind: 'posted', id: '1' },
  { kind: 'deleted', reason: 'gone' },
  { kind: 'refused', reason: 'too long' },
  { kind: 'stopped', reason: 'no' },
  { kind: 'taken' },
  unreachable(),
  unreachable(9_000),
]

describe('a new entry', () => {
  test('has a key of its own, and is due at once', () => {
    const keys = new Set(Array.from({ length: 100 }, () => newEntry('hello', null, NOW).key))
    expect(keys.size).toBe(100)
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/)
    expect(isDue(newEntry('hello', null, NOW), NOW)).toBe(true)
  })

  test('goes on with the key that its text was sent with before', () => {
    const { key, keyFrom, firstText, tries } = sentAgain()
    const again = newEntry('hello, edited', { key, keyFrom, firstText, tries }, NOW + HOUR)
    expect(again).toMatchObject({ key, keyFrom, firstText: 'hello', tries: 2, text: 'hello, edited' })
  })

  test('draws a key of its own if the server may have forgotten that one', () => {
    const again = newEntry('hello', sentOnce(), NOW + 23 * HOUR + 1)
    expect(again.key).not.toBe(sentOnce().key)
    expect(again).toMatchObject({ keyFrom: NOW + 23 * HOUR + 1, tries: 0 })
  })
})

describe('an answer', () => {
  test.each([sentOnce(), sentAgain(), edited()])('never loses a text that is not out', (entry) => {
    for (const outcome of OUTCOMES) {
      const kept = answered(entry, outcome, NOW)
      const isOut = outcome.kind === 'posted'
      const wasDeleted = outcome.kind === 'deleted' && entry.tries > 1 && entry.text === entry.firstText
      expect(kept === null, outcome.kind).toBe(isOut || wasDeleted)
      expect(kept?.text ?? entry.text).toBe(entry.text)
    }
  })

  test.each([sentOnce(), sentAgain(), edited()])('leaves the key, for it may have made a post', (entry) => {
    for (const outcome of OUTCOMES) {
      const kept = answered(entry, outcome, NOW)
      const isRekeyed = outcome.kind === 'deleted' && entry.text !== entry.firstText
      if (kept) expect(kept.key === entry.key, outcome.kind).toBe(!isRekeyed)
    }
  })

  test('that there is none leads to another try, within a minute and later each time', () => {
    let entry = sentOnce()
    for (let tries = 1; tries < 10; tries++) {
      const kept = answered(entry, unreachable(), NOW)
      if (!kept) throw new Error('it is lost')
      expect(kept).toMatchObject({ state: 'waiting', reason: 'offline', isPauseAsked: false })
      expect(kept.dueAt - NOW).toBeLessThanOrEqual(Math.min(60_000, 4_000 * 2 ** (tries - 1)))
      entry = begun(kept)
    }
  })

  test('that asks for a pause has it', () => {
    const kept = answered(sentOnce(), unreachable(90_000), NOW)
    expect(kept).toMatchObject({ state: 'waiting', dueAt: NOW + 90_000, isPauseAsked: true })
  })

  test.each(['refused', 'stopped'] as const)('%s waits for its author, with the reason', (kind) => {
    expect(answered(sentOnce(), { kind, reason: 'why' }, NOW)).toMatchObject({ state: kind, reason: 'why' })
  })

  test('that the key has made another post waits for its author', () => {
    expect(answered(edited(), { kind: 'taken' }, NOW)).toMatchObject({ state: 'taken', text: 'hello, edited' })
  })

  test('that the post of before is deleted leads to a post of the edited text, with a new key', () => {
    const kept = answered(edited(), { kind: 'deleted', reason: 'gone' }, NOW)
    expect(kept).toMatchObject({ state: 'waiting', text: 'hello, edited', firstText: 'hello, edited', tries: 0 })
  })

  test('that there is none, once the key is old, leads to no other try', () => {
    const kept = answered(sentOnce(), unreachable(), NOW + 24 * HOUR)
    expect(kept).toMatchObject({ state: 'old', text: 'hello' })
  })
})

test('only what waits is due, and only when its pause is over', () => {
  for (const state of STATES) {
    const entry = { ...sentOnce(), state, dueAt: NOW }
    expect(isDue(entry, NOW)).toBe(state === 'waiting')
    expect(isDue(entry, NOW, true)).toBe(state === 'waiting')
    expect(isDue(entry, NOW - 1)).toBe(false)
  }
})

test('being back on a network ends a pause, unless the server has asked for it', () => {
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

test('a key from a time that is a day ahead is old: the clock has been set back', () => {
  expect(isOld({ keyFrom: NOW + 23 * HOUR }, NOW)).toBe(false)
  expect(isOld({ keyFrom: NOW + 23 * HOUR + 1 }, NOW)).toBe(true)
})

test('no pause lasts longer than a day, whatever the clock or the server says', () => {
  expect(pauseLeft({ dueAt: NOW + 24 * HOUR }, NOW)).toBe(24 * HOUR)
  expect(pauseLeft({ dueAt: NOW + 24 * HOUR + 1 }, NOW)).toBe(0)
  expect(pauseLeft({ dueAt: NOW - 1 }, NOW)).toBe(0)
  expect(isDue({ ...sentOnce(), dueAt: NOW + 24 * HOUR, isPauseAsked: true }, NOW, true)).toBe(false)
  expect(isDue({ ...sentOnce(), dueAt: NOW + 24 * HOUR + 1, isPauseAsked: true }, NOW)).toBe(true)
  for (const asked of [25 * HOUR, Infinity]) {
    expect(answered(sentOnce(), unreachable(asked), NOW)).toMatchObject({ dueAt: NOW + 24 * HOUR })
  }
})

test.each([sentOnce(), aged(sentOnce()), answered(sentOnce(), unreachable(5), NOW)])('is kept as it is', (entry) => {
  expect(parseEntry(JSON.parse(JSON.stringify(entry)))).toEqual(entry)
})

test.each([null, 1, 'x', [], {}, { key: 'k' }, { ...sentOnce(), text: 1 }, { ...sentOnce(), dueAt: null }])(
  '%j is no entry',
  (value) => {
    expect(parseEntry(value)).toBeNull()
  },
)
