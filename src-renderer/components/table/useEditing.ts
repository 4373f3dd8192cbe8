import { useEffect, useRef, useState } from 'react'
import { isTyping } from '../../kernel/keyboard.ts'
import type { FieldValue, Move } from '../FieldEditor.tsx'
import { isTypedKind } from '../useEditorKeys.ts'
import type { CellAt, CellProblem, Column, ViewRow } from './columns.ts'
import { indexOfKey } from './place.ts'
import type { Rows } from './useRows.ts'

/** The cell whose editor is open: by its record, with the row as it was when it opened. */
export type Editing<Row> = CellAt & {
  readonly key: string
  readonly row: Row
  /** What is typed takes the place of what stands there; so much of it has been typed. */
  readonly replace?: string | undefined
  /** Reached from the cell before: what stands there is marked, so that typing on does not end behind it. */
  readonly marked?: boolean
}

/** Answers with the sentence when the value is not taken. */
export type SaveCell<Row> = (row: Row, key: string, value: FieldValue) => Promise<string | null>

type Input<Row> = {
  rows: Rows<Row>
  rowKey: (row: Row) => string
  editable: readonly Column<Row>[]
  onEdit?: SaveCell<Row> | undefined
  closed?: ((row: Row) => string | null) | undefined
  onClosed?: ((why: string) => void) | undefined
  editing: Editing<Row> | null
  setEditing: (editing: Editing<Row> | null) => void
  shownKey: string
  /** A cell is opened again, for what was not taken. */
  onReopened: (at: CellAt) => void
}
type Problems = { readonly result: string; readonly byRow: ReadonlyMap<string, CellProblem> }
const NO_PROBLEMS: Problems['byRow'] = new Map()

const sameValue = (a: FieldValue, b: FieldValue): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Opening, leaving and saving of cells; a value that is not taken stays to be mended. */
export function useEditing<Row>(input: Input<Row>) {
  const { rows, rowKey, editable, onEdit, closed, onClosed, editing, setEditing, shownKey } = input
  const reopen = useReopening(input)
  const [problems, setProblems] = useState<Problems>({ result: shownKey, byRow: NO_PROBLEMS })
  const byRow = problems.result === shownKey ? problems.byRow : NO_PROBLEMS
  const setProblem = (key: string, column: string, problem: CellProblem | null) =>
    setProblems((old) => {
      const before = old.result === shownKey ? old.byRow : NO_PROBLEMS
      if (!problem && before.get(key)?.column !== column) return old
      const next = new Map(before)
      if (problem) next.set(key, problem)
      else next.delete(key)
      return { result: shownKey, byRow: next }
    })

  /** Answers whether there is such a row, be it one that is only looked at. */
  const open = (at: CellAt | null, how: Pick<Editing<Row>, 'replace' | 'marked'> = {}): boolean => {
    const row = at ? rows.at(at.index) : undefined
    const isOpen = row !== undefined && (closed?.(row) ?? null) === null
    reopen.untouched()
    setEditing(at && isOpen ? { ...at, row, key: rowKey(row), ...how } : null)
    return row !== undefined
  }
  const save = async (from: Editing<Row>, value: FieldValue) => {
    setProblem(from.key, from.column, null)
    // The row is what was seen when the typing began: a colleague's change since then must not be overwritten unseen.
    const text = await onEdit?.(from.row, from.column, value)
    if (!text) return
    setProblem(from.key, from.column, { column: from.column, draft: value, text })
    reopen.refused(from)
  }
  const canEdit = (column: string): boolean => onEdit !== undefined && editable.some(({ key }) => key === column)
  const cancelEdit = (view: ViewRow<Row>): void => {
    if (editing?.key !== view.key) return
    setProblem(editing.key, editing.column, null)
    setEditing(null)
  }
  return {
    canEdit,
    /** `onInput`: something is typed into the open editor. */
    forGrid: { canEdit, cancelEdit, onInput: reopen.touched },
    problemOf: (key: string): CellProblem | null => byRow.get(key) ?? null,
    /** Whether a double click opens the cell: then a single one waits whether a second comes. */
    canOpenByClick: (column: string): boolean =>
      onEdit !== undefined && editable.some(({ key, edit }) => key === column && !edit?.byKeyOnly),
    /** Somebody begins to write into a cell: where he may not, that is said instead. */
    begin: (at: CellAt, replace: string | undefined): void => {
      const row = rows.at(at.index)
      const why = row && closed?.(row)
      if (why) onClosed?.(why)
      else open(at, { replace })
    },
    /** Takes the value of the open editor; answers with the row where the editing goes on. */
    commit: (view: ViewRow<Row>, column: Column<Row>, value: FieldValue, move: Move): number | null => {
      // An editor that is already left has nothing to say, or its value would go to the row that is edited now.
      if (editing?.key !== view.key || editing.column !== column.key) return null
      const next = nextCell(view.index, column.key, move, editable, rows.count)
      const isThere = open(next, { marked: true })
      // A second try is made by somebody who has read the sentence and sees today's value.
      const isSecond = byRow.get(view.key)?.column === column.key
      const from = isSecond && view.row ? { ...editing, row: view.row } : editing
      if (!column.edit || sameValue(value, column.edit.value(from.row))) setProblem(view.key, column.key, null)
      else void save(from, value)
      return isThere && next ? next.index : null
    },
  }
}

/**
 * What was typed and not taken stands in its editor again, with the sentence, as long as nobody types elsewhere by then: in the cell he went
 * on to, or in a field beside the grid. Otherwise it stands in its cell.
 */
function useReopening<Row>(input: Input<Row>) {
  const latest = useRef(input)
  latest.current = input
  const isTouched = useRef(false)
  return {
    touched: () => {
      isTouched.current = true
    },
    untouched: () => {
      isTouched.current = false
    },
    refused: ({ key, column }: Editing<Row>) => {
      const { rows, rowKey, editable, editing, setEditing, shownKey, onReopened } = latest.current
      const kind = editable.find((one) => one.key === column)?.edit?.kind
      const index = indexOfKey(rows, rowKey, key)
      const row = index === null ? undefined : rows.at(index)
      if (index === null || !row || !kind || !isTypedKind(kind) || shownKey !== input.shownKey) return
      if (editing ? isTouched.current : isTyping(document.activeElement)) return
      setEditing({ index, column, key, row })
      onReopened({ index, column })
    },
  }
}

/** Where the editor goes on: down by Enter, along the row by Tab, away otherwise. */
function nextCell<Row>(index: number, key: string, move: Move, editable: readonly Column<Row>[], count: number): CellAt | null {
  if (move === 'down') return index + 1 < count ? { index: index + 1, column: key } : null
  if (move === 'up') return index > 0 ? { index: index - 1, column: key } : null
  if (move === 'stay') return null
  const at = editable.findIndex((column) => column.key === key) + (move === 'right' ? 1 : -1)
  const next = editable[at]
  return next ? { index, column: next.key } : null
}

const DOUBLE_MS = 250
/**
 * The first click of a double click opens nothing yet: the panel would push another cell under the pointer. The cell of the
 * first click is the one that is meant, wherever the second one falls.
 */
export function useFirstClick() {
  const first = useRef<{ readonly cell: { readonly key: string; readonly column: string }; readonly timer: number } | null>(null)
  const forget = () => {
    clearTimeout(first.current?.timer)
    first.current = null
  }
  useEffect(() => () => clearTimeout(first.current?.timer), [])
  return {
    wait: (cell: { key: string; column: string }, open: () => void) => {
      forget()
      first.current = { cell, timer: window.setTimeout(open, DOUBLE_MS) }
    },
    forget,
    take: () => {
      const cell = first.current?.cell ?? null
      forget()
      return cell
    },
  }
}
