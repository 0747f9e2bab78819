import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { useQuery } from 'urql'

import { describeError } from '@/api/errors'
import { graphql } from '@/gql'
import { addressOfTag } from '@/posts/text/addressOfTag'
import { ButtonLink } from '@/ui/Button'
import { LoadError, Notice } from '@/ui/Notice'
import { Skeletons } from '@/ui/Skeleton'

import { Tags } from './Trends'

const TagsThatBegin = graphql(`
  query SearchTags($query: String!) {
    searchTags(query: $query, first: 30) {
      tag
      postCount
    }
  }
`)

/** The tags that begin with a query, with or without a #. */
export function FoundTags({ query }: { query: string }): JSX.Element {
  const [{ data, error }, read] = useQuery({ query: TagsThatBegin, variables: { query } })
  if (!data && error) {
    return <LoadError message={describeError(error)} retry={() => read({ requestPolicy: 'network-only' })} />
  }
  if (!data) return <Skeletons label={t`Loading tags`} />
  if (data.searchTags.length === 0) return <NoTags query={query} />
  return (
    <section aria-label={t`Tags found for ${query}`}>
      <Tags tags={data.searchTags} />
    </section>
  )
}

/** A search does not find tags that are new or that have not been used for a month. Their pages have their posts. */
function NoTags({ query }: { query: string }): JSX.Element {
  const tag = query.replace(/^[#＃]/, '')
  const open = (
    <ButtonLink to={addressOfTag(tag)}>
      <Trans>Show posts with #{tag}</Trans>
    </ButtonLink>
  )
  return (
    <Notice title={t`No results`} actions={isTag(tag) && open}>
      <Trans>No tag of the last weeks begins with “{query}”.</Trans>
    </Notice>
  )
}

const isTag = (text: string): boolean => /^[\p{L}\p{M}\p{Nd}_]{1,100}$/u.test(text) && /\p{L}/u.test(text)
