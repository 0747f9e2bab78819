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

/** Deletes a post of the viewer's. It is gone at once; if it could not be deleted, it is back with the reason. */
export function useDelete(): (id: string) => Promise<void> {
  const [, deletePost] = useMutation(DeletePost)
  return async (id) => {
    const { data, error } = await deletePost({ input: { id } })
    const failure = failureOf(error, data?.deletePost, ['PostNotFound'])
    if (failure) toast(`Not deleted. ${failure}`, { isProblem: true })
    else toast('Your post is deleted.')
  }
}
