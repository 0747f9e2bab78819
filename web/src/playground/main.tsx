import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './playground.css'

import { GraphiQL } from 'graphiql'
import { createRoot } from 'react-dom/client'

import { AUTHORIZATION, examples } from './examples'
import { fetcher } from './fetcher'

const root = document.getElementById('root')
if (!root) throw new Error('playground.html has no #root')

createRoot(root).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={examples}
    defaultHeaders={AUTHORIZATION}
    defaultEditorToolsVisibility="headers"
    shouldPersistHeaders
  >
    <GraphiQL.Logo>Tweeter</GraphiQL.Logo>
  </GraphiQL>,
)
