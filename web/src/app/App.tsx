import type { JSX } from 'react'
import { BrowserRouter } from 'react-router'

import { ApiProvider } from '@/api/ApiProvider'
import { ErrorBoundary } from '@/page/ErrorBoundary'
import { Toasts } from '@/ui/overlays/Toasts'

import { Pages } from './Pages'
import { Shell } from './Shell'

export function App(): JSX.Element {
  return (
    <ErrorBoundary>
      <BrowserRouter>
        <ApiProvider>
          <Shell>
            <Pages />
          </Shell>
        </ApiProvider>
        <Toasts />
      </BrowserRouter>
    </ErrorBoundary>
  )
}
