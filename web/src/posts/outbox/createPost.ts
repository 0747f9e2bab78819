import type { Client, CombinedError } from '@urql/core'

import { describeError, isError } from '@/api/errors'
import { graphql } from '@/gql'
import type { CreatePostMutation } from '@/gql/graphql'

import type { Entry, Outcome } from './entry'

const CreatePost = graphql(`
  mutation CreatePost($input: CreatePostInput!) {
    createPost(input: $input) {
      ... on PostCreated {
        post {
          id
          ...PostCard
        }
      }
      ... on Error {
        message
      }
      ... on InvalidInput {
        fields {
          field
          message
        }
      }
    }
  }
`)

/** The codes of errors that a retry would get again. */
const PERMANENT_CODES = ['BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']
const TEMPORARY_STATUSES = [408, 425, 429]
const MIN_RETRY_AFTER_S = 1 // also for a rate limit without `retryAfter`

export async function createPost(client: Client, { key, text }: Entry): Promise<Outcome> {
  const { data, error } = await client.mutation(CreatePost, { input: { text, idempotencyKey: key } }).toPromise()
  if (error) return outcomeOf(error)
  return data ? outcomeOfResult(data.createPost) : { kind: 'unreachable', reason: 'No answer.', retryAfterMs: null }
}

export function outcomeOfResult(result: CreatePostMutation['createPost']): Outcome {
  if (!isError(result)) return { kind: 'posted', id: result.post.id }
  if (result.__typename === 'PostNotFound') return { kind: 'deleted', reason: result.message }
  const [first] = 'fields' in result ? result.fields : []
  if (first?.field === 'idempotencyKey') return { kind: 'taken' }
  return { kind: 'refused', reason: first?.message ?? result.message }
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
