import { t } from '@lingui/core/macro'
import type { JSX } from 'react'

import { Icon } from '@/ui/Icon'

import css from './SearchBox.module.css'

interface SearchBoxProps {
  value: string
  onChange: (value: string) => void
  onSubmit: () => void
  /** Focuses the search box when the page is opened. */
  isFirst?: boolean
}

export function SearchBox({ value, onChange, onSubmit, isFirst }: SearchBoxProps): JSX.Element {
  return (
    <search className={css.box}>
      <Icon name="search" />
      <input
        type="search"
        aria-label={t`Search`}
        placeholder={t`Search`}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={200}
        data-first={isFirst || undefined}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && onSubmit()}
      />
    </search>
  )
}
