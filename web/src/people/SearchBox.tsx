import type { JSX } from 'react'
import { useNavigate } from 'react-router'

import { Icon } from '@/ui/Icon'

import css from './SearchBox.module.css'

export function SearchBox(): JSX.Element {
  const navigate = useNavigate()
  return (
    <search className={css.box}>
      <Icon name="search" />
      <input
        type="search"
        aria-label="Search for people"
        placeholder="Search for people"
        onKeyDown={(event) => {
          if (event.key === 'Enter') void navigate(`/search?q=${encodeURIComponent(event.currentTarget.value)}`)
        }}
      />
    </search>
  )
}
