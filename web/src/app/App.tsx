import type { JSX } from 'react'
import { BrowserRouter } from 'react-router'

import { Api } from '@/api/ApiProvider'
import { Toasts } from '@/ui/overlays/Toasts'

import { Failure } from '@/page/ErrorBoundary'
import { Pages } from './Pages'
import { Shell } from './Shell'

export function App(): JSX.Element {
  return (
    <Failure>
      <BrowserRouter>
        <Api>
          <Shell>
            <Pages />
          </Shell>
        </Api>
        <Toasts />
      </BrowserRouter>
    </Failure>
  )
}
