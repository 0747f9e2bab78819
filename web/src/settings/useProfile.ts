import { useMutation } from 'urql'

import { byField, describe, type Problems } from '@/api/errors'
import { graphql } from '@/gql'
import type { UpdateProfileInput } from '@/gql/graphql'
import { toast } from '@/ui/overlays/toastStore'

const UpdateProfile = graphql(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      ... on ProfileUpdated {
        user {
          id
          ...AvatarOf
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

interface ProfileChange {
  isBusy: boolean
  /** What the server finds wrong with it, by field. */
  change: (input: UpdateProfileInput, done: string) => Promise<Problems>
}

export function useProfile(): ProfileChange {
  const [{ fetching }, update] = useMutation(UpdateProfile)
  const change = async (input: UpdateProfileInput, done: string): Promise<Problems> => {
    const { data, error } = await update({ input })
    if (data?.updateProfile.__typename === 'ProfileUpdated') {
      toast(done)
      return {}
    }
    if (error) return { form: describe(error) }
    return data ? byField(data.updateProfile.fields) : {}
  }
  return { isBusy: fetching, change }
}
