import type { JSX } from 'react'

import { countCharacters, hasOversizedCharacter, hasTooManyBytes, MAX_CHARACTERS } from '@/lib/text/characters'

import css from './CharacterCounter.module.css'

const FEW = 20

/** Shows how many characters are left, as a number and as a progress line. */
export function CharacterCounter({ text }: { text: string }): JSX.Element {
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

/** Returns why the server would reject the text, if it would. */
function problemOf(text: string, left: number): string | undefined {
  if (left < 0) return `${-left} too many`
  if (hasOversizedCharacter(text)) return 'too many marks on one character'
  return hasTooManyBytes(text) ? 'too many bytes' : undefined
}
