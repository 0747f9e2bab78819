import { type JSX, useRef } from 'react'

import { usePageFocus } from '@/page/usePageFocus'
import { ButtonLink } from '@/ui/Button'
import { Mark } from '@/ui/Wordmark'

import css from './Landing.module.css'

const FEATURES = [
  ['Only people you follow', 'Your feed has every post by the people you follow. Nothing else is added.'],
  ['Newest first', 'Posts appear in the order in which they were written, back to the very first one.'],
  ['At once', 'Followers see a post the moment it is sent, whether they are ten or ten million.'],
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
        Short posts, straight from the people you follow.
      </h1>
      <div className={css.actions}>
        <ButtonLink look="strong" to="/register">
          Create an account
        </ButtonLink>
        <ButtonLink to="/login">Sign in</ButtonLink>
      </div>
      <dl className={css.features}>
        {FEATURES.map(([what, how]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{how}</dd>
          </div>
        ))}
      </dl>
      <p className={css.other}>
        For developers, there is <a href="/graphql">a GraphQL API with a playground</a>.
      </p>
    </div>
  )
}
