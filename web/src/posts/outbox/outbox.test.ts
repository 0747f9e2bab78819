import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { createRecordStore } from '@/lib/storage/recordStore'
import { createBrowser, type Tab } from '@/lib/storage/tabs.testing'

import { type Entry, newEntry, type Outcome, parseEntry, type PreviousTry, randomKey } from './entry'
import { type Outbox, startOutbox } from './outbox'

const HOUR = 3_600_000
const LONG = { timeout: 120_000 }
const PREFIX = 'tweeter.outbox.ada.'
const LOST: Outcome = { kind: 'unreachable', reason: 'lost', retryAfterMs: null }

/** A server that stores posts by their keys, like Tweeter. It responds on demand. */
function createServer() {
  const posts: { key: string; text: string }[] = []
  const deleted = new Set<string>()
  const asked: { tab: Tab; entry: Entry; answer: (outcome: Outcome) => void }[] = []
  let isUp = false

  const store = ({ key, text }: Entry): Outcome => {
    const made = posts.find((one) => one.key === key)
    if (deleted.has(key)) return { kind: 'deleted', reason: 'gone' }
    if (!made) posts.push({ key, text })
    return made && made.text !== text ? { kind: 'taken' } : { kind: 'posted', id: key }
  }
  return {
    posts,
    asked,
    texts: () => posts.map(({ text }) => text),
    deletePost(place: number): void {
      for (const { key } of posts.splice(place, 1)) deleted.add(key)
    },
    /** From now on, every request is answered at once. */
    up(): void {
      isUp = true
      while (asked.length > 0) this.answer()
    },
    down(): void {
      isUp = false
    },
    post(tab: Tab, entry: Entry): Promise<Outcome> {
      expect(asked.some((one) => one.tab !== tab && one.entry.key === entry.key)).toBe(false)
      return tab.whileOpen(
        new Promise((answer) => {
          if (isUp) answer(store(entry))
          else asked.push({ tab, entry, answer })
        }),
      )
    },
    /** Answers the oldest request. */
    answer(outcome?: Outcome): void {
      const one = asked.shift()
      one?.answer(outcome ?? store(one.entry))
    },
    /** Does what the oldest request asks for; the answer does not arrive. */
    loseAnswer(): void {
      const one = asked.shift()
      if (one) store(one.entry)
      one?.answer(LOST)
    },
    /** A closed tab waits for nothing; what it has asked for may still be done. */
    forgetTab(tab: Tab): void {
      for (const one of asked.filter((one) => one.tab === tab)) {
        store(one.entry)
        asked.splice(asked.indexOf(one), 1)
      }
    },
  }
}

function createWorld() {
  const browser = createBrowser()
  const server = createServer()
  const open = () => {
    const tab = browser.open()
    const seen = { entries: [] as readonly Entry[], posted: [] as string[], news: [] as [Entry, Outcome][] }
    const outbox: Outbox = startOutbox({
      records: createRecordStore(tab.storage, PREFIX, parseEntry),
      locks: tab.locks,
      lockName: 'tweeter.outbox.ada',
      post: (entry) => server.post(tab, entry),
      onEntries: (entries) => (seen.entries = entries),
      onPosted: (id) => seen.posted.push(id),
      onOutcome: (entry, outcome) => seen.news.push([entry, outcome]),
    })
    return {
      ...{ outbox, seen },
      texts: () => seen.entries.map(({ text }) => text),
      states: () => seen.entries.map(({ state }) => state),
      first(): Entry {
        const [entry] = seen.entries
        if (!entry) throw new Error('there is no entry')
        return entry
      },
      /** As a browser does: nothing of it goes on. */
      close() {
        tab.close()
        outbox.stop()
        server.forgetTab(tab)
      },
    }
  }
  return { browser, server, open }
}

/** Lets promises go on, and no time go by. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0)

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 25, 12) })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('one tab', () => {
  test('keeps a post before it is sent, and until it is confirmed', async () => {
    const { browser, server, open } = createWorld()
    const tab = open()
    tab.outbox.put('hello', null)
    expect(browser.values.size).toBe(1)
    expect(tab.texts()).toEqual(['hello'])
    await settle()
    expect(server.asked).toHaveLength(1)
    expect(tab.first()).toMatchObject({ state: 'waiting', reason: null, tries: 1 })
    server.answer()
    await settle()
    expect(tab.texts()).toEqual([])
    expect(browser.values.size).toBe(0)
    expect(tab.seen.posted).toEqual([server.posts[0]?.key])
    expect(tab.seen.news).toHaveLength(1)
  })

  test('sends again after an error that nobody expected', async () => {
    const tab = createBrowser().open()
    const records = createRecordStore(tab.storage, PREFIX, parseEntry)
    const post = vi.fn<(entry: Entry) => Promise<Outcome>>().mockRejectedValueOnce(new Error('unexpected'))
    post.mockResolvedValue({ kind: 'posted', id: '1' })
    const none = () => undefined
    const tools = {
      records,
      locks: tab.locks,
      lockName: 'outbox',
      post,
      onEntries: none,
      onPosted: none,
      onOutcome: none,
    }
    const outbox = startOutbox(tools)
    await settle()
    const entry = newEntry('hello', null, Date.now())
    records.write(entry.key, entry)
    await expect(outbox.resume()).rejects.toThrow('unexpected')
    await outbox.resume()
    expect(post).toHaveBeenCalledTimes(2)
    expect(records.all()).toEqual([])
  })

  test('sends again with the same key until there is an answer, and makes one post', async () => {
    const { server, open } = createWorld()
    const tab = open()
    tab.outbox.put('hello', null)
    for (let tries = 1; tries <= 6; tries++) {
      await settle()
      expect(server.asked).toHaveLength(1)
      server.loseAnswer()
      await settle()
      expect(tab.first()).toMatchObject({ state: 'waiting', reason: 'lost', tries })
      await vi.advanceTimersByTimeAsync(60_000)
    }
    server.up()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.texts()).toEqual(['hello'])
    expect(tab.texts()).toEqual([])
  })

  test('says once that there is no answer, and once that there is', async () => {
    const { server, open } = createWorld()
    const tab = open()
    tab.outbox.put('hello', null)
    for (let tries = 1; tries <= 3; tries++) {
      await settle()
      server.answer(LOST)
      await vi.advanceTimersByTimeAsync(60_000)
    }
    expect(tab.seen.news.map(([, { kind }]) => kind)).toEqual(['unreachable'])
    server.up()
    await settle()
    expect(tab.seen.news.map(([, { kind }]) => kind)).toEqual(['unreachable', 'posted'])
  })

  test('sends at once when the network is back, one after the other in the order of writing', async () => {
    const { server, open } = createWorld()
    const tab = open()
    for (const text of ['first', 'second', 'third']) {
      tab.outbox.put(text, null)
      await vi.advanceTimersByTimeAsync(1)
    }
    for (let left = 3; left > 0; left--) server.answer(LOST)
    await settle()
    void tab.outbox.resume()
    await settle()
    expect(server.asked.map(({ entry }) => entry.text)).toEqual(['first'])
    server.up()
    await settle()
    expect(server.texts()).toEqual(['first', 'second', 'third'])
    expect(tab.texts()).toEqual([])
  })

  test('hears that the network is back also while it waits for an answer', async () => {
    const { server, open } = createWorld()
    const tab = open()
    tab.outbox.put('hello', null)
    await settle()
    server.answer(LOST)
    await settle()
    void tab.outbox.resume()
    await settle()
    void tab.outbox.resume()
    server.answer(LOST)
    await settle()
    expect(server.asked).toHaveLength(1)
  })

  test('sends at once what had to wait when its page was left', async () => {
    const { server, open } = createWorld()
    const tab = open()
    tab.outbox.put('hello', null)
    await settle()
    vi.spyOn(Math, 'random').mockReturnValue(1) // the longest pause
    server.answer(LOST)
    await settle()
    tab.close()
    open()
    await settle()
    expect(server.asked).toHaveLength(1)
  })

  test('waits as long as the server has asked for, whatever the network does', async () => {
    const { server, open } = createWorld()
    const tab = open()
    tab.outbox.put('hello', null)
    await settle()
    server.answer({ kind: 'unreachable', reason: 'too many', retryAfterMs: 90_000 })
    await settle()
    await tab.outbox.resume()
    await vi.advanceTimersByTimeAsync(89_000)
    expect(server.asked).toHaveLength(0)
    tab.close()
    const next = open()
    await settle()
    expect(server.asked).toHaveLength(0)
    server.up()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(next.texts()).toEqual([])
    expect(server.texts()).toEqual(['hello'])
  })

  test.each(['refused', 'stopped'] as const)('does not send what is %s by itself', async (kind) => {
    const { server, open } = createWorld()
    const tab = open()
    tab.outbox.put('hello', null)
    await settle()
    server.answer({ kind, reason: 'why' })
    await settle()
    await tab.outbox.resume()
    await vi.advanceTimersByTimeAsync(HOUR)
    tab.close()
    const next = open()
    await settle()
    expect(server.asked).toHaveLength(0)
    expect(next.first()).toMatchObject({ state: kind, reason: 'why' })
    server.up()
    await next.outbox.retry(next.first())
    expect(server.texts()).toEqual(['hello'])
  })

  test('asks before it sends what is older than the key', async () => {
    const { server, open } = createWorld()
    const tab = open()
    tab.outbox.put('hello', null)
    await settle()
    tab.close()
    await vi.advanceTimersByTimeAsync(23 * HOUR + 1)
    const next = open()
    await settle()
    expect(server.asked).toHaveLength(0)
    expect(next.states()).toEqual(['old'])
    void next.outbox.retry(next.first())
    await settle()
    server.answer(LOST)
    await vi.advanceTimersByTimeAsync(HOUR)
    expect(server.asked).toHaveLength(0)
    expect(next.states()).toEqual(['old'])
    server.up()
    await next.outbox.retry(next.first())
    expect(next.texts()).toEqual([])
  })

  test('drops what was out already and has been deleted since', async () => {
    const { server, open } = createWorld()
    const tab = open()
    tab.outbox.put('hello', null)
    await settle()
    server.loseAnswer()
    server.deletePost(0)
    server.up()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(tab.texts()).toEqual([])
    expect(server.texts()).toEqual([])
    expect(tab.seen.news.at(-1)?.[1].kind).toBe('deleted')
  })

  test('after a stop, neither sends nor speaks; an answer that still comes is noted', async () => {
    const { browser, server, open } = createWorld()
    const tab = open()
    tab.outbox.put('first', null)
    tab.outbox.put('second', null)
    await settle()
    tab.outbox.stop()
    server.answer()
    server.answer(LOST)
    await vi.advanceTimersByTimeAsync(HOUR)
    expect(server.asked).toHaveLength(0)
    expect(tab.seen).toMatchObject({ entries: [], posted: [], news: [] })
    expect([...browser.values.values()].map((value) => parseEntry(JSON.parse(value))?.text)).toEqual(['second'])
  })
})

describe('editing', () => {
  const triedOf = ({ key, keyFrom, firstText, tries }: Entry): PreviousTry => ({ key, keyFrom, firstText, tries })

  async function loseThenEdit(text: string, isStored: boolean) {
    const { server, open } = createWorld()
    const tab = open()
    tab.outbox.put('hello', null)
    await settle()
    if (isStored) server.loseAnswer()
    else server.answer(LOST)
    await settle()
    let tried: PreviousTry | undefined
    expect(await tab.outbox.take(tab.first().key, (entry) => (tried = triedOf(entry)))).toBe(true)
    expect(tab.texts()).toEqual([])
    tab.outbox.put(text, tried ?? null)
    return { server, tab }
  }

  test('what is not changed makes no second post', async () => {
    const { server, tab } = await loseThenEdit('hello', true)
    server.up()
    await settle()
    expect(server.texts()).toEqual(['hello'])
    expect(tab.texts()).toEqual([])
  })

  test('what never arrived is posted as it is now', async () => {
    const { server } = await loseThenEdit('hello, edited', false)
    server.up()
    await settle()
    expect(server.texts()).toEqual(['hello, edited'])
  })

  test('what is out in another version asks, and is posted as well if it is told to', async () => {
    const { server, tab } = await loseThenEdit('hello, edited', true)
    server.up()
    await settle()
    expect(server.texts()).toEqual(['hello'])
    expect(tab.states()).toEqual(['taken'])
    await tab.outbox.retry(tab.first())
    expect(server.texts()).toEqual(['hello', 'hello, edited'])
    expect(tab.texts()).toEqual([])
  })

  test('what was out in another version and is deleted since is posted', async () => {
    const { server, tab } = await loseThenEdit('hello, edited', true)
    server.deletePost(0)
    server.up()
    await settle()
    expect(server.texts()).toEqual(['hello, edited'])
    expect(tab.texts()).toEqual([])
    expect(tab.seen.news.map(([, { kind }]) => kind)).toEqual(['unreachable', 'posted'])
  })

  test('what is being sent is not taken out, by neither tab', async () => {
    const { server, open } = createWorld()
    const [one, other] = [open(), open()]
    one.outbox.put('hello', null)
    await settle()
    for (const tab of [one, other]) {
      const keep = vi.fn()
      expect(await tab.outbox.take(tab.first().key, keep)).toBe(false)
      expect(keep).not.toHaveBeenCalled()
    }
    server.up()
    await settle()
    expect(server.texts()).toEqual(['hello'])
  })

  test('an entry is kept elsewhere before it is taken out', async () => {
    const { browser, server, open } = createWorld()
    const tab = open()
    tab.outbox.put('hello', null)
    await settle()
    server.answer(LOST)
    await settle()
    await tab.outbox.take(tab.first().key, () => expect(browser.values.size).toBe(1))
    expect(browser.values.size).toBe(0)
  })

  test('what was discarded can be put back', async () => {
    const { server, open } = createWorld()
    const tab = open()
    tab.outbox.put('hello', null)
    await settle()
    server.answer(LOST)
    await settle()
    const entry = tab.first()
    await tab.outbox.take(entry.key, () => undefined)
    tab.outbox.putBack(entry)
    expect(tab.texts()).toEqual(['hello'])
    server.up()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.texts()).toEqual(['hello'])
  })
})

describe('two tabs', () => {
  test('show the same', async () => {
    const { server, open } = createWorld()
    const [one, other] = [open(), open()]
    one.outbox.put('hello', null)
    expect(other.texts()).toEqual(['hello'])
    await settle()
    server.answer({ kind: 'refused', reason: 'why' })
    await settle()
    expect(other.first()).toMatchObject({ state: 'refused', reason: 'why' })
    await other.outbox.take(other.first().key, () => undefined)
    expect(one.texts()).toEqual([])
  })

  test('send an entry once, also if both are told to', async () => {
    const { server, open } = createWorld()
    const [one, other] = [open(), open()]
    one.outbox.put('hello', null)
    await settle()
    server.answer({ kind: 'stopped', reason: 'why' })
    await settle()
    const entry = one.first()
    void one.outbox.retry(entry)
    void other.outbox.retry(entry)
    await settle()
    expect(server.asked).toHaveLength(1)
    server.answer(LOST)
    await settle()
    expect(server.asked).toHaveLength(0)
    expect(one.first().tries).toBe(2)
  })

  test('when the one that sends is closed, the other one takes over', async () => {
    const { server, open } = createWorld()
    const [one, other] = [open(), open()]
    one.outbox.put('hello', null)
    await settle()
    one.close()
    await settle()
    expect(server.asked).toHaveLength(1)
    server.up()
    await settle()
    expect(server.texts()).toEqual(['hello'])
    expect(other.texts()).toEqual([])
  })

  test('one whose session has ended while it waited for the other one sends nothing', async () => {
    const { server, open } = createWorld()
    const [one, other] = [open(), open()]
    one.outbox.put('hello', null)
    await settle()
    other.outbox.stop()
    one.close()
    await vi.advanceTimersByTimeAsync(HOUR)
    expect(server.asked).toHaveLength(0)
  })

  const EVENTS = {
    put: 'one writes a post',
    closeOne: 'one is closed',
    reopenOne: 'one is opened',
    retry: 'the other one is told to send it',
    edit: 'the other one edits it',
    resume: 'both hear that the network is back',
    lose: 'the server does what is asked, and its answer is lost',
    drop: 'a request is lost',
    wait: 'a minute goes by',
  } as const
  type Event = keyof typeof EVENTS
  const events = Object.keys(EVENTS) as Event[]

  /** Every order of three events after the post. */
  const orders = events.flatMap((a) => events.flatMap((b) => events.map((c) => ['put', a, b, c] as Event[])))
  const cases = events.flatMap((second) =>
    ['hello', 'hello, edited'].map((editedText) => [second, editedText] as const),
  )

  test.each(cases)('in no order of events lose a post or make two (%s, %j)', LONG, async (second, editedText) => {
    for (const order of orders.filter(([, event]) => event === second)) {
      const { server, open } = createWorld()
      const drafts: { text: string; tried: PreviousTry }[] = []
      let one = open()
      let isOneOpen = true as boolean
      const other = open()
      let written = 0
      const happen: Record<Event, () => void> = {
        put: () => isOneOpen && one.outbox.put(`${++written}. hello`, null),
        closeOne() {
          if (isOneOpen) one.close()
          isOneOpen = false
        },
        reopenOne() {
          if (!isOneOpen) one = open()
          isOneOpen = true
        },
        retry: () => other.seen.entries[0] && void other.outbox.retry(other.first()),
        edit() {
          const [entry] = other.seen.entries
          if (!entry) return
          void other.outbox.take(entry.key, ({ key, keyFrom, firstText, tries, text }) =>
            drafts.push({ text: text.replace('hello', editedText), tried: { key, keyFrom, firstText, tries } }),
          )
        },
        resume() {
          void one.outbox.resume()
          void other.outbox.resume()
        },
        lose: () => server.loseAnswer(),
        drop: () => server.answer(LOST),
        wait: () => undefined,
      }
      for (const event of order) {
        happen[event]()
        await vi.advanceTimersByTimeAsync(event === 'wait' ? 60_000 : 0)
      }
      for (const { text, tried } of drafts) other.outbox.put(text, tried)
      server.up()
      await vi.advanceTimersByTimeAsync(120_000)

      const unsent = other.texts()
      for (let number = 1; number <= written; number++) {
        const isOfIt = (text: string): boolean => text.startsWith(`${number}.`)
        const made = server.texts().filter(isOfIt)
        const where = `${order.join(', ')}: ${JSON.stringify({ made, unsent })}`
        expect(made, where).toHaveLength(1)
        expect(
          other.states().every((state) => state === 'taken'),
          where,
        ).toBe(true)
        if (editedText === 'hello') expect(unsent, where).toEqual([])
      }
      if (isOneOpen) expect(one.seen.entries).toEqual(other.seen.entries)
      if (isOneOpen) one.close()
      other.close()
      vi.clearAllTimers()
    }
  })
})

test('keys are what the server takes', () => {
  expect(randomKey()).toMatch(/^[!-~]{1,64}$/)
})
