import type { JSX } from 'react'

import { countCharacters, MAX_CHARACTERS } from './characters'
import css from './Counter.module.css'

const FEW = 20

/** A line that fills, and how many characters are left. */
export function Counter({ text }: { text: string }): JSX.Element {
  const left = MAX_CHARACTERS - countCharacters(text)
  const state = left < 0 ? 'over' : left <= FEW ? 'few' : 'enough'
  return (
    <>
      <span
        className={css.line}
        data-state={state}
        style={{ inlineSize: `${Math.min(100, 100 - (left / MAX_CHARACTERS) * 100)}%` }}
      />
      <output
        id="characters-left"
        className={css.left}
        data-state={state}
        aria-live={state === 'enough' ? 'off' : 'polite'}
      >
        {left < 0 ? `${-left} too many` : left}
        {left >= 0 && <span className="visually-hidden"> characters left</span>}
      </output>
    </>
  )
}
