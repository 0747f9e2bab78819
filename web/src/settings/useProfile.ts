import { useState } from 'react'
import { useMutation } from 'urql'

import { byField, describe, type Problems } from '@/api/problems'
import { graphql } from '@/gql'
import type { UpdateProfileInput } from '@/gql/graphql'
import { toast } from '@/ui/toasts'

const UpdateProfile = graphql(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      ... on ProfileUpdated {
        user {
          id
          firstName
          lastName
          imageUrl
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
  problems: Problems
  /** Whether the server has taken it. */
  change: (input: UpdateProfileInput, done: string) => Promise<boolean>
}

export function useProfile(): ProfileChange {
  const [{ fetching }, update] = useMutation(UpdateProfile)
  const [problems, setProblems] = useState<Problems>({})
  const change = async (input: UpdateProfileInput, done: string): Promise<boolean> => {
    setProblems({})
    const { data, error } = await update({ input })
    if (data?.updateProfile.__typename === 'ProfileUpdated') {
      toast(done)
      return true
    }
    if (error) setProblems({ form: describe(error) })
    else if (data) setProblems(byField(data.updateProfile.fields))
    return false
  }
  return { isBusy: fetching, problems, change }
}
