import { t } from '@lingui/core/macro'
import type { Client, CombinedError } from '@urql/core'

import { describeError, isError, messageOf, problemOf } from '@/api/errors'
import { createUploadFetch } from '@/api/connection/uploadFetch'
import { graphql, unmask } from '@/gql'
import type { DescribeMediaMutation, UploadMediaMutation } from '@/gql/graphql'
import { type Picture, PictureOf } from '@/pictures/picture'

const UploadMedia = graphql(`
  mutation UploadMedia($input: UploadMediaInput!) {
    uploadMedia(input: $input) {
      ... on MediaUploaded {
        media {
          ...PictureOf
        }
      }
      ... on Error {
        message
      }
      ... on InvalidInput {
        fields {
          field
          code
          message
        }
      }
    }
  }
`)

const DescribeMedia = graphql(`
  mutation DescribeMedia($input: DescribeMediaInput!) {
    describeMedia(input: $input) {
      ... on MediaDescribed {
        media {
          ...PictureOf
        }
      }
      ... on Error {
        message
      }
      ... on InvalidInput {
        fields {
          field
          code
          message
        }
      }
    }
  }
`)

/**
 * The picture as the server has it, or why there is none. `isFinal`: another try would fail too. `isGone`: the server has the
 * picture no more.
 */
export type Uploaded = { picture: Picture } | { problem: string; isFinal: boolean; isGone?: boolean }

export interface Upload {
  file: File
  alt: string
  onProgress: (part: number) => void
  signal: AbortSignal
}

export interface Sender {
  upload: (upload: Upload) => Promise<Uploaded>
  describe: (id: string, alt: string) => Promise<Uploaded>
}

export const createSender = (client: Client): Sender => ({
  async upload({ file, alt, onProgress, signal }) {
    const { data, error } = await client
      .mutation(UploadMedia, { input: { file, alt } }, { fetch: createUploadFetch(onProgress, signal) })
      .toPromise()
    return toUploaded(data?.uploadMedia, error)
  },
  async describe(mediaId, alt) {
    const { data, error } = await client.mutation(DescribeMedia, { input: { mediaId, alt } }).toPromise()
    return toUploaded(data?.describeMedia, error)
  },
})

type Result = UploadMediaMutation['uploadMedia'] | DescribeMediaMutation['describeMedia']

function toUploaded(result: Result | undefined, error: CombinedError | undefined): Uploaded {
  if (error) return { problem: describeError(error), isFinal: false }
  if (!result) return { problem: t`No answer.`, isFinal: false }
  if (!isError(result)) return { picture: { ...unmask(PictureOf, result.media) } }
  const [first] = 'fields' in result ? result.fields : []
  const isGone = first?.field === 'mediaId'
  const problem = first ? problemOf(first) : messageOf(result)
  return { problem, isFinal: isGone || first?.field === 'file', isGone }
}
