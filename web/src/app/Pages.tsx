import { type ComponentType, type JSX, Suspense, useEffect } from 'react'
import { Route, Routes, useLocation, useParams } from 'react-router'

import { useSession } from '@/session/session'
import { Skeletons } from '@/ui/Skeleton'

import { Failure } from './Failure'
import { NotFound } from './NotFound'
import {
  Followees,
  Followers,
  Home,
  Landing,
  loadAllScreens,
  PostPage,
  Profile,
  Register,
  Search,
  Settings,
  SignIn,
} from './screens'

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
    <Suspense fallback={<Skeletons label="Loading" />}>
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
function OfAccount({ page: Page }: { page: ComponentType<{ alias: string }> }): JSX.Element {
  const { handle = '' } = useParams()
  return handle.startsWith('@') ? <Page alias={handle.slice(1)} key={handle} /> : <NotFound />
}
