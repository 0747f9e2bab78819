import { t } from '@lingui/core/macro'
import { useMutation } from 'urql'

import { failureOf } from '@/api/errors'
import { graphql } from '@/gql'
import { toast } from '@/ui/overlays/toastStore'

const DeletePost = graphql(`
  mutation DeletePost($input: DeletePostInput!) {
    deletePost(input: $input) {
      ... on PostDeleted {
        deletedPostId
      }
      ... on Error {
        message
      }
    }
  }
`)

/** Deletes one of the viewer's posts. It disappears at once. If the request fails, it reappears and a toast says why. */
export function useDeletePost(): (id: string) => Promise<void> {
  const [, deletePost] = useMutation(DeletePost)
  return async (id) => {
    const { data, error } = await deletePost({ input: { id } })
    const failure = failureOf(error, data?.deletePost, ['PostNotFound'])
    if (failure) toast(t`Not deleted. ${failure}`, { isProblem: true })
    else toast(t`Your post was deleted.`)
  }
}
