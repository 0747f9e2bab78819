import { t } from '@lingui/core/macro'

import { failureOf } from '@/api/errors'
import { createWishes } from '@/api/wishes'
import { graphql } from '@/gql'

import { type Toggle, useToggle } from './useToggle'

const Like = graphql(`
  mutation Like($input: LikeInput!) {
    like(input: $input) {
      ... on Liked {
        post {
          id
          likedByViewer
          likeCount
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

const Unlike = graphql(`
  mutation Unlike($input: UnlikeInput!) {
    unlike(input: $input) {
      ... on Unliked {
        post {
          id
          likedByViewer
          likeCount
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

const LIKES: Toggle = {
  wishes: createWishes(),
  async send(client, postId, isWanted) {
    const input = { postId }
    if (isWanted) {
      const { data, error } = await client.mutation(Like, { input }).toPromise()
      return failureOf(error, data?.like)
    }
    const { data, error } = await client.mutation(Unlike, { input }).toPromise()
    return failureOf(error, data?.unlike)
  },
  describe: (isWanted, failure) => (isWanted ? t`Not liked. ${failure}` : t`Still liked. ${failure}`),
}

export function useLike({ id, likedByViewer, likeCount }: { id: string; likedByViewer: boolean; likeCount: number }) {
  return useToggle(LIKES, { id, isOn: likedByViewer, count: likeCount })
}
