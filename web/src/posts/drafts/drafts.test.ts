import { expect, test } from 'vitest'

import { createBrowser } from '@/lib/storage/tabs.testing'
import type { About } from '@/posts/outbox/entry'

import { createDrafts, type Draft, newDraft } from './drafts'

function openTabs(values?: Map<string, string>) {
  const browser = createBrowser(values)
  const open = (alias = 'ada') => {
    const tab = browser.open()
    return { tab, drafts: createDrafts(tab.storage, tab.locks, alias) }
  }
  return { browser, open }
}

const draft = (text: string, changedAt: number): Draft => ({ ...newDraft(text), changedAt })
const textsOf = (drafts: Draft[]): string[] => drafts.map(({ text }) => text)

test('a draft is stored until its text is empty', async () => {
  const { open } = openTabs()
  const { drafts } = open()
  const { draft } = await drafts.hold(null)
  expect(draft.text).toBe('')
  expect(drafts.all()).toEqual([])
  drafts.write({ ...draft, text: 'hello' })
  expect(textsOf(open().drafts.all())).toEqual(['hello'])
  drafts.write({ ...draft, text: '' })
  expect(drafts.all()).toEqual([])
})

test('two tabs write two drafts, and sending one keeps the other', async () => {
  const { open } = openTabs()
  const [one, other] = [open(), open()]
  const [held, another] = [await one.drafts.hold(null), await other.drafts.hold(null)]
  expect(held.draft.id).not.toBe(another.draft.id)
  one.drafts.write({ ...held.draft, text: 'of one' })
  other.drafts.write({ ...another.draft, text: 'of the other' })
  one.drafts.remove(held.draft.id)
  expect(textsOf(other.drafts.all())).toEqual(['of the other'])
  expect(textsOf(one.drafts.all())).toEqual(['of the other'])
})

test('the most recent draft that no tab has open is opened', async () => {
  const { open } = openTabs()
  const [one, other, third] = [open(), open(), open()]
  one.drafts.write(draft('earlier', 1))
  one.drafts.write(draft('later', 2))
  expect((await one.drafts.hold(null)).draft.text).toBe('later')
  expect((await other.drafts.hold(null)).draft.text).toBe('earlier')
  expect((await third.drafts.hold(null)).draft.text).toBe('')
})

test('the requested draft is opened unless another tab has it open', async () => {
  const { open } = openTabs()
  const [one, other] = [open(), open()]
  const wanted = draft('earlier', 1)
  one.drafts.write(wanted)
  one.drafts.write(draft('later', 2))
  expect((await one.drafts.hold(wanted.id)).draft.text).toBe('earlier')
  expect((await other.drafts.hold(wanted.id)).draft.text).toBe('later')
})

test('a draft is free after it is released, at once for the same tab, and after its tab is closed', async () => {
  const { open } = openTabs()
  const [one, other] = [open(), open()]
  one.drafts.write(draft('hello', 1))
  for (let times = 3; times > 0; times--) {
    const held = await one.drafts.hold(null)
    expect(held.draft.text).toBe('hello')
    held.release()
  }
  await one.drafts.hold(null)
  expect((await other.drafts.hold(null)).draft.text).toBe('')
  one.tab.close()
  await new Promise((resolve) => setImmediate(resolve))
  const third = open()
  expect((await third.drafts.hold(null)).draft.text).toBe('hello')
})

test('a draft that another tab sends at the same moment is not opened', async () => {
  const { browser, open } = openTabs()
  const one = open()
  const tab = browser.open()
  const sent = draft('hello', 1)
  one.drafts.write(sent)
  const slow = createDrafts(
    tab.storage,
    {
      ...tab.locks,
      holdIfFree: async (name, work) => {
        one.drafts.remove(sent.id)
        return tab.locks.holdIfFree(name, work)
      },
    },
    'ada',
  )
  expect((await slow.hold(sent.id)).draft.text).toBe('')
})

test('a draft is opened with its last change by any tab', async () => {
  const { open } = openTabs()
  const [one, other] = [open(), open()]
  const first = draft('hello', 1)
  one.drafts.write(first)
  other.drafts.write({ ...first, text: 'hello, all' })
  expect((await one.drafts.hold(first.id)).draft.text).toBe('hello, all')
})

test('accounts have separate drafts', async () => {
  const { open } = openTabs()
  open('ada').drafts.write(draft('of ada', 1))
  const grace = open('grace').drafts
  expect(grace.all()).toEqual([])
  expect((await grace.hold(null)).draft.text).toBe('')
  expect(open('ad').drafts.all()).toEqual([])
})

test('the draft of an earlier version is imported once', async () => {
  const { browser, open } = openTabs(new Map([['tweeter.draft.ada', 'of before']]))
  const { drafts } = open()
  expect(textsOf(open().drafts.all())).toEqual(['of before'])
  expect(browser.values.has('tweeter.draft.ada')).toBe(false)
  const { draft } = await drafts.hold(null)
  drafts.remove(draft.id)
  expect(open().drafts.all()).toEqual([])
})

test.each(['', 'null', '{', '[]', '{"id":"x"}', '{"id":"x","text":1,"changedAt":1}'])('%j is no draft', (kept) => {
  expect(
    openTabs(new Map([['tweeter.drafts.ada.x', kept]]))
      .open()
      .drafts.all(),
  ).toEqual([])
})

test('each tab is notified of changes by others', () => {
  const { open } = openTabs()
  const [one, other] = [open(), open()]
  const received: string[][] = []
  const stop = other.drafts.onOtherTab(() => received.push(textsOf(other.drafts.all())))
  const first = draft('hello', 1)
  one.drafts.write(first)
  one.drafts.remove(first.id)
  expect(received).toEqual([['hello'], []])
  stop()
  one.drafts.write(first)
  expect(received).toHaveLength(2)
})

test('each post that is answered has its own draft', async () => {
  const { open } = openTabs()
  const about = { kind: 'reply', id: '1', alias: 'ann' } as const
  const hold = (...of: [About?]) => open().drafts.hold(null, ...of)
  const { drafts } = open()
  const { draft, release } = await drafts.hold(null, about)
  expect(draft).toMatchObject({ text: '', about })
  drafts.write({ ...draft, text: 'hello' })
  release()
  expect((await hold()).draft).toMatchObject({ text: '', about: null })
  expect((await hold({ ...about, id: '2' })).draft.text).toBe('')
  expect((await hold({ ...about, kind: 'quote' })).draft.text).toBe('')
  expect((await hold(about)).draft.text).toBe('hello')
  expect((await hold(about)).draft).toMatchObject({ text: '', about })
})
