import { type JSX, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'

import { SearchBox } from './SearchBox'

/** The search box beside every page except Explore. */
export function SearchAside(): JSX.Element | null {
  const [typed, setTyped] = useState('')
  const navigate = useNavigate()
  if (useLocation().pathname === '/explore') return null
  const search = (): void => {
    if (!typed.trim()) return
    void navigate(`/explore?q=${encodeURIComponent(typed.trim())}`)
    setTyped('')
  }
  return <SearchBox value={typed} onChange={setTyped} onSubmit={search} />
}
