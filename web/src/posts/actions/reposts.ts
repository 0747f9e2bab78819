import { t } from '@lingui/core/macro'

import { failureOf } from '@/api/errors'
import { createWishes } from '@/api/wishes'
import { graphql } from '@/gql'

import { type Toggle, useToggle } from './useToggle'

const Repost = graphql(`
  mutation Repost($input: RepostInput!) {
    repost(input: $input) {
      ... on Reposted {
        post {
          id
          repostedByViewer
          repostCount
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

const UndoRepost = graphql(`
  mutation UndoRepost($input: UndoRepostInput!) {
    undoRepost(input: $input) {
      ... on RepostUndone {
        post {
          id
          repostedByViewer
          repostCount
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

const REPOSTS: Toggle = {
  wishes: createWishes(),
  async send(client, postId, isWanted) {
    const input = { postId }
    if (isWanted) {
      const { data, error } = await client.mutation(Repost, { input }).toPromise()
      return failureOf(error, data?.repost)
    }
    const { data, error } = await client.mutation(UndoRepost, { input }).toPromise()
    return failureOf(error, data?.undoRepost)
  },
  describe: (isWanted, failure) => (isWanted ? t`Not reposted. ${failure}` : t`Repost not undone. ${failure}`),
}

interface Repostable {
  id: string
  repostedByViewer: boolean
  repostCount: number
}

export function useRepost({ id, repostedByViewer, repostCount }: Repostable) {
  return useToggle(REPOSTS, { id, isOn: repostedByViewer, count: repostCount })
}
