import type { JSX } from 'react'

import { useViewer } from '@/api/useViewer'
import { SignOut } from '@/auth/SignOut'
import { Page } from '@/page/Page'
import { useSession } from '@/session/session'
import { Skeletons } from '@/ui/Skeleton'

import { Appearance } from './Appearance'
import { BlockedAccounts, MutedAccounts } from './HiddenAccounts'
import { Password } from './Password'
import { Picture } from './Picture'
import { ProfileForm } from './ProfileForm'
import { Section } from './Section'
import { Sessions } from './Sessions'

export default function Settings(): JSX.Element {
  const alias = useSession()?.alias
  return (
    <Page title="Settings">
      <AccountSections />
      <Section title="Appearance">
        <Appearance />
      </Section>
      <Section title="Sign out">
        <p>
          You are signed in as <b>@{alias}</b> in this browser.
        </p>
        <SignOut />
      </Section>
    </Page>
  )
}

function AccountSections(): JSX.Element {
  const viewer = useViewer()
  if (!viewer) return <Skeletons count={12} label="Loading your settings" />
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
