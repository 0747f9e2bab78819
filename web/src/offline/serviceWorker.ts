/**
 * Shows the offline page if a page cannot be loaded. It keeps that page alone, with the files that it needs: no other page,
 * no answer of the API and no code of the client. So it never shows what an older version of the server has sent.
 */

/// <reference lib="webworker" />

declare const self: ServiceWorkerGlobalScope
/** The offline page and its files. build/offline.ts sets both constants. */
declare const PRECACHED: readonly string[]
declare const VERSION: string

const CACHE = `offline-${VERSION}`
const OFFLINE = '/offline'
const FRAMED = /^\/embed\// // in a page of another site

self.addEventListener('install', (event) => {
  event.waitUntil(fill())
})

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([removeOldCaches(), self.registration.navigationPreload.enable(), self.clients.claim()]))
})

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== self.location.origin) return
  if (mode === 'navigate') {
    if (!FRAMED.test(pathname)) event.respondWith(open(event))
  } else if (PRECACHED.includes(pathname)) {
    event.respondWith(kept(pathname).then((response) => response ?? fetch(event.request)))
  }
})

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll(PRECACHED.map((path) => new Request(path, { cache: 'reload' })))
  await self.skipWaiting() // pages do not depend on the version of this worker
}

async function removeOldCaches(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
}

async function open(event: FetchEvent): Promise<Response> {
  try {
    return ((await event.preloadResponse) as Response | undefined) ?? (await fetch(event.request))
  } catch {
    return (await kept(OFFLINE)) ?? Response.error()
  }
}

async function kept(path: string): Promise<Response | undefined> {
  const cache = await caches.open(CACHE)
  return cache.match(path, { ignoreVary: true })
}

export {} // a module, whose `self` differs from that of a page
