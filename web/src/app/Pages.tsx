import { t } from '@lingui/core/macro'
import { type ComponentType, type JSX, Suspense, useEffect } from 'react'
import { Navigate, Route, Routes, useLocation, useParams } from 'react-router'

import { Landing } from '@/auth/Landing'
import { Home } from '@/feed/Home'
import { ErrorBoundary } from '@/page/ErrorBoundary'
import { NotFound } from '@/page/NotFound'
import css from '@/page/Page.module.css'
import { Followees } from '@/people/Followees'
import { Followers } from '@/people/Followers'
import { KnownFollowersPage } from '@/people/KnownFollowersPage'
import { Profile } from '@/people/profile/Profile'
import { PostPage } from '@/posts/PostPage'
import { useSession } from '@/session/session'
import { Skeletons } from '@/ui/Skeleton'

import { Compose } from './Compose'
import {
  Bookmarks,
  Explore,
  FeedSuggestions,
  Notifications,
  preloadPages,
  Reactions,
  Register,
  Settings,
  SignIn,
  TagPage,
} from './lazyPages'

const IDLE_AFTER_MS = 2_000

/** Renders the page of an address. serving/pages.py has the same list of addresses. */
export function Pages(): JSX.Element {
  const { pathname } = useLocation()
  const alias = useSession()?.alias
  const isSignedIn = alias !== undefined
  useEffect(() => {
    const timer = setTimeout(() => void preloadPages(), IDLE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Suspense fallback={<Loading />}>
      <ErrorBoundary key={pathname}>
        <Routes>
          <Route path="/" element={isSignedIn ? <Home suggestions={<FeedSuggestions />} /> : <Landing />} />
          <Route path="/login" element={<SignIn />} />
          <Route path="/register" element={<Register />} />
          <Route path="/explore" element={<Explore />} />
          <Route path="/search" element={<ToExplore />} />
          <Route path="/tags/:tag" element={<TagPage />} />
          <Route path="/notifications" element={isSignedIn ? <Notifications /> : <SignIn />} />
          <Route path="/bookmarks" element={isSignedIn ? <Bookmarks /> : <SignIn />} />
          <Route path="/settings" element={isSignedIn ? <Settings /> : <SignIn />} />
          <Route path="/compose" element={isSignedIn ? <Compose alias={alias} /> : <SignIn />} />
          <Route path="/:handle" element={<AccountPage page={Profile} />} />
          <Route path="/:handle/followers" element={<AccountPage page={Followers} />} />
          <Route path="/:handle/followees" element={<AccountPage page={Followees} />} />
          <Route
            path="/:handle/known_followers"
            element={isSignedIn ? <AccountPage page={KnownFollowersPage} /> : <SignIn />}
          />
          <Route path="/:handle/posts/:id" element={<AccountPage page={PostPage} />} />
          <Route path="/:handle/posts/:id/likes" element={<AccountPage page={Reactions} />} />
          <Route path="/:handle/posts/:id/reposts" element={<AccountPage page={Reactions} />} />
          <Route path="/:handle/posts/:id/quotes" element={<AccountPage page={Reactions} />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </ErrorBoundary>
    </Suspense>
  )
}

/** A page under /@alias. React Router has no segments with a fixed prefix. */
function AccountPage({ page: Shown }: { page: ComponentType<{ alias: string }> }): JSX.Element {
  const { handle = '' } = useParams()
  return handle.startsWith('@') ? <Shown alias={handle.slice(1)} key={handle} /> : <NotFound />
}

/** Keeps the address of the search of earlier versions working. */
function ToExplore(): JSX.Element {
  return <Navigate to={{ pathname: '/explore', search: useLocation().search }} replace />
}

/** Shown while the code of a page is loading. */
function Loading(): JSX.Element {
  return (
    <>
      <div className={css.bar} />
      <Skeletons label={t`Loading`} />
    </>
  )
}
