import type { OptimisticMutationConfig } from '@urql/exchange-graphcache'

/** What a mutation's answer will most likely be. It is undone when the answer is another one. */
export const optimistic: OptimisticMutationConfig = {
  deletePost: ({ input }) => ({ __typename: 'PostDeleted', id: (input as { id: string }).id }),
}
