import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type JSX, useState } from 'react'

import type { Problems } from '@/api/errors'
import type { Viewer } from '@/api/useViewer'
import { unmask } from '@/gql'
import { PictureField } from '@/pictures/PictureField'
import { Avatar, AvatarOf } from '@/ui/Avatar'
import { Button } from '@/ui/Button'

import { Section } from './Section'
import { useUpdateProfile } from './useUpdateProfile'

const UPLOADS = '/media/images/' // generated pictures have other addresses

/** Changes the viewer's picture. A chosen picture is uploaded at once. */
export function Picture({ viewer }: { viewer: Viewer }): JSX.Element {
  const { isBusy, change } = useUpdateProfile()
  const [problems, setProblems] = useState<Problems>({})
  const [picture, setPicture] = useState<File | null>(null)
  const hasPicture = unmask(AvatarOf, viewer).imageUrl?.startsWith(UPLOADS)
  const upload = async (chosen: File | null): Promise<void> => {
    setPicture(chosen)
    if (chosen) setProblems(await change({ image: chosen }, t`Your picture was changed.`))
    setPicture(null)
  }
  const removePicture = async (): Promise<void> => {
    setProblems(await change({ image: null }, t`Your picture was removed.`))
  }
  const remove = (
    <Button size="s" look="quiet" isBusy={isBusy} onClick={() => void removePicture()}>
      <Trans>Remove picture</Trans>
    </Button>
  )
  return (
    <Section title={t`Picture`}>
      <PictureField
        picture={picture}
        onChange={(chosen) => void upload(chosen)}
        current={<Avatar user={viewer} size={80} />}
        problem={problems['image'] ?? problems['form']}
        isBusy={isBusy}
        actions={hasPicture && remove}
      />
    </Section>
  )
}
