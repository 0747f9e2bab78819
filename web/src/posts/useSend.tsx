import { Link } from 'react-router'
import { useMutation } from 'urql'

import { describe } from '@/api/problems'
import { graphql } from '@/gql'
import { toast } from '@/ui/toasts'

import { openComposer } from './composing'
import { forgetUnanswered, giveBack, noteUnanswered } from './drafts'
import { putOut, settle } from './outbox'

const CreatePost = graphql(`
  mutation CreatePost($input: CreatePostInput!) {
    createPost(input: $input) {
      ... on PostCreated {
        post {
          id
          ...PostCard
        }
      }
      ... on InvalidInput {
        message
        fields {
          field
          message
        }
      }
    }
  }
`)

/** Posts a text. It is shown at once; if it is refused or lost, the author has it back. */
export function useSend(alias: string): (text: string) => Promise<void> {
  const [, createPost] = useMutation(CreatePost)
  return async (text) => {
    const sending = putOut(text)
    noteUnanswered(alias, text)
    const { data, error } = await createPost({ input: { text } })
    forgetUnanswered(alias, text)
    if (data?.createPost.__typename === 'PostCreated') {
      const { id } = data.createPost.post
      settle(sending, id)
      toast('Your post is out.', { action: <Link to={`/@${alias}/posts/${id}`}>See it</Link> })
      return
    }
    settle(sending, null)
    giveBack(alias, text)
    const why = data ? (data.createPost.fields[0]?.message ?? data.createPost.message) : error ? describe(error) : ''
    toast(`Not posted. ${why}`, { isProblem: true, action: <button onClick={openComposer}>Edit</button> })
  }
}
