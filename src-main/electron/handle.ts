import { type IpcMainEvent, ipcMain, type MessagePortMain, type WebContents } from 'electron'
import { APP_ORIGIN } from './appProtocol.ts'

export type PortUser = (port: MessagePortMain, sender: WebContents) => void

/** Only the top frame of our own window, showing our own page, may hand over a port. */
function isTrusted(event: IpcMainEvent, isOurs: (contents: WebContents) => boolean): boolean {
  const frame = event.senderFrame
  if (!frame || frame.detached || !isOurs(event.sender)) return false
  return frame === event.sender.mainFrame && frame.origin === APP_ORIGIN && frame.url.startsWith(`${APP_ORIGIN}/`)
}

/**
 * The only door between pages and the shell: a page hands over one end of a channel, nothing else is listened to.
 * Whoever is not allowed gets no answer and loses the port.
 */
export function acceptPorts(channel: string, isOurs: (contents: WebContents) => boolean, use: PortUser): void {
  ipcMain.on(channel, (event, ...payload: unknown[]) => {
    const [port, ...others] = event.ports
    const empty = payload.every((part) => part === null || part === undefined)
    if (!port || others.length > 0 || !empty || !isTrusted(event, isOurs)) {
      for (const refused of event.ports) refused.close()
      return
    }
    use(port, event.sender)
  })
}
