import { type ComponentType, lazy, type LazyExoticComponent } from 'react'

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>

const loads: Load<never>[] = []

/** A page whose code comes when it is first shown, or when there is nothing else to do. */
function screen<Props>(load: Load<Props>): LazyExoticComponent<ComponentType<Props>> {
  loads.push(load as Load<never>)
  return lazy(load)
}

export const Home = screen(() => import('@/feed/Home'))
export const Landing = screen(() => import('@/session/Landing'))
export const SignIn = screen(() => import('@/session/SignIn'))
export const Register = screen(() => import('@/session/Register'))
export const Search = screen(() => import('@/people/Search'))
export const Settings = screen(() => import('@/settings/Settings'))
export const Profile = screen(() => import('@/people/Profile'))
export const Followers = screen(() => import('@/people/Followers'))
export const Followees = screen(() => import('@/people/Followees'))
export const PostPage = screen(() => import('@/posts/PostPage'))

/** So that the next page is there at once, also in a tunnel. What fails is tried again when it is shown. */
export async function loadAllScreens(): Promise<void> {
  await Promise.allSettled(loads.map((load) => load()))
}
