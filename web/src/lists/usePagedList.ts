import type { CombinedError, TypedDocumentNode } from '@urql/core'
import { useEffect, useEffectEvent, useState } from 'react'
import { useClient, useQuery } from 'urql'

import { network } from '@/api/connection/network'
import { isOfNetwork } from '@/api/connection/queryRecovery'

interface Connection<Edge> {
  edges: Edge[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null | undefined }
}

export interface Pages<Data, Edge> {
  /** Null until the first answer. */
  data: Data | null
  edges: Edge[]
  hasMore: boolean
  isLoading: boolean
  problem: CombinedError | null
  loadMore: () => void
  /** Reads the first page anew; of the pages behind it, those are kept that still follow on. */
  refresh: () => Promise<void>
  /** Whichever of the two failed. */
  retry: () => void
}

/** What a list shows of how far it has been read. */
export type ListState = Pick<Pages<unknown, unknown>, 'hasMore' | 'isLoading' | 'problem' | 'loadMore' | 'retry'>

/** True if a list that shows no rows has none. The pages read so far may hold only hidden rows, with others behind them. */
export function isEmpty(
  rows: readonly unknown[],
  { hasMore, isLoading, problem }: Omit<ListState, 'loadMore'>,
): boolean {
  return rows.length === 0 && !hasMore && !isLoading && !problem
}

/** A list that is read page by page, from what is known of it on (see api/pages.ts). */
export function usePages<Data, Variables extends { after?: string | null | undefined }, Edge>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  connectionOf: (data: Data) => Connection<Edge> | null | undefined,
): Pages<Data, Edge> {
  const client = useClient()
  const [{ data, error }] = useQuery({ query, variables })
  const [isLoadingMore, setLoadingMore] = useState(false)
  const [moreProblem, setMoreProblem] = useState<CombinedError | null>(null)
  const connection = data && connectionOf(data)
  const after = connection?.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null

  const read = async (some: Variables): Promise<void> => {
    setLoadingMore(true)
    setMoreProblem(null)
    const result = await client.query(query, some, { requestPolicy: 'network-only' }).toPromise()
    setMoreProblem(result.error ?? null)
    setLoadingMore(false)
  }
  const refresh = (): Promise<void> => read(variables)
  const loadMore = (): void => {
    if (after && !isLoadingMore && !moreProblem) void read({ ...variables, after })
  }

  const retry = (): void => void (data && after ? read({ ...variables, after }) : refresh())
  const recover = useEffectEvent(() => {
    if (moreProblem && isOfNetwork(moreProblem)) retry()
  })
  useEffect(() => network.onUp(recover), [])

  const problem = moreProblem ?? (data ? null : (error ?? null))
  return {
    data: data ?? null,
    edges: connection?.edges ?? [],
    hasMore: Boolean(after) && !problem,
    isLoading: isLoadingMore || (!data && !error),
    problem,
    loadMore,
    refresh,
    retry,
  }
}
