import type { JSX } from 'react'
import { useParams } from 'react-router'
import { useQuery } from 'urql'

import { NotFound } from '@/app/NotFound'
import { Page } from '@/app/Page'
import { graphql } from '@/gql'
import { Skeletons } from '@/ui/Skeleton'

import { Post } from './Post'

const OnePost = graphql(`
  query OnePost($id: ID!) {
    post(id: $id) {
      id
      ...PostCard
    }
  }
`)

export default function PostPage(): JSX.Element {
  const { id = '' } = useParams()
  const [{ data, error }] = useQuery({ query: OnePost, variables: { id } })
  if (data?.post === null || error) return <NotFound title="This post is not here" />
  return (
    <Page title="Post" above="/">
      {data?.post ? <Post post={data.post} place={0} /> : <Skeletons count={1} label="Loading the post" />}
    </Page>
  )
}
