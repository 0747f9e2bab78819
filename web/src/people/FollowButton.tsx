import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { type Client, useClient } from 'urql'

import { failureOf } from '@/api/errors'
import { removeHiddenPosts } from '@/feed/newPosts'
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

/** The fields that a follow or an unfollow changes. The cache needs no more, so no code uses this fragment. */
graphql(`
  fragment FollowOutcome on User {
    id
    followedByViewer
    followerCount
  }
`)

const Follow = graphql(`
  mutation Follow($input: FollowInput!) {
    follow(input: $input) {
      ... on Followed {
        user {
          ...FollowOutcome
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
          ...FollowOutcome
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
  const followedByViewer = useStore(pendingFollows).get(id)?.wanted ?? known.followedByViewer
  const isSignedIn = useSession() !== null
  const client = useClient()
  if (isViewer || !isSignedIn) return null

  const send = async (isWanted: boolean): Promise<boolean> => {
    const failure = await (isWanted ? follow(client, id) : unfollow(client, id))
    if (failure) {
      const message = isWanted ? t`${failure} @${alias} is not followed.` : t`${failure} @${alias} is still followed.`
      toast(message, { isProblem: true })
    } else if (!isWanted) removeHiddenPosts(client, id)
    return !failure
  }
  const toggle = (): void => {
    void requestFollow(id, !followedByViewer, send)
  }
  return (
    <Button
      size={size}
      look={followedByViewer ? 'plain' : 'strong'}
      className={followedByViewer ? css.following : css.follow}
      aria-label={followedByViewer ? t`Following @${alias}` : t`Follow @${alias}`}
      aria-pressed={followedByViewer}
      onClick={toggle}
    >
      {followedByViewer ? (
        <>
          <span className={css.now}>
            <Trans>Following</Trans>
          </span>
          <span className={css.then}>
            <Trans>Unfollow</Trans>
          </span>
        </>
      ) : (
        <Trans>Follow</Trans>
      )}
    </Button>
  )
}

async function follow(client: Client, userId: string): Promise<string | undefined> {
  const { data, error } = await client.mutation(Follow, { input: { userId } }).toPromise()
  return failureOf(error, data?.follow)
}

async function unfollow(client: Client, userId: string): Promise<string | undefined> {
  const { data, error } = await client.mutation(Unfollow, { input: { userId } }).toPromise()
  return failureOf(error, data?.unfollow)
}
