import { useMutation } from 'urql'

import { describe } from '@/api/errors'
import { graphql } from '@/gql'
import { toast } from '@/ui/overlays/toastStore'

const DeletePost = graphql(`
  mutation DeletePost($input: DeletePostInput!) {
    deletePost(input: $input) {
      ... on PostDeleted {
        deletedPostId
      }
      ... on PostNotFound {
        message
      }
    }
  }
`)

/** Deletes a post of the viewer's. It is gone at once; if it could not be deleted, it is back with the reason. */
export function useDelete(): (id: string) => Promise<void> {
  const [, deletePost] = useMutation(DeletePost)
  return async (id) => {
    const { error } = await deletePost({ input: { id } })
    if (error) toast(`Not deleted. ${describe(error)}`, { isProblem: true })
    else toast('Your post is deleted.')
  }
}
