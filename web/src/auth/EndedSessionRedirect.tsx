import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'

import { useEnded } from '@/session/session'

/** Shows the way back to whoever's session has ended, from where they are to where they are. */
export function SessionEnd(): null {
  const hasEnded = useEnded() !== null
  const location = useLocation()
  const navigate = useNavigate()
  const isThere = location.pathname === '/login'
  useEffect(() => {
    if (hasEnded && !isThere) void navigate('/login', { state: { from: location.pathname + location.search } })
  }, [hasEnded, isThere, location, navigate])
  return null
}
