const declared = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')

/** The origin of canonical addresses: as the server has declared it (PUBLIC_ORIGIN), or else that of the page. */
export const siteOrigin = declared ? new URL(declared.href).origin : location.origin

/** Removes the links that the server has written for readers without JavaScript. Each page renders its own. */
export function removeServedLinks(): void {
  for (const link of document.querySelectorAll('link[rel="canonical"], link[rel="alternate"]')) link.remove()
}
