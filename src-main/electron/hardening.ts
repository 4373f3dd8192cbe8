import type { Session, WebContents } from 'electron'
import { APP_ORIGIN } from './appProtocol.ts'
import { openOutside } from './externalLinks.ts'

/** The window's settings that keep a page a page. Frozen by a test. */
export const SAFE_PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false,
} as const

/** Copying a cell is the one thing a page asks of the system that people expect of it. */
const GRANTED = new Set(['clipboard-sanitized-write'])

export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(GRANTED.has(permission)))
  session.setPermissionCheckHandler((_contents, permission) => GRANTED.has(permission))
  session.setDevicePermissionHandler(() => false)
}

const isOurPage = (url: string): boolean => URL.canParse(url) && url.startsWith(`${APP_ORIGIN}/`)

/** Links go to the system's browser, everything else goes nowhere. */
export function lockContents(contents: WebContents): void {
  const stayHome = (event: { preventDefault: () => void; url: string }): void => {
    if (isOurPage(event.url)) return
    event.preventDefault()
  }
  contents.on('will-navigate', stayHome)
  contents.on('will-redirect', stayHome)
  contents.on('will-frame-navigate', stayHome)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    void openOutside(url)
    return { action: 'deny' }
  })
}
