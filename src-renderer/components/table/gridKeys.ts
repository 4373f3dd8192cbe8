import type { KeyboardEvent } from 'react'
import type { Column } from './columns.ts'
import type { BlockActions } from './useCellBlock.ts'
import type { Cursor } from './useCursor.ts'
import { lendsKeys } from '../../kernel/keyboard.ts'
import { EVERYTHING, NOTHING, type RowSelection } from './selection.ts'
import type { Rows } from './useRows.ts'

type KeyInput<Row> = {
  cursor: Cursor
  /** Moves the cursor, or with `extend` the other corner of what is chosen. */
  goTo: (row: number, column: number, extend: boolean) => void
  /** To the last row of the data. */
  toEnd: (column: number, extend: boolean) => void
  toggle: () => void
  rows: Rows<Row>
  columns: readonly Column<Row>[]
  onOpen: (row: Row, index: number) => void
  onOpenPage: (row: Row, index: number) => void
  startEdit: (index: number, key: string, replace?: string) => void
  canEdit: (key: string) => boolean
  selection: RowSelection
  onSelection: (selection: RowSelection) => void
  block: BlockActions | null
}
const PAGE_ROWS = 18

type KeyMeaning = <Row>(g: KeyInput<Row>, event: KeyboardEvent) => (() => void) | null
const withCtrl = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey

/** From the cursor, or with Shift from the other corner. `far` with Ctrl: to the edge. */
const move =
  (by: { rows?: number; columns?: number }): KeyMeaning =>
  (g, event) =>
  () => {
    const from = event.shiftKey ? g.cursor.head : g.cursor.at
    const far = withCtrl(event) ? Number.MAX_SAFE_INTEGER : 1
    const to = (at: number, step = 0, last: number) => (step === 0 ? at : Math.max(0, Math.min(last, at + step * far)))
    const row = from.row < 0 && by.rows === undefined ? 0 : from.row
    g.goTo(to(row, by.rows, g.rows.count - 1), to(from.column, by.columns, g.columns.length - 1), event.shiftKey)
  }
const onBlock =
  (act: (block: BlockActions) => void, needsCtrl: boolean): KeyMeaning =>
  (g, event) => {
    const { block } = g
    return block && g.cursor.at.row >= 0 && withCtrl(event) === needsCtrl ? () => act(block) : null
  }
const record: KeyMeaning = (g) => {
  const row = g.rows.at(g.cursor.at.row)
  return row ? () => g.onOpenPage(row, g.cursor.at.row) : null
}

/** What a key means while the grid has the focus and no cell is being edited: as in a spreadsheet. */
export const KEYS: Record<string, KeyMeaning> = {
  ArrowUp: move({ rows: -1 }),
  ArrowDown: move({ rows: 1 }),
  ArrowLeft: move({ columns: -1 }),
  ArrowRight: move({ columns: 1 }),
  PageDown: move({ rows: PAGE_ROWS }),
  PageUp: move({ rows: -PAGE_ROWS }),
  Home: (g, event) => () => g.goTo(withCtrl(event) ? 0 : cornerOf(g, event).row, 0, event.shiftKey),
  End: (g, event) => () =>
    withCtrl(event)
      ? g.toEnd(g.columns.length - 1, event.shiftKey)
      : g.goTo(cornerOf(g, event).row, g.columns.length - 1, event.shiftKey),
  Enter: (g, event) => (withCtrl(event) ? null : record(g, event)),
  ' ': (g, event) => {
    const { row: index } = g.cursor.at
    const row = g.rows.at(index)
    if (!row) return null
    return event.shiftKey || event.ctrlKey ? g.toggle : () => g.onOpen(row, index)
  },
  F2: (g) => {
    const { row, column } = g.cursor.at
    const found = g.columns.slice(column).find(({ key }) => g.canEdit(key)) ?? g.columns.find(({ key }) => g.canEdit(key))
    return found && g.rows.at(row) ? () => g.startEdit(row, found.key) : null
  },
  Delete: onBlock((block) => block.clear(), false),
  Backspace: onBlock((block) => block.clear(), false),
  a: (g, event) => (withCtrl(event) ? () => g.onSelection(EVERYTHING) : null),
  c: (g, event) => (event.shiftKey ? onBlock((block) => block.card(), true)(g, event) : null),
  d: onBlock((block) => block.fill('down'), true),
  r: onBlock((block) => block.fill('right'), true),
  Escape: (g) => {
    if (g.cursor.isRange) return g.cursor.collapse
    return g.selection.all || g.selection.ids.size > 0 ? () => g.onSelection(NOTHING) : null
  },
}

const cornerOf = <Row>({ cursor }: KeyInput<Row>, { shiftKey }: KeyboardEvent) => (shiftKey ? cursor.head : cursor.at)

/** Search and the sheet of keys stay where they are, even over a cell. */
const NO_TYPING = '/?'
/** A letter: the cell is opened before the browser gives the key to whoever has the focus then, so that the letter falls into it. */
export function isTyped({
  key,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): boolean {
  if (ctrlKey || metaKey || altKey) return false
  return [...key].length === 1 && key !== ' ' && !NO_TYPING.includes(key)
}

const INTERACTIVE = 'button, a, input, textarea, [role="button"], .field-editor, .ant-select-dropdown'
/** Something inside a row or a head that has a click of its own. */
export const isInteractive = (target: EventTarget): boolean => target instanceof Element && target.closest(INTERACTIVE) !== null

const COMPOSES = 229
/** A key that an input method keeps: what comes of it is heard when it is done. */
export const isComposing = ({ nativeEvent }: Pick<KeyboardEvent, 'nativeEvent'>): boolean =>
  nativeEvent.isComposing || nativeEvent.keyCode === COMPOSES

export const isTypingIn = (target: EventTarget): boolean =>
  target instanceof HTMLElement &&
  !lendsKeys(target) &&
  (/^(INPUT|TEXTAREA)$/.test(target.tagName) ? (target as HTMLInputElement).type !== 'checkbox' : target.isContentEditable)

/** Whether what has the focus inside the grid means this key itself: a head that sorts, a link, a box to tick. */
export function keepsKey({ target, currentTarget, key }: Pick<KeyboardEvent, 'target' | 'currentTarget' | 'key'>): boolean {
  if (target === currentTarget || lendsKeys(target)) return false
  if (isTypingIn(target)) return true
  const acts = key === 'Enter' || key === ' '
  // A row's own box only knows Space; Enter goes on opening the row.
  const isRowBox = target instanceof Element && target.matches('.check')
  return acts && isInteractive(target) && !(isRowBox && key === 'Enter')
}
