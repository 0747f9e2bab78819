import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { JSX } from 'react'

import type { PostHidden } from '@/gql/graphql'

import css from './HiddenPost.module.css'

const REASONS: Record<PostHidden, MessageDescriptor> = {
  GONE: msg`This post was deleted.`,
  BLOCKED: msg`This post is not shown, because one of you has blocked the other.`,
  MUTED: msg`This post is by an account that you have muted.`,
}

/** A placeholder of a post that is not shown beside another one. Without a reason, the post counts as deleted. */
export function HiddenPost({ reason }: { reason: PostHidden | null | undefined }): JSX.Element {
  return <p className={css.gap}>{i18n._(REASONS[reason ?? 'GONE'])}</p>
}
