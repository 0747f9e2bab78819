import { type ComponentType, lazy, type LazyExoticComponent } from 'react'

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>

const loads: Load<never>[] = []

/**
 * A page whose code comes when it is first shown, or when there is nothing else to do. Pages for reading are not among
 * them: they share nearly all of their code, and each further file costs a round trip before the first post is seen.
 */
function screen<Props>(load: Load<Props>): LazyExoticComponent<ComponentType<Props>> {
  loads.push(load as Load<never>)
  return lazy(load)
}

export const SignIn = screen(() => import('@/auth/SignIn'))
export const Register = screen(() => import('@/auth/Register'))
export const Settings = screen(() => import('@/settings/Settings'))

/** So that the next page is there at once, also in a tunnel. What fails is tried again when it is shown. */
export async function loadAllScreens(): Promise<void> {
  await Promise.allSettled(loads.map((load) => load()))
}
