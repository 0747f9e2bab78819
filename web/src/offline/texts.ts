import { msg } from '@lingui/core/macro'

/** The texts of the offline page. build/offline.ts writes them into the page, in each language. */
export const TEXTS = {
  title: msg`You are offline`,
  explanation: msg`Tweeter cannot be reached. This page opens by itself when the connection is back. Your drafts and unsent posts are kept.`,
  retry: msg`Try again`,
}
