import { type ComponentType, lazy, type LazyExoticComponent } from 'react'

import { preloadLightbox } from '@/pictures/PictureGrid'
import { loadMenus } from '@/ui/overlays/Menu'

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>

const loads: Load<never>[] = []

/**
 * Declares a page, or a part of one, whose code is loaded when it is first shown or when the browser is idle. Home, profiles and posts are not
 * lazy: they share nearly all of their code, and each additional file delays the first post by a round trip.
 */
function lazyPage<Props>(load: Load<Props>): LazyExoticComponent<ComponentType<Props>> {
  loads.push(load as Load<never>)
  return lazy(load)
}

export const SignIn = lazyPage(() => import('@/auth/SignIn'))
export const Register = lazyPage(() => import('@/auth/Register'))
export const Bookmarks = lazyPage(() => import('@/posts/Bookmarks'))
export const Notifications = lazyPage(() => import('@/notifications/Notifications'))
export const Reactions = lazyPage(() => import('@/people/reactions/Reactions'))
export const AsideDiscoveries = lazyPage(() => import('@/explore/AsideDiscoveries'))
export const FeedSuggestions = lazyPage(() => import('@/explore/Suggestions'))
export const Explore = lazyPage(() => import('@/explore/Explore'))
export const TagPage = lazyPage(() => import('@/explore/TagPage'))
export const Settings = lazyPage(() => import('@/settings/Settings'))

/**
 * Loads the code of all lazy pages, of menus and of the lightbox, so that they open at once, also offline. A page that fails is loaded when
 * it is shown.
 */
export async function preloadPages(): Promise<void> {
  await Promise.allSettled([...loads.map((load) => load()), loadMenus(), preloadLightbox()])
}
