import { t } from '@lingui/core/macro'
import type { Client } from '@urql/core'

import { describeError, isError, messageOf, problemOf } from '@/api/errors'
import { createUploadFetch } from '@/api/connection/uploadFetch'
import { graphql, unmask } from '@/gql'
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

/** The uploaded picture, or why there is none. `isFinal`: another try would fail too. */
export type Uploaded = { picture: Picture } | { problem: string; isFinal: boolean }

export interface Upload {
  file: File
  alt: string
  onProgress: (part: number) => void
  signal: AbortSignal
}

export async function uploadPicture(client: Client, { file, alt, onProgress, signal }: Upload): Promise<Uploaded> {
  const { data, error } = await client
    .mutation(UploadMedia, { input: { file, alt } }, { fetch: createUploadFetch(onProgress, signal) })
    .toPromise()
  if (error) return { problem: describeError(error), isFinal: false }
  const result = data?.uploadMedia
  if (!result) return { problem: t`No answer.`, isFinal: false }
  if (!isError(result)) return { picture: { ...unmask(PictureOf, result.media) } }
  const [first] = 'fields' in result ? result.fields : []
  return { problem: first ? problemOf(first) : messageOf(result), isFinal: first?.field === 'file' }
}
