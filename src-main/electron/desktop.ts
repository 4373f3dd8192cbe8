import { join } from 'node:path'
import { app, type BrowserWindow, dialog, type MessagePortMain, session, shell, type WebContents } from 'electron'
import { declareAppScheme, type FileServer, servePages } from './appProtocol.ts'
import { BACKEND_PORT, SHELL_PORT } from './channels.ts'
import { acceptPorts } from './handle.ts'
import { lockContents, lockSession } from './hardening.ts'
import { openMainWindow, showWindow } from './mainWindow.ts'
import { setMenu } from './menu.ts'
import { serveShell } from './shellCalls.ts'
import { type ShellWords, shellLanguage, shellWords } from './text.ts'
import { showTray } from './tray.ts'

/** What the shell needs of the backend. The window has no more rights than the user who signs in to it. */
export type DesktopBackend = {
  readonly serve: (port: MessagePortMain, contents: WebContents) => void
  /** Bytes in and out, for whoever is signed in to the window. */
  readonly files: FileServer
  /** The page to open first; on the first run it carries the one-time token. */
  readonly firstPath: () => string
  readonly isHosting: () => boolean
  readonly logFault: (error: unknown) => void
  readonly close: () => Promise<void>
}

export type Desktop = {
  readonly root: string
  readonly data: string
  /** `restart` is for the backend to ask for after a restore: the program opens anew on the other file. */
  readonly open: (restart: () => void) => Promise<DesktopBackend>
  /** The sentence for a start that was refused, or null for a fault of ours. */
  readonly refusal: (error: unknown, language: string) => string | null
}

function showAbout(words: ShellWords): void {
  const { electron, chrome, node } = process.versions
  const detail = `Electron ${electron} · Chromium ${chrome} · Node ${node}`
  void dialog.showMessageBox({ type: 'info', title: words.about, message: `${words.title} ${app.getVersion()}`, detail })
}

/** Quitting waits for the backend: its last commit, its checkpoint and its lock. */
function closeBeforeQuitting(backend: DesktopBackend): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    backend
      .close()
      .catch(backend.logFault)
      .finally(() => {
        closed = true
        app.quit()
      })
  })
}

function show({ root, data }: Desktop, backend: DesktopBackend, words: ShellWords): void {
  const icon = join(root, 'build/icons/icon.png')
  let quitting = false
  app.on('before-quit', () => {
    quitting = true
  })
  const open = (): BrowserWindow =>
    openMainWindow({
      preload: join(root, 'out/preload/preload.cjs'),
      icon,
      title: words.title,
      path: backend.firstPath(),
      staysOnClose: () => backend.isHosting() && !quitting,
      logFault: backend.logFault,
    })

  let window = open()
  const reopen = (): void => {
    if (window.isDestroyed()) window = open()
    showWindow(window)
  }
  const isOurs = (contents: WebContents): boolean => !window.isDestroyed() && contents === window.webContents
  acceptPorts(BACKEND_PORT, isOurs, backend.serve)
  acceptPorts(SHELL_PORT, isOurs, (port, contents) => serveShell(port, contents, backend.logFault))
  setMenu(words, { openDataFolder: () => void shell.openPath(data), showAbout: () => showAbout(words) })
  const tray = showTray(join(root, 'build/icons/tray.png'), words, { open: reopen, quit: () => app.quit() })
  app.on('quit', () => tray.destroy())
  app.on('second-instance', reopen)
  app.on('activate', reopen)
  app.on('window-all-closed', () => app.quit())
}

/** The whole life of the desktop program; `open` brings the backend, which knows nothing of Electron. */
export async function runDesktop(desktop: Desktop): Promise<void> {
  // Beside the data, never inside: backups and copies of the data folder must not carry a browser's caches.
  app.setPath('userData', join(app.getPath('appData'), 'kezhan-window'))
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  app.enableSandbox()
  declareAppScheme()
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
  await app.whenReady()
  const language = shellLanguage(app.getLocale())
  const words = shellWords(language)
  lockSession(session.defaultSession)
  try {
    let files: FileServer = () => Promise.resolve(new Response(null, { status: 503 }))
    servePages(join(desktop.root, 'out/renderer'), (request) => files(request))
    const backend = await desktop.open(() => {
      app.relaunch()
      app.quit()
    })
    files = backend.files
    closeBeforeQuitting(backend)
    show(desktop, backend, words)
  } catch (error) {
    const sentence = desktop.refusal(error, language) ?? `${words.unexpected}\n\n${String(error)}`
    dialog.showErrorBox(words.cannotStart, sentence)
    app.exit(1)
  }
}
