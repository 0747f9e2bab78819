// What the servers read: the session of each request, and a page of the feed in one of two ways.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import DataLoader from 'dataloader'
import { BSON, MongoClient } from 'mongodb'

const TOP = 2n ** 62n // above every id
const SLACK = 5 // entries read beyond a page, since some may be stale
const MOST_IN_FLIGHT = 200
const RECALL_MS = 2_000

const client = new MongoClient(process.env.MONGODB_URL, { useBigInt64: true })
const database = client.db(process.env.MONGODB_DATABASE)
const [sessions, users, posts, follows, feeds] = ['sessions', 'users', 'posts', 'follows', 'feeds'].map((name) =>
  database.collection(name),
)

/** The key of the session that the header's token opens, or null. */
function sessionOf(authorization) {
  const token = authorization?.match(/^bearer +(.+)$/i)?.[1]
  return token ? createHash('sha256').update(token).digest() : null
}

const isLive = (session) => Boolean(session) && session.expires_at > new Date()

/** The account whose session the header's token opens, or null. */
export async function viewerOf(authorization) {
  const key = sessionOf(authorization)
  const session = key && (await sessions.findOne({ _id: key }))
  return isLive(session) ? session.user : null
}

/** Of one request. */
export const userLoader = () =>
  new DataLoader(async (ids) => {
    const found = new Map((await users.find({ _id: { $in: ids } }).toArray()).map((user) => [user._id, user]))
    return ids.map((id) => found.get(id))
  })

/** A find per step, those at the same time that can be. No floor and no snapshot, which spares these servers work. */
export async function feedInSteps(viewer, first, below = TOP) {
  const limit = first + 1 + SLACK
  const [entries, edges, inFlight] = await Promise.all([
    feeds
      .find({ _id: { $gte: entryKey(viewer, 0n), $lt: entryKey(viewer, below) } })
      .project({ _id: 0, post: 1 })
      .sort({ _id: -1 })
      .limit(limit)
      .toArray(),
    follows.find({ follower: viewer }).project({ _id: 0, followee: 1, push_from: 1 }).toArray(),
    posts.find({ in_flight: true }).project({ author: 1 }).limit(MOST_IN_FLIGHT).toArray(),
  ])
  const low = entries.length === limit ? entries.at(-1).post : 0n
  const followed = new Set(edges.map((edge) => edge.followee))
  const pulled = edges.filter((edge) => edge.push_from > low).map((edge) => edge.followee)
  const ids = [...entries.map((entry) => entry.post), ...inFlight.map((post) => post._id)]
  const [delivered, stories] = await Promise.all([
    posts
      .find({ _id: { $in: ids } })
      .project({ author: 1, text: 1 })
      .toArray(),
    pulled.length ? storiesOf(pulled, low, below, first + 1) : [],
  ])
  return pageOf([...delivered.filter((post) => followed.has(post.author)), ...stories], first, low, below)
}

const storiesOf = (authors, low, below, limit) =>
  posts
    .find({ author: { $in: authors }, _id: { $gte: low, $lt: below } })
    .project({ author: 1, text: 1 })
    .sort({ _id: -1 })
    .limit(limit)
    .toArray()

// The very command with which Tweeter reads the first page of one reader, as its driver has sent it.
const RECORDED =
  process.env.COMMAND && BSON.EJSON.parse(readFileSync(process.env.COMMAND, 'utf8'), { useBigInt64: true })

/** In one command; the authors, as Tweeter shows them, are recalled for a moment. */
export async function feedAtOnce(viewer, first) {
  if (viewer !== RECORDED.reader || first !== RECORDED.first) throw new Error('no such command was recorded')
  return pageOfRow(await firstRow(RECORDED.pipeline), first)
}

const accounts = new Map() // of tokens: whose a token is never changes

/** As `feedAtOnce`, with the session read by the same command. Returns null if it has ended. */
export async function feedWithSession(authorization, first) {
  const key = sessionOf(authorization)
  const viewer = accounts.get(authorization) ?? (await viewerOf(authorization))
  if (viewer === null) return null
  accounts.set(authorization, viewer)
  if (viewer !== RECORDED.reader || first !== RECORDED.first) throw new Error('no such command was recorded')
  const [before, { $lookup: session }, after] = RECORDED.withSession
  const joined = { $lookup: { ...session, pipeline: [{ $match: { _id: key } }, ...session.pipeline.slice(1)] } }
  const found = await firstRow([...before, joined, ...after])
  return isLive(found.sessions[0]) && found.sessions[0].user === viewer ? pageOfRow(found, first) : null
}

async function firstRow(pipeline) {
  const options = { readConcern: { level: 'snapshot' } }
  const [found] = await database.collection(RECORDED.collection).aggregate(pipeline, options).toArray()
  return found
}

async function pageOfRow(found, first) {
  const followees = new Set(found.followees)
  const delivered = found.delivered.filter((post) => followees.has(post.author))
  const page = pageOf([...(found.pulled ?? []), ...delivered], first, found.end, TOP)
  return { ...page, authors: await recent(new Set(page.items.map((post) => post.author))) }
}

const seen = new Map()

async function recent(ids) {
  const now = performance.now()
  const missing = [...ids].filter((id) => !(seen.get(id)?.until > now))
  if (missing.length) {
    for (const user of await users.find({ _id: { $in: missing } }).toArray())
      seen.set(user._id, { user, until: now + RECALL_MS })
  }
  return new Map([...ids].map((id) => [id, seen.get(id)?.user]))
}

function pageOf(found, first, low, below) {
  const unique = new Map(found.filter(({ _id }) => _id >= low && _id < below).map((post) => [post._id, post]))
  const newest = [...unique.values()].sort((a, b) => (a._id < b._id ? 1 : -1))
  return { items: newest.slice(0, first), hasNext: newest.length > first }
}

function entryKey(reader, post) {
  const key = Buffer.allocUnsafe(16)
  key.writeBigUInt64BE(reader, 0)
  key.writeBigUInt64BE(post, 8)
  return key
}
