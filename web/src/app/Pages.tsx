import { type ComponentType, type JSX, Suspense, useEffect } from 'react'
import { Route, Routes, useLocation, useParams } from 'react-router'

import { Home } from '@/feed/Home'
import { Followees } from '@/people/Followees'
import { Followers } from '@/people/Followers'
import { Profile } from '@/people/profile/Profile'
import { Search } from '@/people/search/Search'
import { PostPage } from '@/posts/PostPage'
import { Landing } from '@/auth/Landing'
import { useSession } from '@/session/session'
import { Skeletons } from '@/ui/Skeleton'

import { Failure } from '@/page/ErrorBoundary'
import { NotFound } from '@/page/NotFound'
import css from '@/page/Page.module.css'
import { loadAllScreens, Register, Settings, SignIn } from './lazyPages'

const IDLE_AFTER_MS = 2_000

/** The addresses of pages; app.py knows the same ones. */
export function Pages(): JSX.Element {
  const { pathname } = useLocation()
  const isSignedIn = useSession() !== null
  useEffect(() => {
    const timer = setTimeout(() => void loadAllScreens(), IDLE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Suspense fallback={<Loading />}>
      <Failure key={pathname}>
        <Routes>
          <Route path="/" element={isSignedIn ? <Home /> : <Landing />} />
          <Route path="/login" element={<SignIn />} />
          <Route path="/register" element={<Register />} />
          <Route path="/search" element={<Search />} />
          <Route path="/settings" element={isSignedIn ? <Settings /> : <SignIn />} />
          <Route path="/:handle" element={<OfAccount page={Profile} />} />
          <Route path="/:handle/followers" element={<OfAccount page={Followers} />} />
          <Route path="/:handle/followees" element={<OfAccount page={Followees} />} />
          <Route path="/:handle/posts/:id" element={<OfAccount page={PostPage} />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Failure>
    </Suspense>
  )
}

/** A page under /@alias; the router knows no segment that is partly variable. */
function OfAccount({ page: Shown }: { page: ComponentType<{ alias: string }> }): JSX.Element {
  const { handle = '' } = useParams()
  return handle.startsWith('@') ? <Shown alias={handle.slice(1)} key={handle} /> : <NotFound />
}

/** In the place of a page whose code is on its way. */
function Loading(): JSX.Element {
  return (
    <>
      <div className={css.bar} />
      <Skeletons label="Loading" />
    </>
  )
}
