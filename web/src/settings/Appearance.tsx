import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import type { JSX, ReactNode } from 'react'

import { type LanguageChoice, setLanguageChoice, useLanguageChoice } from '@/lib/i18n/language'
import { LANGUAGES } from '@/lib/i18n/languages'

import css from './Appearance.module.css'
import { chooseTheme, type Theme, THEMES, useTheme } from './theme'

const NAMES: Record<Theme, MessageDescriptor> = {
  system: msg`System default`,
  light: msg`Light`,
  dark: msg`Dark`,
}

export function Appearance(): JSX.Element {
  return (
    <>
      <ThemeChoices />
      <LanguageChoices />
    </>
  )
}

function ThemeChoices(): JSX.Element {
  const chosen = useTheme()
  return (
    <Choice legend={t`Theme`}>
      {THEMES.map((theme) => (
        <label key={theme}>
          <input type="radio" name="theme" checked={theme === chosen} onChange={() => chooseTheme(theme)} />
          {i18n._(NAMES[theme])}
        </label>
      ))}
    </Choice>
  )
}

/** Each language has its own name for itself, so that its speakers find it in every language. */
function LanguageChoices(): JSX.Element {
  const chosen = useLanguageChoice()
  const options: [LanguageChoice, string][] = [['browser', t`Like the browser`], ...LANGUAGES]
  return (
    <Choice legend={t`Language`}>
      {options.map(([language, name]) => (
        <label key={language} lang={language === 'browser' ? undefined : language}>
          <input
            type="radio"
            name="language"
            checked={language === chosen}
            onChange={() => setLanguageChoice(language)}
          />
          {name}
        </label>
      ))}
    </Choice>
  )
}

function Choice({ legend, children }: { legend: string; children: ReactNode }): JSX.Element {
  return (
    <fieldset className={css.choice}>
      <legend className="visually-hidden">{legend}</legend>
      {children}
    </fieldset>
  )
}
