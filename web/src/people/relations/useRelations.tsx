import { useClient } from 'urql'

import { removeHiddenPosts } from '@/feed/newPosts'
import { toast } from '@/ui/overlays/toastStore'

import { type MuteWish, requestMute, setBlock, setMute, updateFollow } from './relations'

interface Relations {
  mute: (wish: MuteWish) => void
  block: (isWanted: boolean) => void
  follow: (options: { showsReposts: boolean } | { isInFeed: boolean }, done: string) => void
}

/** Returns what the viewer can decide about an account. Toasts say what was done, or why it was not. */
export function useRelations({ id, alias }: { id: string; alias: string }): Relations {
  const client = useClient()
  const tell = (failure: string | undefined, done: string, undo?: () => void): boolean => {
    if (failure) toast(`Not changed. ${failure}`, { isProblem: true })
    else {
      toast(done, undo && { action: <button onClick={undo}>Undo</button> })
      removeHiddenPosts(client)
    }
    return !failure
  }
  const mute = (wish: MuteWish): void => {
    void requestMute(id, wish, async (next) => {
      const failure = await setMute(client, id, next)
      return next === 'off'
        ? tell(failure, `@${alias} is not muted any more.`)
        : tell(failure, `You have muted @${alias}.`, () => mute('off'))
    })
  }
  return {
    mute,
    block(isWanted) {
      const done = isWanted ? `You have blocked @${alias}.` : `@${alias} is not blocked any more.`
      void setBlock(client, id, isWanted).then((failure) => tell(failure, done))
    },
    follow(options, done) {
      void updateFollow(client, id, options).then((failure) => tell(failure, done))
    },
  }
}
