import { createWishes } from '@/api/wishes'

/** The follow states that the viewer has requested and the server has not confirmed, by account. */
export const { pending: pendingFollows, request: requestFollow } = createWishes<boolean>()
