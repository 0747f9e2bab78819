// eslint-disable-next-line no-restricted-imports -- the pages
import { type ComponentType, type JSX, lazy, type LazyExoticComponent, type ReactNode, Suspense } from 'react'

import { ErrorBoundary } from '@/page/ErrorBoundary'
import { preloadLightbox } from '@/pictures/PictureGrid'
import { preloadMenus } from '@/ui/overlays/Menu'

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>

const loads: Load<never>[] = []

/**
 * Declares a page whose code is loaded when it is first shown or when the browser is idle. Home, profiles
 * and posts are not lazy: they share nearly all of their code, and each additional file delays the first post by a round trip.
 */
function lazyPage<Props>(load: Load<Props>): LazyExoticComponent<ComponentType<Props>> {
  loads.push(load as Load<never>)
  return lazy(load)
}

/** Declares a part that its page can do without. If its code cannot be loaded, only its children are shown. */
function lazyPart<Props extends { children?: ReactNode }>(load: Load<Props>): ComponentType<Props> {
  const Loaded: ComponentType<Props> = lazyPage(load)
  return function Part(props: Props): JSX.Element {
    return (
      <ErrorBoundary instead={props.children ?? null}>
        <Suspense>
          <Loaded {...props} />
        </Suspense>
      </ErrorBoundary>
    )
  }
}

export const SignIn = lazyPage(() => import('@/auth/SignIn'))
export const Register = lazyPage(() => import('@/auth/Register'))
export const Bookmarks = lazyPage(() => import('@/posts/Bookmarks'))
export const Notifications = lazyPage(() => import('@/notifications/Notifications'))
export const Reactions = lazyPage(() => import('@/people/reactions/Reactions'))
export const AsideDiscoveries = lazyPart(() => import('@/explore/AsideDiscoveries'))
export const FeedSuggestions = lazyPart(() => import('@/explore/Suggestions'))
export const Explore = lazyPage(() => import('@/explore/Explore'))
export const TagPage = lazyPage(() => import('@/explore/TagPage'))
export const Settings = lazyPage(() => import('@/settings/Settings'))

/**
 * Loads the code of all lazy pages, of menus and of the lightbox, so that they open at once, also offline. A page that fails
 * is loaded when it is shown.
 */
export async function preloadPages(): Promise<void> {
  await Promise.allSettled([...loads.map((load) => load()), preloadMenus(), preloadLightbox()])
}
