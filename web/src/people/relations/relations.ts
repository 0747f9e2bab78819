/** The requests that mute, block and change what a follow shows. */

import type { Client } from 'urql'

import { failureOf } from '@/api/errors'
import { createWishes } from '@/api/wishes'
import { graphql } from '@/gql'

/** The fields that a mute changes. The cache needs no more, so no code uses this fragment. */
graphql(`
  fragment MuteOutcome on User {
    id
    mutedByViewer
    mutedUntil
  }
`)

/** The fields that a block changes. */
graphql(`
  fragment BlockOutcome on User {
    id
    blockedByViewer
    followedByViewer
    followsViewer
    followerCount
    followeeCount
    followOptions {
      showsReposts
      isInFeed
    }
  }
`)

const Mute = graphql(`
  mutation Mute($input: MuteInput!) {
    mute(input: $input) {
      ... on UserMuted {
        user {
          ...MuteOutcome
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

const Unmute = graphql(`
  mutation Unmute($input: UnmuteInput!) {
    unmute(input: $input) {
      ... on UserUnmuted {
        user {
          ...MuteOutcome
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

const Block = graphql(`
  mutation Block($input: BlockInput!) {
    block(input: $input) {
      ... on UserBlocked {
        user {
          ...BlockOutcome
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

const Unblock = graphql(`
  mutation Unblock($input: UnblockInput!) {
    unblock(input: $input) {
      ... on UserUnblocked {
        user {
          ...BlockOutcome
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

const UpdateFollow = graphql(`
  mutation UpdateFollow($input: UpdateFollowInput!) {
    updateFollow(input: $input) {
      ... on FollowUpdated {
        user {
          id
          followOptions {
            showsReposts
            isInFeed
          }
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

const DAY_MS = 24 * 3_600_000
const MUTE_DAYS = { forever: null, day: 1, week: 7 }

export type MuteWish = keyof typeof MUTE_DAYS | 'off'

/** Requests a mute or its end, one request per account at a time. */
export const { request: requestMute } = createWishes<MuteWish>()

/** All functions below return what to tell the user if the request failed. */
type Failure = Promise<string | undefined>

export async function setMute(client: Client, userId: string, wish: MuteWish): Failure {
  if (wish === 'off') {
    const { data, error } = await client.mutation(Unmute, { input: { userId } }).toPromise()
    return failureOf(error, data?.unmute)
  }
  const days = MUTE_DAYS[wish]
  const until = days === null ? null : new Date(Date.now() + days * DAY_MS).toISOString()
  const { data, error } = await client.mutation(Mute, { input: { userId, until } }).toPromise()
  return failureOf(error, data?.mute)
}

export async function setBlock(client: Client, userId: string, isWanted: boolean): Failure {
  if (isWanted) {
    const { data, error } = await client.mutation(Block, { input: { userId } }).toPromise()
    return failureOf(error, data?.block)
  }
  const { data, error } = await client.mutation(Unblock, { input: { userId } }).toPromise()
  return failureOf(error, data?.unblock)
}

export async function updateFollow(
  client: Client,
  userId: string,
  options: { showsReposts: boolean } | { isInFeed: boolean },
): Failure {
  const { data, error } = await client.mutation(UpdateFollow, { input: { userId, ...options } }).toPromise()
  return failureOf(error, data?.updateFollow)
}
