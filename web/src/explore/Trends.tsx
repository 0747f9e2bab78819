import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { Link } from 'react-router'

import { formatCount } from '@/lib/i18n/format'
import { addressOfTag } from '@/posts/text/addressOfTag'

import css from './Discoveries.module.css'

interface Tag {
  tag: string
  postCount: number
}

/** The tags whose use has risen most. */
export function Trends({ trends }: { trends: readonly Tag[] }): JSX.Element | null {
  if (trends.length === 0) return null
  return (
    <section className={css.section} aria-label={t`Trends`}>
      <h2>
        <Trans>Trends</Trans>
      </h2>
      <p className={css.note}>
        <Trans>Estimated from the posts of the last day</Trans>
      </p>
      <Tags tags={trends} />
    </section>
  )
}

/** Tags with their numbers of posts, which are estimates. */
export function Tags({ tags }: { tags: readonly Tag[] }): JSX.Element {
  return (
    <ul>
      {tags.map(({ tag, postCount }) => (
        <li key={tag}>
          <Link to={addressOfTag(tag)} className={css.tag}>
            <bdi className={css.name}>#{tag}</bdi>
            <span className={css.count}>{describeCount(postCount)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function describeCount(postCount: number): string {
  const count = formatCount(postCount)
  if (postCount === 0) return t`no posts in a day`
  return plural(postCount, {
    one: `about ${count} post in a day`,
    other: `about ${count} posts in a day`,
  })
}
