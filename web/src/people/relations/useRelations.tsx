import { t } from '@lingui/core/macro'
import { useClient } from 'urql'

import { removeHiddenPosts } from '@/feed/newPosts'
import { toast } from '@/ui/overlays/toastStore'
import { UndoButton } from '@/ui/overlays/UndoButton'

import { type MuteWish, requestMute, setBlock, setMute, updateFollow } from './relations'

interface Relations {
  mute: (wish: MuteWish) => void
  block: (isWanted: boolean) => void
  follow: (options: { showsReposts: boolean } | { isInFeed: boolean }, done: string) => void
}

interface Outcome {
  /** True if the feed loses posts by it. */
  hides: boolean
  undo?: () => void
}

/** Returns what the viewer can decide about an account. Toasts say what was done, or why it was not. */
export function useRelations({ id, alias }: { id: string; alias: string }): Relations {
  const client = useClient()
  const tell = (failure: string | undefined, done: string, { hides, undo }: Outcome): boolean => {
    if (failure) toast(t`Not changed. ${failure}`, { isProblem: true })
    else {
      toast(done, undo && { action: <UndoButton onClick={undo} /> })
      if (hides) removeHiddenPosts(client, id)
    }
    return !failure
  }
  const mute = (wish: MuteWish): void => {
    void requestMute(id, wish, async (next) => {
      const failure = await setMute(client, id, next)
      return next === 'off'
        ? tell(failure, t`@${alias} is not muted any more.`, { hides: false })
        : tell(failure, t`You have muted @${alias}.`, { hides: true, undo: () => mute('off') })
    })
  }
  return {
    mute,
    block(isWanted) {
      const done = isWanted ? t`You have blocked @${alias}.` : t`@${alias} is not blocked any more.`
      void setBlock(client, id, isWanted).then((failure) => tell(failure, done, { hides: isWanted }))
    },
    follow(options, done) {
      const hides = Object.values(options).includes(false)
      void updateFollow(client, id, options).then((failure) => tell(failure, done, { hides }))
    },
  }
}
