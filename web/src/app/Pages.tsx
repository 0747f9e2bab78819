import { type ComponentType, type JSX, lazy, Suspense } from 'react'
import { Route, Routes, useLocation, useParams } from 'react-router'

import { useSession } from '@/session/session'
import { Skeletons } from '@/ui/Skeleton'

import { Failure } from './Failure'
import { NotFound } from './NotFound'

const Home = lazy(() => import('@/feed/Home'))
const Landing = lazy(() => import('@/session/Landing'))
const SignIn = lazy(() => import('@/session/SignIn'))
const Register = lazy(() => import('@/session/Register'))
const Search = lazy(() => import('@/people/Search'))
const Settings = lazy(() => import('@/settings/Settings'))
const Profile = lazy(() => import('@/people/Profile'))
const Followers = lazy(() => import('@/people/Followers'))
const Followees = lazy(() => import('@/people/Followees'))
const PostPage = lazy(() => import('@/posts/PostPage'))

/** The addresses of pages; app.py knows the same ones. */
export function Pages(): JSX.Element {
  const { pathname } = useLocation()
  const isSignedIn = useSession() !== null
  return (
    <Failure key={pathname}>
      <Suspense fallback={<Skeletons label="Loading" />}>
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
      </Suspense>
    </Failure>
  )
}

/** A page under /@alias; the router knows no segment that is partly variable. */
function OfAccount({ page: Page }: { page: ComponentType<{ alias: string }> }): JSX.Element {
  const { handle = '' } = useParams()
  return handle.startsWith('@') ? <Page alias={handle.slice(1)} key={handle} /> : <NotFound />
}
