import { useEffect, useState } from 'react'
import { useQuery } from 'urql'

import { graphql } from '@/gql'

import { aliasProblem, plainAlias } from '@/forms/accountRules'

const AliasOwner = graphql(`
  query AliasOwner($alias: String!) {
    user(alias: $alias) {
      id
      alias
    }
  }
`)

const PAUSE_MS = 400 // between the last letter and the question

/** Whether an account has this alias. It asks while the user types; only `register` decides. */
export function useIsTaken(typed: string): boolean {
  const alias = plainAlias(typed)
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(alias), PAUSE_MS)
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
