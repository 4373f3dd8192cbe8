import { join } from 'node:path'
import { app, BrowserWindow, screen } from 'electron'
import { APP_ORIGIN } from './appProtocol.ts'
import { SAFE_PREFERENCES } from './hardening.ts'
import { fitted, readWindowState, SMALLEST, writeWindowState } from './windowState.ts'

type Options = {
  readonly preload: string
  readonly icon: string
  readonly title: string
  /** Where the first page is; carries the one-time token on the first run. */
  readonly path: string
  /** Whether closing only hides: true while others work on this computer's data. */
  readonly staysOnClose: () => boolean
  readonly logFault: (error: unknown) => void
}

/** The one window of the program, where it stood last time. */
export function openMainWindow({ preload, icon, title, path, staysOnClose, logFault }: Options): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'window.json')
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea)
  const { maximised, x, y, ...size } = fitted(readWindowState(stateFile), screens, screen.getPrimaryDisplay().workArea)
  const window = new BrowserWindow({
    ...size,
    ...(x === undefined || y === undefined ? {} : { x, y }),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title,
    icon,
    show: false,
    backgroundColor: '#F6F5F1',
    webPreferences: { ...SAFE_PREFERENCES, preload, devTools: !app.isPackaged },
  })
  window.once('ready-to-show', () => {
    if (maximised) window.maximize()
    window.show()
  })
  window.on('close', (event) => {
    // getNormalBounds: a maximised window remembers where it goes back to.
    try {
      writeWindowState(stateFile, { ...window.getNormalBounds(), maximised: window.isMaximized() })
    } catch (error) {
      logFault(error)
    }
    if (!staysOnClose()) return
    event.preventDefault()
    window.hide()
  })
  window.loadURL(`${APP_ORIGIN}${path}`).catch(logFault)
  return window
}

export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
