import { t } from '@lingui/core/macro'

import { failureOf } from '@/api/errors'
import { createWishes } from '@/api/wishes'
import { graphql } from '@/gql'

import { type Toggle, useToggle } from './useToggle'

const Bookmark = graphql(`
  mutation Bookmark($input: BookmarkInput!) {
    bookmark(input: $input) {
      ... on Bookmarked {
        post {
          id
          bookmarkedByViewer
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

const RemoveBookmark = graphql(`
  mutation RemoveBookmark($input: RemoveBookmarkInput!) {
    removeBookmark(input: $input) {
      ... on BookmarkRemoved {
        post {
          id
          bookmarkedByViewer
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

const BOOKMARKS: Toggle = {
  wishes: createWishes(),
  async send(client, postId, isWanted) {
    const input = { postId }
    if (isWanted) {
      const { data, error } = await client.mutation(Bookmark, { input }).toPromise()
      return failureOf(error, data?.bookmark)
    }
    const { data, error } = await client.mutation(RemoveBookmark, { input }).toPromise()
    return failureOf(error, data?.removeBookmark)
  },
  describe: (isWanted, failure) =>
    isWanted ? t`Not added to your bookmarks. ${failure}` : t`Not removed from your bookmarks. ${failure}`,
}

export function useBookmark({ id, bookmarkedByViewer }: { id: string; bookmarkedByViewer: boolean }) {
  return useToggle(BOOKMARKS, { id, isOn: bookmarkedByViewer })
}
