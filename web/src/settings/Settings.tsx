import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { useViewer } from '@/api/useViewer'
import { SignOut } from '@/auth/SignOut'
import { Page } from '@/page/Page'
import { useSession } from '@/session/session'
import { Handle } from '@/ui/Handle'
import { Skeletons } from '@/ui/Skeleton'

import { Appearance } from './Appearance'
import { BlockedAccounts, MutedAccounts } from './HiddenAccounts'
import { Password } from './Password'
import { Picture } from './Picture'
import { ProfileForm } from './ProfileForm'
import { Section } from './Section'
import { Sessions } from './Sessions'

export default function Settings(): JSX.Element {
  const alias = useSession()?.alias ?? ''
  return (
    <Page title={t`Settings`}>
      <AccountSections />
      <Section title={t`Appearance`}>
        <Appearance />
      </Section>
      <Section title={t`Sign out`}>
        <p>
          <Trans>
            You are signed in as{' '}
            <b>
              <Handle alias={alias} />
            </b>{' '}
            in this browser.
          </Trans>
        </p>
        <SignOut />
      </Section>
    </Page>
  )
}

function AccountSections(): JSX.Element {
  const viewer = useViewer()
  if (!viewer) return <Skeletons count={12} label={t`Loading your settings`} />
  return (
    <>
      <Picture viewer={viewer} />
      <ProfileForm viewer={viewer} />
      <Password />
      <MutedAccounts />
      <BlockedAccounts />
      <Sessions />
    </>
  )
}
