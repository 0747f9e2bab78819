import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type JSX, useId, useState } from 'react'

import { graphemes } from '@/lib/text/graphemes'
import { useObjectUrl } from '@/pictures/useObjectUrl'
import { Button, IconButton } from '@/ui/Button'

import type { Attachment } from './attachment'
import css from './AttachmentList.module.css'

/** The server's bound (domain/media.py). */
const MAX_ALT = 1_500

interface AttachmentListProps {
  attachments: readonly Attachment[]
  onDescribe: (key: string, alt: string) => void
  onRemove: (key: string) => void
  onRetry: (key: string) => void
}

/** The pictures of a draft: each with its description, the progress of its upload and what is wrong with it. */
export function AttachmentList({ attachments, ...actions }: AttachmentListProps): JSX.Element | null {
  if (attachments.length === 0) return null
  return (
    <ul className={css.list} aria-label={t`Pictures of the post`}>
      {attachments.map((one, index) => (
        <AttachmentRow key={one.key} attachment={one} number={index + 1} {...actions} />
      ))}
    </ul>
  )
}

type AttachmentRowProps = Omit<AttachmentListProps, 'attachments'> & { attachment: Attachment; number: number }

function AttachmentRow({ attachment, number, onDescribe, onRemove, onRetry }: AttachmentRowProps): JSX.Element {
  const id = useId()
  const { key, file, picture, progress, problem, canRetry } = attachment
  const [alt, setAlt] = useState(attachment.alt)
  const preview = useObjectUrl(file)
  const shown = preview ?? picture?.url
  const surplus = Array.from(graphemes.segment(alt)).length - MAX_ALT
  const note = surplus > 0 ? t`The description is too long: at most ${MAX_ALT} characters.` : problem
  return (
    <li className={css.row}>
      <div className={css.picture}>
        {shown && <img src={shown} srcSet={preview ? undefined : picture?.srcset} sizes="6rem" alt="" />}
        {progress !== null && (
          <progress value={progress < 1 ? progress : undefined} max={1} aria-label={t`Upload of picture ${number}`} />
        )}
      </div>
      <div className={css.side}>
        <label htmlFor={id}>
          <Trans>Description of picture {number}</Trans>
        </label>
        <textarea
          id={id}
          value={alt}
          rows={2}
          placeholder={t`For those who do not see it`}
          aria-invalid={note ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          onChange={(event) => setAlt(event.target.value)}
          onBlur={() => surplus <= 0 && onDescribe(key, alt.trim())}
        />
        {note && (
          <p id={`${id}-note`} className={css.problem} role="alert">
            {note}{' '}
            {canRetry && (
              <Button size="s" onClick={() => onRetry(key)}>
                <Trans>Retry</Trans>
              </Button>
            )}
          </p>
        )}
      </div>
      <IconButton icon="close" label={t`Remove picture ${number}`} onClick={() => onRemove(key)} />
    </li>
  )
}
