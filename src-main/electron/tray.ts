import { Menu, Tray } from 'electron'
import type { ShellWords } from './text.ts'

/** The caller keeps the tray: one that nobody holds is collected, and its icon vanishes. */
export function showTray(icon: string, words: ShellWords, actions: { open: () => void; quit: () => void }): Tray {
  const tray = new Tray(icon)
  tray.setToolTip(words.title)
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: words.open, click: actions.open },
      { type: 'separator' },
      { label: words.quit, click: actions.quit },
    ]),
  )
  tray.on('click', actions.open)
  return tray
}
