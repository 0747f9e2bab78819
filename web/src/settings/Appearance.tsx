import type { JSX } from 'react'

import css from './Appearance.module.css'
import { chooseTheme, type Theme, THEMES, useTheme } from './theme'

const NAMES: Record<Theme, string> = { system: 'System default', light: 'Light', dark: 'Dark' }

export function Appearance(): JSX.Element {
  const chosen = useTheme()
  return (
    <fieldset className={css.choice}>
      <legend className="visually-hidden">Theme</legend>
      {THEMES.map((theme) => (
        <label key={theme}>
          <input type="radio" name="theme" checked={theme === chosen} onChange={() => chooseTheme(theme)} />
          {NAMES[theme]}
        </label>
      ))}
    </fieldset>
  )
}
