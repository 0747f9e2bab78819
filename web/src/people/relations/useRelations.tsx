import { useClient } from 'urql'

import { removeHiddenPosts } from '@/feed/newPosts'
import { toast } from '@/ui/overlays/toastStore'

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
    if (failure) toast(`Not changed. ${failure}`, { isProblem: true })
    else {
      toast(done, undo && { action: <button onClick={undo}>Undo</button> })
      if (hides) removeHiddenPosts(client, id)
    }
    return !failure
  }
  const mute = (wish: MuteWish): void => {
    void requestMute(id, wish, async (next) => {
      const failure = await setMute(client, id, next)
      return next === 'off'
        ? tell(failure, `@${alias} is not muted any more.`, { hides: false })
        : tell(failure, `You have muted @${alias}.`, { hides: true, undo: () => mute('off') })
    })
  }
  return {
    mute,
    block(isWanted) {
      const done = isWanted ? `You have blocked @${alias}.` : `@${alias} is not blocked any more.`
      void setBlock(client, id, isWanted).then((failure) => tell(failure, done, { hides: isWanted }))
    },
    follow(options, done) {
      const hides = Object.values(options).includes(false)
      void updateFollow(client, id, options).then((failure) => tell(failure, done, { hides }))
    },
  }
}
