import type { JSX } from 'react'
import { useMutation } from 'urql'

import { describe } from '@/api/problems'
import { forgetArrivals } from '@/feed/arrivals'
import { graphql, unmask, type FragmentType } from '@/gql'
import { useSession } from '@/session/session'
import { Button } from '@/ui/Button'
import { toast } from '@/ui/toasts'

import css from './FollowButton.module.css'

export const FollowState = graphql(`
  fragment FollowState on User {
    id
    alias
    isViewer
    followedByViewer
  }
`)

const Follow = graphql(`
  mutation Follow($input: FollowInput!) {
    follow(input: $input) {
      ... on Followed {
        user {
          id
          followedByViewer
          followerCount
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

const Unfollow = graphql(`
  mutation Unfollow($input: UnfollowInput!) {
    unfollow(input: $input) {
      ... on Unfollowed {
        user {
          id
          followedByViewer
          followerCount
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

interface FollowButtonProps {
  person: FragmentType<typeof FollowState>
  size?: 'm' | 's'
}

/** Absent where there is nobody to follow or nobody who could. */
export function FollowButton({ person, size = 's' }: FollowButtonProps): JSX.Element | null {
  const { id, alias, isViewer, followedByViewer } = unmask(FollowState, person)
  const isSignedIn = useSession() !== null
  const [, follow] = useMutation(Follow)
  const [, unfollow] = useMutation(Unfollow)
  if (isViewer || !isSignedIn) return null

  const toggle = async (): Promise<void> => {
    const input = { input: { userId: id } }
    if (followedByViewer) {
      const { data, error } = await unfollow(input)
      tell(error ? describe(error) : messageOf(data?.unfollow), `@${alias} is still followed.`)
      if (data?.unfollow.__typename === 'Unfollowed') forgetArrivals()
    } else {
      const { data, error } = await follow(input)
      tell(error ? describe(error) : messageOf(data?.follow), `@${alias} is not followed.`)
      if (data?.follow.__typename === 'Followed') forgetArrivals()
    }
  }
  return (
    <Button
      size={size}
      look={followedByViewer ? 'plain' : 'strong'}
      className={followedByViewer ? css.following : css.follow}
      aria-label={`${followedByViewer ? 'Following' : 'Follow'} @${alias}`}
      aria-pressed={followedByViewer}
      onClick={() => void toggle()}
    >
      {followedByViewer ? (
        <>
          <span className={css.now}>Following</span>
          <span className={css.then}>Unfollow</span>
        </>
      ) : (
        'Follow'
      )}
    </Button>
  )
}

function messageOf(result: { __typename: string; message?: string } | undefined): string | undefined {
  return result?.message
}

function tell(problem: string | undefined, state: string): void {
  if (problem) toast(`${problem} ${state}`, { isProblem: true })
}
