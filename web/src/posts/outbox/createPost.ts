import type { Client, CombinedError } from '@urql/core'

import { describe, isError } from '@/api/errors'
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

/** What the server would answer in the same way again. */
const LASTING = ['BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']
const PASSING_STATUSES = [408, 425, 429]
const LEAST_ASKED_S = 1 // a limit that says nothing of its end

export async function post(client: Client, { key, text }: Entry): Promise<Outcome> {
  const { data, error } = await client.mutation(CreatePost, { input: { text, idempotencyKey: key } }).toPromise()
  if (error) return outcomeOf(error)
  return data ? outcomeOfResult(data.createPost) : { kind: 'unreachable', reason: 'No answer.', askedMs: null }
}

export function outcomeOfResult(result: CreatePostMutation['createPost']): Outcome {
  if (!isError(result)) return { kind: 'posted', id: result.post.id }
  if (result.__typename === 'PostNotFound') return { kind: 'deleted', reason: result.message }
  const [first] = 'fields' in result ? result.fields : []
  if (first?.field === 'idempotencyKey') return { kind: 'taken' }
  return { kind: 'refused', reason: first?.message ?? result.message }
}

export function outcomeOf(error: CombinedError): Outcome {
  const reason = describe(error)
  const extensions = error.graphQLErrors.map((one) => one.extensions)
  const status = (error.response as Response | undefined)?.status ?? 0
  const isRefused = status >= 400 && status < 500 && !PASSING_STATUSES.includes(status)
  const isLasting = error.networkError ? isRefused : extensions.some(({ code }) => LASTING.includes(String(code)))
  if (isLasting) return { kind: 'stopped', reason }
  const limited = extensions.find(({ code }) => code === 'RATE_LIMITED')
  if (!limited) return { kind: 'unreachable', reason, askedMs: null }
  const asked = Number(limited['retryAfter'])
  return { kind: 'unreachable', reason, askedMs: (asked > LEAST_ASKED_S ? asked : LEAST_ASKED_S) * 1_000 }
}
