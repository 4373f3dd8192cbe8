import type { KeyboardEvent } from 'react'
import type { Column } from './columns.ts'
import { EVERYTHING, NOTHING, type RowSelection } from './selection.ts'
import type { Rows } from './useRows.ts'

type KeyInput<Row> = {
  cursor: number
  goTo: (index: number) => void
  toggle: (index: number, range: boolean) => void
  rows: Rows<Row>
  onOpen: (row: Row, index: number) => void
  onOpenPage: (row: Row, index: number) => void
  startEdit: (index: number, key: string) => void
  editable: readonly Column<Row>[]
  selection: RowSelection
  onSelection: (selection: RowSelection) => void
}
const PAGE_ROWS = 18

type KeyMeaning = <Row>(g: KeyInput<Row>, event: KeyboardEvent) => (() => void) | null
const step =
  (by: number): KeyMeaning =>
  (g) =>
  () =>
    g.goTo(g.cursor + by)

/** What a key means while the grid has the focus and no cell is being edited. */
export const KEYS: Record<string, KeyMeaning> = {
  ArrowUp: step(-1),
  PageDown: step(PAGE_ROWS),
  PageUp: step(-PAGE_ROWS),
  Home: (g) => () => g.goTo(0),
  End: (g) => () => g.goTo(g.rows.count - 1),
  ArrowDown: (g, event) => () => {
    if (event.shiftKey && g.rows.at(g.cursor)) g.toggle(g.cursor, false)
    g.goTo(g.cursor + 1)
  },
  Enter: (g) => {
    const row = g.rows.at(g.cursor)
    return row ? () => g.onOpenPage(row, g.cursor) : null
  },
  ' ': (g, event) => {
    const row = g.rows.at(g.cursor)
    if (!row) return null
    return event.shiftKey || event.ctrlKey ? () => g.toggle(g.cursor, false) : () => g.onOpen(row, g.cursor)
  },
  F2: (g) => {
    const [first] = g.editable
    return first && g.rows.at(g.cursor) ? () => g.startEdit(g.cursor, first.key) : null
  },
  a: (g, event) => (event.ctrlKey || event.metaKey ? () => g.onSelection(EVERYTHING) : null),
  Escape: (g) => (g.selection.all || g.selection.ids.size > 0 ? () => g.onSelection(NOTHING) : null),
}

const INTERACTIVE = 'button, a, input, textarea, [role="button"], .field-editor, .ant-select-dropdown'
/** Something inside a row or a head that has a click of its own. */
export const isInteractive = (target: EventTarget): boolean => target instanceof Element && target.closest(INTERACTIVE) !== null

const isTypingIn = (target: EventTarget): boolean =>
  target instanceof HTMLElement &&
  (/^(INPUT|TEXTAREA)$/.test(target.tagName) ? (target as HTMLInputElement).type !== 'checkbox' : target.isContentEditable)

/** Whether what has the focus inside the grid means this key itself: a head that sorts, a link, a box to tick. */
export function keepsKey({ target, currentTarget, key }: Pick<KeyboardEvent, 'target' | 'currentTarget' | 'key'>): boolean {
  if (target === currentTarget) return false
  if (isTypingIn(target)) return true
  const acts = key === 'Enter' || key === ' '
  // A row's own box only knows Space; Enter goes on opening the row.
  const isRowBox = target instanceof Element && target.matches('.check')
  return acts && isInteractive(target) && !(isRowBox && key === 'Enter')
}
