import type { JSX } from 'react'

import { countCharacters, hasEndlessCharacter, hasTooManyBytes, MAX_CHARACTERS } from '@/lib/text/characters'
import css from './CharacterCounter.module.css'

const FEW = 20

/** A line that fills, and how many characters are left. */
export function Counter({ text }: { text: string }): JSX.Element {
  const left = MAX_CHARACTERS - countCharacters(text)
  const problem = problemOf(text, left)
  const state = problem ? 'over' : left <= FEW ? 'few' : 'enough'
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
        {problem ?? left}
        {!problem && <span className="visually-hidden"> characters left</span>}
      </output>
    </>
  )
}

/** What the server would refuse. */
function problemOf(text: string, left: number): string | undefined {
  if (left < 0) return `${-left} too many`
  if (hasEndlessCharacter(text)) return 'too many marks on one character'
  return hasTooManyBytes(text) ? 'too many bytes' : undefined
}
