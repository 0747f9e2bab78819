import { type JSX, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'

import { SearchBox } from './SearchBox'

/** The search box beside every page except the search page. */
export function SearchAside(): JSX.Element | null {
  const [typed, setTyped] = useState('')
  const navigate = useNavigate()
  if (useLocation().pathname === '/search') return null
  const search = (): void => {
    if (!typed.trim()) return
    void navigate(`/search?q=${encodeURIComponent(typed.trim())}`)
    setTyped('')
  }
  return <SearchBox value={typed} onChange={setTyped} onSubmit={search} />
}
