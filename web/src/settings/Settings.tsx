import type { JSX, ReactNode } from 'react'

import { Page } from '@/app/Page'
import { SignOut } from '@/session/SignOut'
import { useSession } from '@/session/session'

import { Appearance } from './Appearance'
import css from './Settings.module.css'

export default function Settings(): JSX.Element {
  const alias = useSession()?.alias
  return (
    <Page title="Settings">
      <Section title="Appearance">
        <Appearance />
      </Section>
      <Section title="Session">
        <p>
          You are signed in as <b>@{alias}</b> in this browser.
        </p>
        <SignOut />
      </Section>
    </Page>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }): JSX.Element {
  return (
    <section className={css.section}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
