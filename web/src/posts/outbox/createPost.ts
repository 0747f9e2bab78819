import { t } from '@lingui/core/macro'
import type { Client, CombinedError } from '@urql/core'

import { describeError, isError, messageOf, problemOf } from '@/api/errors'
import { graphql } from '@/gql'
import type { CreatePostMutation } from '@/gql/graphql'

import { type About, type Entry, mediaIds, type Outcome } from './entry'

const CreatePost = graphql(`
  mutation CreatePost($input: CreatePostInput!) {
    createPost(input: $input) {
      ... on PostCreated {
        post {
          id
          isReply
          inReplyTo {
            id
            replyCount
          }
          quote {
            post {
              id
              quoteCount
            }
          }
          ...PostCard
        }
      }
      ... on Error {
        message
      }
      ... on InvalidInput {
        fields {
          field
          code
          message
        }
      }
    }
  }
`)

const NamedPost = graphql(`
  query NamedPost($id: ID!) {
    post(id: $id) {
      id
      createdAt
    }
  }
`)

const FIELDS = { reply: 'replyTo', quote: 'quote' } as const

/** The codes of errors that a retry would get again. */
const PERMANENT_CODES = ['BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']
const TEMPORARY_STATUSES = [408, 425, 429]
const MIN_RETRY_AFTER_S = 1 // also for a rate limit without `retryAfter`

export async function createPost(client: Client, { key, text, about = null, media }: Entry): Promise<Outcome> {
  const pictures = mediaIds(media)
  const input = {
    ...{ text, idempotencyKey: key },
    ...(about && { [FIELDS[about.kind]]: about.id }),
    ...(pictures.length > 0 && { media: pictures }),
  }
  const { data, error } = await client.mutation(CreatePost, { input }).toPromise()
  if (error) return outcomeOf(error)
  if (about && data?.createPost.__typename === 'PostNotFound')
    return whyNotFound(client, about, messageOf(data.createPost))
  return data ? outcomeOfResult(data.createPost) : { kind: 'unreachable', reason: t`No answer.`, retryAfterMs: null }
}

/**
 * Returns what PostNotFound means for a post that answers or quotes another one: either that one is gone, or the post was
 * already sent and has since been deleted. If both may be true, the author decides, so that no text is lost.
 */
async function whyNotFound(client: Client, { id }: About, reason: string): Promise<Outcome> {
  const { data, error } = await client.query(NamedPost, { id }, { requestPolicy: 'network-only' }).toPromise()
  if (error) return outcomeOf(error)
  return data?.post
    ? { kind: 'deleted', reason }
    : { kind: 'orphaned', reason: t`The post that it answers or quotes is gone.` }
}

export function outcomeOfResult(result: CreatePostMutation['createPost']): Outcome {
  if (!isError(result)) return { kind: 'posted', id: result.post.id }
  if (result.__typename === 'Blocked') return { kind: 'orphaned', reason: messageOf(result) }
  if (result.__typename === 'PostNotFound') return { kind: 'deleted', reason: messageOf(result) }
  const [first] = 'fields' in result ? result.fields : []
  if (first?.field === 'idempotencyKey') return { kind: 'taken' }
  return { kind: 'refused', reason: first ? problemOf(first) : messageOf(result) }
}

export function outcomeOf(error: CombinedError): Outcome {
  const reason = describeError(error)
  const extensions = error.graphQLErrors.map((one) => one.extensions)
  const status = (error.response as Response | undefined)?.status ?? 0
  const isRefused = status >= 400 && status < 500 && !TEMPORARY_STATUSES.includes(status)
  const isPermanent = error.networkError
    ? isRefused
    : extensions.some(({ code }) => PERMANENT_CODES.includes(String(code)))
  if (isPermanent) return { kind: 'stopped', reason }
  const limited = extensions.find(({ code }) => code === 'RATE_LIMITED')
  if (!limited) return { kind: 'unreachable', reason, retryAfterMs: null }
  const retryAfter = Number(limited['retryAfter'])
  return {
    kind: 'unreachable',
    reason,
    retryAfterMs: (retryAfter > MIN_RETRY_AFTER_S ? retryAfter : MIN_RETRY_AFTER_S) * 1_000,
  }
}
