import './kernel/noEval.ts'
import './app/theme.css'
import './app/layout.css'
import './components/components.css'
import { createRoot } from 'react-dom/client'
import { firstMode, paint, rememberedLanguage } from './app/appearance.tsx'
import { Providers } from './app/Providers.tsx'
import { createAppRouter } from './app/routes.tsx'
import { connect, openPort } from './kernel/api.ts'
import { giveStylesTheNonce } from './kernel/nonce.ts'
import { readSetupToken } from './kernel/setupToken.ts'
import { startText } from './kernel/text.ts'

giveStylesTheNonce()
readSetupToken()
const language = rememberedLanguage()
startText(language)
document.documentElement.lang = language
paint(firstMode(window.matchMedia('(prefers-color-scheme: dark)').matches))

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no #root')
const connection = connect(openPort())
createRoot(place).render(<Providers connection={connection} router={createAppRouter()} />)
