import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './playground.css'

import { GraphiQL } from 'graphiql'
import { createRoot } from 'react-dom/client'

import { ask } from './ask'
import { Bar } from './Bar'
import { examplesFor } from './examples'
import { fetcher } from './fetcher'
import { storageProps } from './storage'

const GRACE = '{ user(alias: "grace") { id } }'
const PHONE = '(width < 700px)' // as in playground.css

const root = document.getElementById('root')
if (!root) throw new Error('playground.html has no #root')

// Ids differ between databases.
const grace = await ask<{ user: { id: string } | null }>(GRACE)
  .then(({ user }) => user?.id)
  .catch(() => undefined)

createRoot(root).render(
  <>
    <Bar />
    <GraphiQL
      {...storageProps()}
      fetcher={fetcher}
      defaultTabs={examplesFor(grace)}
      defaultEditorToolsVisibility={matchMedia(PHONE).matches ? false : 'variables'}
    >
      <GraphiQL.Logo>
        <></>
      </GraphiQL.Logo>
    </GraphiQL>
  </>,
)
