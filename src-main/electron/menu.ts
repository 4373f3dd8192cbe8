import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { ShellWords } from './text.ts'

type Actions = { readonly openDataFolder: () => void; readonly showAbout: () => void }

/** Built from words of the person's language; roles bring the shortcuts of each system. */
export function menuTemplate(words: ShellWords, { openDataFolder, showAbout }: Actions): MenuItemConstructorOptions[] {
  const line: MenuItemConstructorOptions = { type: 'separator' }
  return [
    {
      label: words.file,
      submenu: [
        { label: words.dataFolder, click: openDataFolder },
        line,
        { label: words.close, role: 'close' },
        { label: words.quit, role: 'quit' },
      ],
    },
    {
      label: words.edit,
      submenu: [
        { label: words.undo, role: 'undo' },
        { label: words.redo, role: 'redo' },
        line,
        { label: words.cut, role: 'cut' },
        { label: words.copy, role: 'copy' },
        { label: words.paste, role: 'paste' },
        { label: words.selectAll, role: 'selectAll' },
      ],
    },
    {
      label: words.view,
      submenu: [
        { label: words.reload, role: 'reload' },
        line,
        { label: words.actualSize, role: 'resetZoom' },
        { label: words.zoomIn, role: 'zoomIn' },
        { label: words.zoomOut, role: 'zoomOut' },
        line,
        { label: words.fullScreen, role: 'togglefullscreen' },
      ],
    },
    { label: words.window, submenu: [{ label: words.minimise, role: 'minimize' }] },
    { label: words.help, submenu: [{ label: words.about, click: showAbout }] },
  ]
}

export function setMenu(words: ShellWords, actions: Actions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(words, actions)))
}
