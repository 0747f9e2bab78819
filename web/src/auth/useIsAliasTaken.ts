import { useEffect, useState } from 'react'
import { useQuery } from 'urql'

import { aliasProblem, normalizeAlias } from '@/forms/accountRules'
import { graphql } from '@/gql'

const AliasOwner = graphql(`
  query AliasOwner($alias: String!) {
    user(alias: $alias) {
      id
      alias
    }
  }
`)

const DELAY_MS = 400 // between the last key press and the query

/** Returns true if an account has this alias. It queries while the user types. The mutation `register` has the final say. */
export function useIsAliasTaken(typed: string): boolean {
  const alias = normalizeAlias(typed)
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(alias), DELAY_MS)
    return () => clearTimeout(timer)
  }, [alias])
  const [{ data }] = useQuery({
    query: AliasOwner,
    variables: { alias: asked },
    pause: aliasProblem(asked) !== undefined,
    requestPolicy: 'cache-and-network',
  })
  return data?.user?.alias.toLowerCase() === alias.toLowerCase()
}
