import type { JSX } from 'react'
import { BrowserRouter } from 'react-router'

import { Api } from '@/api/Api'
import { Toasts } from '@/ui/Toasts'

import { Failure } from './Failure'
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
