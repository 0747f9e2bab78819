// What all clients share: whom they speak for, and an author whose posts they hear of.
import { createHash } from 'node:crypto'

/** Updates of the feed, as every client subscribes to them. */
export const UPDATES = 'subscription Updates { feedUpdates { id text } }'

export const sha256 = (text) => createHash('sha256').update(text).digest('hex')

export class World {
  /** `token` and `authorToken` are of the reader and of an author whom they follow; `given` has what a scenario needs. */
  constructor({ url, token, authorToken, ...given }) {
    this.url = `${url}/graphql`
    this.wsUrl = this.url.replace('http', 'ws')
    this.headers = { authorization: `Bearer ${token}` }
    this.given = given
    this.requests = []
    this.streaming = new Promise((resolve) => (this.noteStream = resolve))
    this.author = { authorization: `Bearer ${authorToken}`, 'content-type': 'application/json' }
  }

  /** A fetch that notes each request, and when the first stream has begun. */
  fetch = async (url, options = {}) => {
    this.requests.push({ url, method: options.method ?? 'GET', headers: options.headers, body: options.body })
    const response = await fetch(url, options)
    const type = response.headers.get('content-type') ?? ''
    if (/event-stream|multipart/.test(type)) this.noteStream(type)
    return response
  }

  /** The author posts. */
  async post(text) {
    const query = 'mutation ($text: String!) { createPost(input: { text: $text }) { __typename } }'
    const body = JSON.stringify({ query, variables: { text } })
    const response = await fetch(this.url, { method: 'POST', headers: this.author, body })
    const { data } = await response.json()
    if (data.createPost.__typename !== 'PostCreated') throw new Error(JSON.stringify(data))
  }

  /** The texts of three posts that the author makes once `subscribe`d updates have `begun`, as the client hears of them. */
  async threePosts(subscribe, begun = () => this.streaming) {
    const heard = []
    const all = new Promise((resolve) => subscribe((text) => heard.push(text) === 3 && resolve()))
    await new Promise(setImmediate) // the client may send it a little later
    await begun()
    for (const text of ['one', 'two', 'three']) await this.post(text)
    await all
    return heard
  }

  async introspect(query) {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
    return (await response.json()).data
  }
}
