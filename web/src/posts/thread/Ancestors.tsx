import { t } from '@lingui/core/macro'
import type { CombinedError } from '@urql/core'
import { type JSX, useLayoutEffect, useState } from 'react'
import { useNavigationType } from 'react-router'
import { useQuery } from 'urql'

import { describeError } from '@/api/errors'
import { graphql } from '@/gql'
import type { ThreadQuery } from '@/gql/graphql'
import { useScrollPosition } from '@/lib/navigation/useScrollPosition'
import { HiddenPost } from '@/posts/card/HiddenPost'
import { Post } from '@/posts/card/Post'
import { LoadError } from '@/ui/Notice'

import css from './thread.module.css'

const Thread = graphql(`
  query Thread($id: ID!) {
    post(id: $id) {
      id
      ancestors {
        hiddenBecause
        post {
          id
          ...PostCard
        }
      }
    }
  }
`)

interface AncestorsState {
  /** From the first post of the thread down to the post that is answered. */
  ancestors: NonNullable<ThreadQuery['post']>['ancestors']
  isLoading: boolean
  problem: CombinedError | undefined
  retry: () => void
}

/** Loads the posts above a reply. */
export function useAncestors(id: string, isReply: boolean): AncestorsState {
  const [{ data, error }, again] = useQuery({
    query: Thread,
    variables: { id },
    pause: !isReply,
    requestPolicy: 'cache-and-network',
  })
  return {
    ancestors: [...(data?.post?.ancestors ?? [])].reverse(),
    isLoading: !data && !error,
    problem: data ? undefined : error,
    retry: () => again({ requestPolicy: 'network-only' }),
  }
}

/** The posts above a reply. On a new visit, the page is scrolled to the reply before it is drawn. */
export function Ancestors({ ancestors: { ancestors, problem, retry } }: { ancestors: AncestorsState }): JSX.Element {
  const position = useScrollPosition()
  const type = useNavigationType()
  const [isReturn] = useState(type === 'POP' && position.y > 0) // a typed address is a new visit
  useLayoutEffect(() => {
    if (isReturn) return
    // After all layout effects, because useScrollRestoration scrolls a new page to its top, and before the page is drawn.
    queueMicrotask(() => document.querySelector('[data-post]')?.scrollIntoView({ block: 'start', behavior: 'instant' }))
  }, [isReturn])
  if (problem) return <LoadError message={describeError(problem)} retry={retry} />
  return (
    <section aria-label={t`Posts above`}>
      <ol className={css.ancestors}>
        {ancestors.map(({ post, hiddenBecause }, index) => (
          <li key={post?.id ?? index}>
            {post ? (
              <Post post={post} />
            ) : (
              <div className={css.gap}>
                <HiddenPost reason={hiddenBecause} />
              </div>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
