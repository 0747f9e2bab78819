import type { JSX } from 'react'

import type { PostHidden } from '@/gql/graphql'

import css from './HiddenPost.module.css'

const REASONS: Record<PostHidden, string> = {
  GONE: 'This post was deleted.',
  BLOCKED: 'This post is not shown, because one of you has blocked the other.',
  MUTED: 'This post is by an account that you have muted.',
}

/** A placeholder of a post that is not shown beside another one. Without a reason, the post counts as deleted. */
export function HiddenPost({ reason }: { reason: PostHidden | null | undefined }): JSX.Element {
  return <p className={css.gap}>{REASONS[reason ?? 'GONE']}</p>
}
