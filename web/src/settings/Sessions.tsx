import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { useMutation, useQuery } from 'urql'

import { describeError, failureOf } from '@/api/errors'
import { graphql } from '@/gql'
import { Button } from '@/ui/Button'
import { LoadError } from '@/ui/Notice'
import { toast } from '@/ui/overlays/toastStore'
import { Time } from '@/ui/Time'

import { Section } from './Section'
import css from './Sessions.module.css'

const ActiveSessions = graphql(`
  query ActiveSessions {
    sessions {
      id
      client
      lastUsedAt
      isCurrent
    }
  }
`)

const EndSession = graphql(`
  mutation EndSession($input: EndSessionInput!) {
    endSession(input: $input) {
      ... on SessionEnded {
        endedSessionId
      }
      ... on Error {
        message
      }
    }
  }
`)

const EndOtherSessions = graphql(`
  mutation EndOtherSessions {
    signOutElsewhere {
      endedSessions
    }
  }
`)

export function Sessions(): JSX.Element {
  const [{ data, error }, read] = useQuery({ query: ActiveSessions, requestPolicy: 'cache-and-network' })
  const [{ fetching: isEnding }, end] = useMutation(EndSession)
  const [{ fetching: isEndingAll }, endOthers] = useMutation(EndOtherSessions)
  const again = (): void => read({ requestPolicy: 'network-only' })
  const sessions = data?.sessions ?? []

  const endOne = async (id: string): Promise<void> => {
    const { data: result, error: problem } = await end({ input: { id } })
    const failure = failureOf(problem, result?.endSession, ['SessionNotFound'])
    if (failure) toast(failure, { isProblem: true })
    again()
  }
  const endAll = async (): Promise<void> => {
    const { error: problem } = await endOthers({})
    if (problem) toast(describeError(problem), { isProblem: true })
    again()
  }
  return (
    <Section title={t`Active sessions`}>
      {error && !data && <LoadError message={describeError(error)} retry={again} />}
      <ul className={css.sessions}>
        {sessions.map(({ id, client, lastUsedAt, isCurrent }) => (
          <li key={id}>
            <span>
              <strong>{client}</strong>
              <span className={css.when}>{isCurrent ? <Trans>This session</Trans> : <Used at={lastUsedAt} />}</span>
            </span>
            {!isCurrent && (
              <Button
                size="s"
                look="quiet"
                isBusy={isEnding}
                aria-label={t`End the session of ${client}`}
                onClick={() => void endOne(id)}
              >
                <Trans>End</Trans>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button isBusy={isEndingAll} onClick={() => void endAll()}>
          <Trans>End all other sessions</Trans>
        </Button>
      )}
    </Section>
  )
}

function Used({ at }: { at: string }): JSX.Element {
  return (
    <Trans>
      last used <Time at={at} />
    </Trans>
  )
}
