import type { JSX } from 'react'
import { useClient } from 'urql'

import { failureOf } from '@/api/errors'
import { removeUnfollowedPosts } from '@/feed/newPosts'
import { type FragmentType, graphql, unmask } from '@/gql'
import { useStore } from '@/lib/store'
import { useSession } from '@/session/session'
import { Button } from '@/ui/Button'
import { toast } from '@/ui/overlays/toastStore'

import css from './FollowButton.module.css'
import { pendingFollows, requestFollow } from './followRequests'

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

/** Renders nothing for the viewer's own account and for users who are not signed in. */
export function FollowButton({ person, size = 's' }: FollowButtonProps): JSX.Element | null {
  const { id, alias, isViewer, ...known } = unmask(FollowState, person)
  const followedByViewer = useStore(pendingFollows).get(id)?.isWanted ?? known.followedByViewer
  const isSignedIn = useSession() !== null
  const client = useClient()
  if (isViewer || !isSignedIn) return null

  const follow = async (): Promise<boolean> => {
    const { data, error } = await client.mutation(Follow, { input: { userId: id } }).toPromise()
    return isDone(failureOf(error, data?.follow), `@${alias} is not followed.`)
  }
  const unfollow = async (): Promise<boolean> => {
    const { data, error } = await client.mutation(Unfollow, { input: { userId: id } }).toPromise()
    const isUnfollowed = isDone(failureOf(error, data?.unfollow), `@${alias} is still followed.`)
    if (isUnfollowed) removeUnfollowedPosts(client)
    return isUnfollowed
  }
  const toggle = (): void => {
    void requestFollow(id, !followedByViewer, (isWanted) => (isWanted ? follow() : unfollow()))
  }
  return (
    <Button
      size={size}
      look={followedByViewer ? 'plain' : 'strong'}
      className={followedByViewer ? css.following : css.follow}
      aria-label={`${followedByViewer ? 'Following' : 'Follow'} @${alias}`}
      aria-pressed={followedByViewer}
      onClick={toggle}
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

function isDone(problem: string | undefined, state: string): boolean {
  if (problem) toast(`${problem} ${state}`, { isProblem: true })
  return !problem
}
