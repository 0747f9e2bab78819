import type { CombinedError, TypedDocumentNode } from '@urql/core'
import { useEffect, useEffectEvent, useState } from 'react'
import { useClient, useQuery } from 'urql'

import { network } from '@/api/connection/network'
import { isNetworkError } from '@/api/connection/queryRecovery'

interface Connection<Edge> {
  edges: Edge[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null | undefined }
}

export interface PagedList<Data, Edge> {
  /** Null until the first response. */
  data: Data | null
  edges: Edge[]
  hasMore: boolean
  isLoading: boolean
  problem: CombinedError | null
  loadMore: () => void
  /** Reloads the first page. Later pages stay if they still follow it. */
  refresh: () => Promise<void>
  /** Repeats the request that failed. */
  retry: () => void
}

/** The loading state of a list. */
export type ListState = Pick<PagedList<unknown, unknown>, 'hasMore' | 'isLoading' | 'problem' | 'loadMore' | 'retry'>

/** True if a list has no rows at all. If all loaded rows are hidden, the next page may still have visible ones. */
export function isEmptyList(
  rows: readonly unknown[],
  { hasMore, isLoading, problem }: Omit<ListState, 'loadMore'>,
): boolean {
  return rows.length === 0 && !hasMore && !isLoading && !problem
}

/** Loads a list page by page, starting with the cached pages (see api/cache/pagination.ts). */
export function usePagedList<Data, Variables extends { after?: string | null | undefined }, Edge>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  connectionOf: (data: Data) => Connection<Edge> | null | undefined,
): PagedList<Data, Edge> {
  const client = useClient()
  const [{ data, error }] = useQuery({ query, variables })
  const [isLoadingMore, setLoadingMore] = useState(false)
  const [moreProblem, setMoreProblem] = useState<CombinedError | null>(null)
  const connection = data && connectionOf(data)
  const after = connection?.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null

  const load = async (page: Variables): Promise<void> => {
    setLoadingMore(true)
    setMoreProblem(null)
    const result = await client.query(query, page, { requestPolicy: 'network-only' }).toPromise()
    setMoreProblem(result.error ?? null)
    setLoadingMore(false)
  }
  const refresh = (): Promise<void> => load(variables)
  const loadMore = (): void => {
    if (after && !isLoadingMore && !moreProblem) void load({ ...variables, after })
  }

  const retry = (): void => void (data && after ? load({ ...variables, after }) : refresh())
  const recover = useEffectEvent(() => {
    if (moreProblem && isNetworkError(moreProblem)) retry()
  })
  useEffect(() => network.onUp(recover), [])
  useEffect(() => {
    // The network may have come back between the failure and this render, which `recover` has not seen.
    if (moreProblem && isNetworkError(moreProblem)) network.reportFailure()
  }, [moreProblem])

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
