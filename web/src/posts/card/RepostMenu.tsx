import { t } from '@lingui/core/macro'
import type { JSX } from 'react'
import { type Client, useClient } from 'urql'

import { failureOf } from '@/api/errors'
import { createWishes } from '@/api/wishes'
import { graphql } from '@/gql'
import { useStore } from '@/lib/store'
import { composeAbout } from '@/posts/drafts/composerState'
import { Menu } from '@/ui/overlays/Menu'
import { toast } from '@/ui/overlays/toastStore'

import css from './Post.module.css'

const Repost = graphql(`
  mutation Repost($input: RepostInput!) {
    repost(input: $input) {
      ... on Reposted {
        post {
          id
          repostedByViewer
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

const UndoRepost = graphql(`
  mutation UndoRepost($input: UndoRepostInput!) {
    undoRepost(input: $input) {
      ... on RepostUndone {
        post {
          id
          repostedByViewer
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

const { pending, request } = createWishes<boolean>()

interface RepostMenuProps {
  post: { id: string; repostedByViewer: boolean; author: { alias: string } }
}

/** A button that opens a menu to repost, to undo a repost and to quote. */
export function RepostMenu({ post }: RepostMenuProps): JSX.Element {
  const { id, repostedByViewer } = post
  const isReposted = useStore(pending).get(id)?.wanted ?? repostedByViewer
  const client = useClient()
  const send = async (isWanted: boolean): Promise<boolean> => {
    const failure = await (isWanted ? repost(client, id) : undo(client, id))
    if (failure) toast(isWanted ? t`Not reposted. ${failure}` : t`Repost not undone. ${failure}`, { isProblem: true })
    return !failure
  }
  const change = (isWanted: boolean) => () => void request(id, isWanted, send)
  return (
    <Menu
      icon="repost"
      label={isReposted ? t`Reposted: undo or quote` : t`Repost or quote`}
      className={isReposted ? css.on : undefined}
      items={[
        isReposted
          ? { label: t`Undo repost`, icon: 'close', act: change(false) }
          : { label: t({ message: 'Repost', context: 'verb' }), icon: 'repost', act: change(true) },
        { label: t({ message: 'Quote', context: 'verb' }), icon: 'quote', act: () => composeAbout('quote', post) },
      ]}
    />
  )
}

async function repost(client: Client, postId: string): Promise<string | undefined> {
  const { data, error } = await client.mutation(Repost, { input: { postId } }).toPromise()
  return failureOf(error, data?.repost)
}

async function undo(client: Client, postId: string): Promise<string | undefined> {
  const { data, error } = await client.mutation(UndoRepost, { input: { postId } }).toPromise()
  return failureOf(error, data?.undoRepost)
}
