import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'

import { useEndedSession } from '@/session/session'

/** Redirects to the sign-in page when the session has expired, and back to the current page afterwards. */
export function EndedSessionRedirect(): null {
  const hasEnded = useEndedSession() !== null
  const location = useLocation()
  const navigate = useNavigate()
  const isOnSignInPage = location.pathname === '/login'
  useEffect(() => {
    if (hasEnded && !isOnSignInPage)
      void navigate('/login', { state: { returnTo: location.pathname + location.search } })
  }, [hasEnded, isOnSignInPage, location, navigate])
  return null
}
