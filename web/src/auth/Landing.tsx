import { i18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type JSX, useRef } from 'react'

import { usePageFocus } from '@/page/usePageFocus'
import { ButtonLink } from '@/ui/Button'
import { Mark } from '@/ui/Wordmark'

import css from './Landing.module.css'

const FEATURES = [
  [msg`Only people you follow`, msg`Your feed has every post by the people you follow. Nothing else is added.`],
  [msg`Newest first`, msg`Posts appear in the order in which they were written, back to the very first one.`],
  [msg`At once`, msg`Followers see a post the moment it is sent, whether they are ten or ten million.`],
] as const

/** The start page for users who are not signed in. */
export function Landing(): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  usePageFocus(heading)
  return (
    <div className={css.landing}>
      <title>Tweeter</title>
      <Mark size={72} />
      <h1 ref={heading} tabIndex={-1}>
        <Trans>Short posts, straight from the people you follow.</Trans>
      </h1>
      <div className={css.actions}>
        <ButtonLink look="strong" to="/register">
          <Trans>Create an account</Trans>
        </ButtonLink>
        <ButtonLink to="/login">
          <Trans>Sign in</Trans>
        </ButtonLink>
      </div>
      <dl className={css.features}>
        {FEATURES.map(([what, how]) => (
          <div key={what.id}>
            <dt>{i18n._(what)}</dt>
            <dd>{i18n._(how)}</dd>
          </div>
        ))}
      </dl>
      <p className={css.other}>
        <Trans>
          For developers, there is <a href="/graphql">a GraphQL API with a playground</a>.
        </Trans>
      </p>
    </div>
  )
}
