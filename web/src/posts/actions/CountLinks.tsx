import { Plural, Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { Link } from 'react-router'

import type { PostCardFragment } from '@/gql/graphql'
import { formatCount } from '@/lib/i18n/format'

import css from './actions.module.css'
import { useLike } from './likes'
import { useRepost } from './reposts'

interface CountLinksProps {
  post: PostCardFragment
  quoteCount: number
}

/** The counts of a post, which lead to the lists of who has reposted, liked and quoted it. */
export function CountLinks({ post, quoteCount }: CountLinksProps): JSX.Element {
  const address = `/@${post.author.alias}/posts/${post.id}`
  const { count: repostCount } = useRepost(post)
  const { count: likeCount } = useLike(post)
  const [reposts, likes, quotes] = [repostCount, likeCount, quoteCount].map(formatCount)
  return (
    <ul className={css.counts}>
      <li>
        <Link to={`${address}/likes`}>
          {/* eslint-disable-next-line lingui/no-single-variables-to-translate -- the text is in the plural */}
          <Trans>
            <strong>{likes}</strong> <Plural value={likeCount} one="like" other="likes" />
          </Trans>
        </Link>
      </li>
      <li>
        <Link to={`${address}/reposts`}>
          {/* eslint-disable-next-line lingui/no-single-variables-to-translate -- the text is in the plural */}
          <Trans>
            <strong>{reposts}</strong> <Plural value={repostCount} one="repost" other="reposts" />
          </Trans>
        </Link>
      </li>
      <li>
        <Link to={`${address}/quotes`}>
          {/* eslint-disable-next-line lingui/no-single-variables-to-translate -- the text is in the plural */}
          <Trans>
            <strong>{quotes}</strong> <Plural value={quoteCount} one="quote" other="quotes" />
          </Trans>
        </Link>
      </li>
    </ul>
  )
}
