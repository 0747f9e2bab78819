import type { JSX } from 'react'
import { Navigate, useLocation } from 'react-router'

import { siteOrigin } from './siteOrigin'

/** Declares the canonical address of a page under /@alias, and redirects to it from other spellings of the alias. */
export function CanonicalAddress({ alias }: { alias: string }): JSX.Element {
  const { pathname, search, hash } = useLocation()
  const [, ...below] = pathname.split('/').filter(Boolean)
  const path = ['', `@${alias}`, ...below].join('/')
  if (path !== pathname) return <Navigate to={{ pathname: path, search, hash }} replace />
  return <link rel="canonical" href={siteOrigin + path} />
}
