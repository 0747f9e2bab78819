import { useMutation } from 'urql'

import { describeError, isError, type Problems, problemsIn } from '@/api/errors'
import { graphql } from '@/gql'
import type { UpdateProfileInput } from '@/gql/graphql'
import { toast } from '@/ui/overlays/toastStore'

const UpdateProfile = graphql(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      ... on ProfileUpdated {
        user {
          id
          bio
          bioSegments {
            kind
            text
            alias
            url
          }
          ...AvatarOf
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

interface ProfileChange {
  isBusy: boolean
  /** Updates the profile and shows `done` on success. Returns the problems by field. */
  change: (input: UpdateProfileInput, done: string) => Promise<Problems>
}

export function useUpdateProfile(): ProfileChange {
  const [{ fetching }, update] = useMutation(UpdateProfile)
  const change = async (input: UpdateProfileInput, done: string): Promise<Problems> => {
    const { data, error } = await update({ input })
    if (error || !data) return { form: error && describeError(error) }
    if (isError(data.updateProfile)) return problemsIn(data.updateProfile)
    toast(done)
    return {}
  }
  return { isBusy: fetching, change }
}
