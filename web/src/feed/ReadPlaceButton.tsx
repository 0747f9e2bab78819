import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type JSX, useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'

import { describeError } from '@/api/errors'
import type { Jump } from '@/lists/useJump'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { toast } from '@/ui/overlays/toastStore'

import { loadDownTo } from './loadDownTo'
import type { ReadPlace } from './reading/readLine'
import css from './ReadPlaceButton.module.css'

interface ReadPlaceButtonProps {
  /** Where the user stopped reading, if that is below the loaded posts. */
  place: ReadPlace | null
  onFound: (jump: Jump) => void
}

/** Leads to where the user stopped reading. It loads the posts down to that place, and can be stopped meanwhile. */
export function ReadPlaceButton({ place, onFound }: ReadPlaceButtonProps): JSX.Element {
  const client = useClient()
  const loading = useRef<AbortController>(null)
  const [loaded, setLoaded] = useState<number | null>(null)
  const [isFound, setFound] = useState(false)
  useEffect(() => () => loading.current?.abort(), [])

  const go = async (to: ReadPlace): Promise<void> => {
    const { signal } = (loading.current = new AbortController())
    setFound(false)
    const outcome = await loadDownTo(to, client, { signal, onProgress: setLoaded })
    setLoaded(null)
    setFound(outcome.kind === 'found')
    if (outcome.kind === 'found') onFound({ to: outcome.row })
    else if (outcome.kind === 'below') toast(t`Your place is further down. Go on to load more posts.`)
    else if (outcome.kind === 'failed') toast(describeError(outcome.error), { isProblem: true })
  }
  const isLoading = loaded !== null
  return (
    <div className={css.place}>
      <span role="status" className={css.count}>
        {isLoading && plural(loaded, { one: '# post loaded', other: '# posts loaded' })}
        {isFound && (
          <span className="visually-hidden">
            <Trans>You are where you left off.</Trans>
          </span>
        )}
      </span>
      {(isLoading || place) && (
        <Button size="s" onClick={() => (isLoading ? loading.current?.abort() : place && void go(place))}>
          {isLoading ? (
            <Trans>Stop</Trans>
          ) : (
            <>
              <Icon name="down" size={16} />
              <Trans>Go to where you left off</Trans>
            </>
          )}
        </Button>
      )}
    </div>
  )
}
