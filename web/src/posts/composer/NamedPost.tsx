import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { useQuery } from 'urql'

import { graphql } from '@/gql'
import { QuoteCard } from '@/posts/card/QuoteCard'
import type { About } from '@/posts/outbox/entry'
import { Handle } from '@/ui/Handle'

import css from './NamedPost.module.css'

const NamedPostCard = graphql(`
  query NamedPostCard($id: ID!) {
    post(id: $id) {
      id
      ...QuotedPost
    }
  }
`)

/** The post that a draft answers or quotes. Its height is the same while it is loading. */
export function NamedPost({ about: { kind, id, alias } }: { about: About }): JSX.Element {
  const [{ data, fetching }] = useQuery({ query: NamedPostCard, variables: { id } })
  return (
    <div className={css.named} aria-busy={fetching}>
      {kind === 'reply' && (
        <p className={css.label}>
          <Trans>
            Replying to <Handle alias={alias} />
          </Trans>
        </p>
      )}
      {data?.post ? (
        <QuoteCard post={data.post} isPlain />
      ) : (
        !fetching &&
        data && (
          <p>
            <Trans>This post is not available.</Trans>
          </p>
        )
      )}
    </div>
  )
}
