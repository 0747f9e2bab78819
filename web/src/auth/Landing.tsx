import { type JSX, useRef } from 'react'

import { useArrival } from '@/page/usePageFocus'
import { ButtonLink } from '@/ui/Button'
import { Mark } from '@/ui/Wordmark'

import css from './Landing.module.css'

const PROMISES = [
  [
    'Whom you follow, and nobody else',
    'Your feed holds every post of the people you chose. Nothing is put in between.',
  ],
  ['Newest first', 'In the order in which it was written, back to the very first post.'],
  ['At once', 'A post is there for its readers the moment it is sent, whether they are ten or ten million.'],
] as const

/** `/`, to whoever is not signed in. */
export function Landing(): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  useArrival(heading)
  return (
    <div className={css.landing}>
      <title>Tweeter</title>
      <Mark size={72} />
      <h1 ref={heading} tabIndex={-1}>
        Short posts, straight from the people you follow.
      </h1>
      <div className={css.ways}>
        <ButtonLink look="strong" to="/register">
          Create an account
        </ButtonLink>
        <ButtonLink to="/login">Sign in</ButtonLink>
      </div>
      <dl className={css.promises}>
        {PROMISES.map(([what, how]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{how}</dd>
          </div>
        ))}
      </dl>
      <p className={css.other}>
        For programs there is <a href="/graphql">a GraphQL API with a playground</a>.
      </p>
    </div>
  )
}
