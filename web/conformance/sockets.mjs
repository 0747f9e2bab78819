// graphql-transport-ws as its reference client speaks it, and as nobody should: `node sockets.mjs WS-URL`.
// Prints a JSON object: of each scenario, what came of it.
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

const url = process.argv[2]
const VIEWER = '{ viewer { alias } }'
// Slow enough for a second message to come while it is under way.
const LOGIN = 'mutation { login(input: {alias: "nobody", password: "no password"}) { __typename } }'

const BY_ALIAS = 'query ($a: String!) { user(alias: $a) { id } }'
const TWO = 'query One { viewer { alias } } query Two { __typename }'

const OPTIONS = { url, webSocketImpl: WebSocket, retryAttempts: 0 }
const INIT = { type: 'connection_init' }
const subscribe = (id, query) => ({ type: 'subscribe', id, payload: { query } })

/** What the reference client is told of one operation, until its end. */
function ask(client, payload) {
  return new Promise((resolve) => {
    const results = []
    client.subscribe(payload, {
      next: (result) => results.push(result),
      error: (errors) => resolve({ results, errors }),
      complete: () => resolve({ results, errors: [] }),
    })
  })
}

/** What comes back for frames as they are, until the server closes or `done` says that enough has come. */
function converse(frames, { protocols = ['graphql-transport-ws'], done = () => false, origin } = {}) {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, protocols, { origin })
    const received = []
    socket.on('open', () => {
      for (const frame of frames) socket.send(isRaw(frame) ? frame : JSON.stringify(frame))
    })
    socket.on('message', (data, isBinary) => {
      received.push(isBinary ? 'binary' : JSON.parse(data))
      if (done(received)) socket.close(1000)
    })
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason), received }))
    socket.on('unexpected-response', (_, response) => resolve({ status: response.statusCode, received }))
    socket.on('error', () => {})
  })
}

const isRaw = (frame) => typeof frame === 'string' || frame instanceof Buffer
const until = (type) => (received) => received.some((message) => message.type === type)

const byReferenceClient = {
  query: (client) => ask(client, { query: VIEWER }),
  mutation: (client) => ask(client, { query: 'mutation { logout }' }),
  variables: (client) => ask(client, { query: BY_ALIAS, variables: { a: 'nobody' } }),
  namedOperation: (client) => ask(client, { query: TWO, operationName: 'Two' }),
  unnamedOperation: (client) => ask(client, { query: TWO }),
  unknownOperation: (client) => ask(client, { query: TWO, operationName: 'x'.repeat(500) }),
  unparsed: (client) => ask(client, { query: '{' }),
  invalid: (client) => ask(client, { query: '{ nonsense }' }),
  badVariable: (client) => ask(client, { query: BY_ALIAS }),
  fieldError: (client) => ask(client, { query: '{ node(id: "x") { id } }' }),
  subscription: (client) => ask(client, { query: 'subscription { nonsense }' }),
  manyAtOnce: (client) => Promise.all(Array.from({ length: 50 }, () => ask(client, { query: VIEWER }))),
  afterAnError: async (client) => [await ask(client, { query: '{' }), await ask(client, { query: VIEWER })],
}

const byFrames = {
  ping: [[{ type: 'ping' }], { done: until('pong') }],
  pingWithPayload: [[INIT, { type: 'ping', payload: { a: 1 } }], { done: until('pong') }],
  unaskedPong: [[INIT, { type: 'pong', payload: {} }, { type: 'ping' }], { done: until('pong') }],
  nullPayload: [[{ type: 'connection_init', payload: null }], { done: until('connection_ack') }],
  completeOfNothing: [[INIT, { type: 'complete', id: 'x' }, { type: 'ping' }], { done: until('pong') }],
  completedEarly: [
    [INIT, subscribe('x', LOGIN), { type: 'complete', id: 'x' }, subscribe('x', VIEWER)],
    { done: until('complete') },
  ],
  oneTooMany: [
    [INIT, ...Array.from({ length: 51 }, (_, place) => subscribe(String(place), LOGIN))],
    { done: until('error') },
  ],
  beforeInit: [[subscribe('x', VIEWER)]],
  initTwice: [[INIT, INIT]],
  noInit: [[]],
  sameId: [[INIT, subscribe('x', LOGIN), subscribe('x', VIEWER)]],
  sameLongId: [[INIT, subscribe('ä'.repeat(500), LOGIN), subscribe('ä'.repeat(500), VIEWER)]],
  noSubprotocol: [[], { protocols: [] }],
  binary: [[INIT, Buffer.from(JSON.stringify({ type: 'ping' }))]],
  noJson: [[INIT, '{']],
  tooLarge: [[INIT, ' '.repeat(2 ** 20 + 1)]],
  elsewhere: [[INIT], { origin: 'https://elsewhere.example' }],
  here: [[INIT], { origin: new URL(url.replace('ws', 'http')).origin, done: until('connection_ack') }],
}

const keptAlive = () =>
  new Promise((resolve) => {
    const on = { pong: (received) => received && resolve('pong') }
    createClient({ ...OPTIONS, lazy: false, keepAlive: 20, on })
  })

const disposed = () =>
  new Promise((resolve) => {
    const on = { connected: () => client.dispose(), closed: ({ code, wasClean }) => resolve({ code, wasClean }) }
    const client = createClient({ ...OPTIONS, lazy: false, on })
  })

const scenarios = [
  ...Object.entries(byReferenceClient).map(async ([name, run]) => {
    const client = createClient(OPTIONS)
    return [name, await run(client).finally(() => client.dispose())]
  }),
  ...Object.entries(byFrames).map(async ([name, [frames, options]]) => [name, await converse(frames, options)]),
  keptAlive().then((result) => ['keptAlive', result]),
  disposed().then((result) => ['disposed', result]),
]
console.log(JSON.stringify(Object.fromEntries(await Promise.all(scenarios))))
process.exit(0) // with no regard to the connections that are open
