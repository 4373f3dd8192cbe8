import { ipcRenderer } from 'electron'
import { PORT_CHANNELS } from './channels.ts'

// Nothing is exposed to the page: it sends one end of a channel to its own window, and this passes it on.
window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || typeof event.data !== 'string') return
  if (!PORT_CHANNELS.includes(event.data) || event.ports.length !== 1) return
  ipcRenderer.postMessage(event.data, null, [...event.ports])
})
