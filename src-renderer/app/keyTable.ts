import type { PageWord } from './pages.ts'

/**
 * Keys that belong to what has the focus and are not registered while nothing has it: with those that are (kernel/keyboard.ts) the
 * whole scheme of the program, told by `?`.
 */
export const FOCUS_KEYS: readonly { group: PageWord; lines: readonly { keys: string; word: PageWord }[] }[] = [
  {
    group: 'keysList',
    lines: [
      { keys: '↑ ↓', word: 'keyMove' },
      { keys: 'Enter', word: 'keyOpen' },
      { keys: 'Space', word: 'keyPanel' },
      { keys: 'Shift+Space', word: 'keySelect' },
      { keys: 'Shift+Click', word: 'keyRange' },
      { keys: 'Ctrl+A', word: 'keyAll' },
      { keys: 'Shift+↑ ↓ ← →', word: 'keyExtend' },
      { keys: 'Ctrl+C', word: 'keyCopyCells' },
      { keys: 'Ctrl+V', word: 'keyPasteCells' },
      { keys: 'Ctrl+D', word: 'keyFillDown' },
      { keys: 'Ctrl+R', word: 'keyFillRight' },
      { keys: 'Ctrl+Home / End', word: 'keyEnds' },
      { keys: 'Delete', word: 'keyEmpty' },
    ],
  },
  {
    group: 'keysEdit',
    lines: [
      { keys: 'F2', word: 'keyEdit' },
      { keys: 'Enter', word: 'keyDown' },
      { keys: 'Tab', word: 'keyRight' },
      { keys: 'Esc', word: 'keyCancel' },
      { keys: 'Ctrl+Enter', word: 'keySend' },
    ],
  },
  {
    group: 'keysBoard',
    lines: [
      { keys: '↑ ↓ ← →', word: 'keyCard' },
      { keys: 'Enter', word: 'keyPanel' },
      { keys: 'Alt+← →', word: 'keyStage' },
      { keys: 'Esc', word: 'keyCancel' },
    ],
  },
  {
    group: 'keysPalette',
    lines: [
      { keys: '↑ ↓', word: 'keyMove' },
      { keys: 'Enter', word: 'keyRun' },
      { keys: '#', word: 'keyNumber' },
      { keys: 'Alt+↑ ↓', word: 'keyReorder' },
    ],
  },
]
