import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { formatNumber } from '@/lib/i18n/format'
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
        {problem ?? (
          <Trans>
            {left}
            <span className="visually-hidden"> characters left</span>
          </Trans>
        )}
      </output>
    </>
  )
}

/** Returns why the server would reject the text, if it would. */
function problemOf(text: string, left: number): string | undefined {
  if (left < 0) {
    const surplus = formatNumber(-left)
    return t`${surplus} too many`
  }
  if (hasOversizedCharacter(text)) return t`too many marks on one character`
  return hasTooManyBytes(text) ? t`too many bytes` : undefined
}
