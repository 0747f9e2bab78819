import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import type { JSX } from 'react'
import { BrowserRouter } from 'react-router'

import { ApiProvider } from '@/api/ApiProvider'
import { language } from '@/lib/i18n/language'
import { useStore } from '@/lib/store'
import { ErrorBoundary } from '@/page/ErrorBoundary'
import { Toasts } from '@/ui/overlays/Toasts'

import { Pages } from './Pages'
import { Shell } from './Shell'

/** Renders everything again when the language changes, because messages are read while rendering. */
export function App(): JSX.Element {
  useStore(language)
  return (
    <I18nProvider i18n={i18n}>
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
    </I18nProvider>
  )
}
