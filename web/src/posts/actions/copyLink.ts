import { t } from '@lingui/core/macro'

import { toast } from '@/ui/overlays/toastStore'

/** Copies the address of a page. A browser that refuses shows the address in the toast. */
export async function copyLink(path: string): Promise<void> {
  const address = new URL(path, location.href).href
  try {
    await navigator.clipboard.writeText(address) // there is no clipboard on insecure origins
    toast(t`Link copied.`)
  } catch {
    toast(t`The browser does not allow copying. The link is ${address}`, { isProblem: true })
  }
}
