import '@/ui/tokens.css'
import '@/ui/base.css'

import { createRoot } from 'react-dom/client'

import { watchNetwork } from '@/api/connection/network'
import { App } from '@/app/App'
import { registerServiceWorker } from '@/app/registerServiceWorker'
import { startLanguage } from '@/lib/i18n/language'
import { removeServedLinks } from '@/page/siteOrigin'
import { applyTheme } from '@/settings/theme'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

removeServedLinks()
applyTheme()
watchNetwork()
registerServiceWorker()
void startLanguage().then(() => createRoot(root).render(<App />))
