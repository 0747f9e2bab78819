import { pathToFileURL } from 'node:url'

import { createClient } from 'graphql-ws'
import relay from 'relay-runtime'
import WebSocket from 'ws'

const { commitMutation, createOperationDescriptor, Environment, fetchQuery, Network, Observable, RecordSource } = relay
const { requestSubscription, Store } = relay

/** An artifact of Relay's compiler, which the test has run on documents.js. */
async function compiled(world, name) {
  const { default: artifact } = await import(pathToFileURL(`${world.given.artifacts}/documents${name}.graphql.js`))
  return artifact
}

function connect(world, options) {
  const socket = createClient({ url: world.wsUrl, webSocketImpl: WebSocket, connectionParams: world.headers })
  const fetchFunction = async ({ text }, variables) => {
    const headers = { ...world.headers, 'content-type': 'application/json' }
    const body = JSON.stringify({ query: text, variables })
    return (await world.fetch(world.url, { method: 'POST', headers, body })).json()
  }
  const subscribeFunction = ({ text }, variables) =>
    Observable.create((sink) => socket.subscribe({ query: text, variables }, sink))
  const network = Network.create(fetchFunction, subscribeFunction)
  return {
    environment: new Environment({ network, store: new Store(new RecordSource()), ...options }),
    socket,
  }
}

const fetched = (environment, artifact, variables) => fetchQuery(environment, artifact, variables).toPromise()

function mutated(environment, mutation, variables) {
  return new Promise((resolve, reject) =>
    commitMutation(environment, { mutation, variables, onCompleted: resolve, onError: reject }),
  )
}

/** What the store has for a query now. */
const read = (environment, artifact, variables = {}) =>
  environment.lookup(createOperationDescriptor(artifact, variables).fragment).data

/** The feed, page after page to its end, as the store then has the connection. */
export async function pages(world) {
  const { environment } = connect(world)
  const Feed = await compiled(world, 'FeedQuery')
  const kept = environment.retain(createOperationDescriptor(Feed, {}))
  let { feed } = await fetched(environment, Feed, {})
  while (feed.pageInfo.hasNextPage) {
    await fetched(environment, Feed, { after: feed.pageInfo.endCursor })
    feed = read(environment, Feed).feed
  }
  kept.dispose()
  return feed.edges.map(({ node }) => node.text)
}

// Relay's compiler selects the `id` of every type that has one. These keep theirs for older clients, and it is the id of
// what was removed: without this, the payload would share that record, and go with it.
const REMOVALS = ['PostDeleted', 'SessionEnded']
const getDataID = ({ id }, type) => (REMOVALS.includes(type) ? null : id)

/** Deletes a post: its record goes, and its edge in a connection. */
export async function remove(world) {
  const { environment } = connect(world, world.given.identifies === 'removals' ? { getDataID } : {})
  const Story = await compiled(world, 'StoryQuery')
  const variables = { id: world.given.reader }
  environment.retain(createOperationDescriptor(Story, variables))
  const { node } = await fetched(environment, Story, variables)
  const { id } = node.story.edges[0].node
  const answer = await mutated(environment, await compiled(world, 'DeletePostMutation'), {
    id,
    connections: [node.story.__id],
  })
  return {
    isAnswered: answer.deletePost?.deletedPostId === id,
    record: environment.getStore().getSource().get(id) ?? null,
    edges: [node.story.edges.length, read(environment, Story, variables).node.story.edges.length],
  }
}

/** Ends another session of the reader: its record goes. */
export async function endSession(world) {
  const { environment } = connect(world, world.given.identifies === 'removals' ? { getDataID } : {})
  const Sessions = await compiled(world, 'SessionsQuery')
  environment.retain(createOperationDescriptor(Sessions, {}))
  const { sessions } = await fetched(environment, Sessions, {})
  const { id } = sessions.find(({ isCurrent }) => !isCurrent)
  const answer = await mutated(environment, await compiled(world, 'EndSessionMutation'), { id })
  return {
    isAnswered: answer.endSession?.endedSessionId === id,
    record: environment.getStore().getSource().get(id) ?? null,
  }
}

/** A subscription that puts each new post on top of a connection. */
export async function updates(world) {
  const { environment, socket } = connect(world)
  const Feed = await compiled(world, 'FeedQuery')
  environment.retain(createOperationDescriptor(Feed, {}))
  const { feed } = await fetched(environment, Feed, {})
  const subscription = await compiled(world, 'UpdatesSubscription')
  const hear = (next) =>
    requestSubscription(environment, {
      subscription,
      variables: { connections: [feed.__id] },
      onNext: ({ feedUpdates }) => next(feedUpdates.text),
    })
  const answered = () =>
    new Promise((resolve) =>
      socket.subscribe({ query: '{ viewer { id } }' }, { next: resolve, error: resolve, complete() {} }),
    )
  const heard = await world.threePosts(hear, answered) // after what was sent first
  return {
    heard,
    top: read(environment, Feed)
      .feed.edges.slice(0, 3)
      .map(({ node }) => node.text),
  }
}
