import { useEffect, useRef, useState } from 'react'
import {
  type CellBlock,
  type CellGiven,
  type CellsReport,
  MOST_BLOCK_COLUMNS,
  MOST_BLOCK_ROWS,
} from '../../../src-shared/kernel/cells/model.ts'
import { type CellRange, columnsIn, isOneCell, landing, repeatedFrom, rowsIn } from './cellRange.ts'
import { handOver, parseClipboard, type TextBlock, writeClipboard } from './clipboard.ts'
import type { Column } from './columns.ts'
import { copyText } from '../marks.tsx'
import { isTypingIn } from './gridKeys.ts'
import type { Rows } from './useRows.ts'
import { useLatest } from './useListing.ts'

/** What a page says of its rows so that blocks of their cells can be copied, pasted, filled and emptied. */
export type CellBlocks<Row> = {
  seen: (row: Row) => { id: string; version: number }
  /** A value as it is stored, for filling the same column. */
  stored: (row: Row, key: string) => Exclude<CellGiven, string>
  check: (block: CellBlock) => Promise<CellsReport>
  /** Writes, and says what came of it; what is only checked is not said here. */
  write: (block: CellBlock) => Promise<CellsReport>
  /** The field without which a row below the end makes no record; null where nobody makes records here. */
  newBy: string | null
  /** Fields that no cell may be without. */
  required: readonly string[]
  /** Name and phone of a row in one line, as one passes them on. */
  card?: (row: Row) => string
  /** So many rows are copied at most: more leave by an export, which has a right of its own. */
  copyRows: number
}

/** A block that is about to be written, with what was found to be said of it first. */
export type BlockPlan = {
  readonly block: CellBlock
  readonly report: CellsReport
  /** What the rows are called, in the order of the block. */
  readonly names: readonly string[]
  readonly beyond: { readonly rows: number; readonly columns: number; readonly mayCreate: boolean }
  /** Cells with something in them over which an empty one is pasted. */
  readonly emptied: number
}
export type BlockRefusal = 'blockTooLong' | 'copyTooLong' | 'nothingToFill' | 'emptyClipboard' | { error: unknown }

type Input<Row> = {
  rows: Rows<Row>
  columns: readonly Column<Row>[]
  nameOf: (row: Row) => string
  range: CellRange | null
  choose: (range: CellRange) => void
  cells: CellBlocks<Row> | undefined
  canEdit: (key: string) => boolean
  onRefused: (refusal: BlockRefusal) => void
  onCopied: (cells: number) => void
  onCardCopied: () => void
  isIdle: boolean
}
export type BlockActions = {
  card: () => void
  clear: () => void
  fill: (to: 'down' | 'right') => void
  /** Repeats the cells of a range over the longer one that it is a part of. */
  fillTo: (source: CellRange, to: CellRange) => void
}
type Target<Row> = { rows: readonly Row[]; columns: readonly Column<Row>[] }
type Submit<Row> = (block: CellBlock, there: readonly Row[], beyond: BlockPlan['beyond'], emptied?: number) => Promise<void>
type Work<Row> = Input<Row> & {
  cells: CellBlocks<Row>
  /** One block at a time; whatever fails is said, and nothing else follows. */
  run: (work: () => Promise<void>) => void
  submit: Submit<Row>
}

/** Copying, pasting, filling and emptying what is chosen. */
export function useCellBlock<Row>(input: Input<Row>, grid: React.RefObject<HTMLElement | null>) {
  const { range, cells, onRefused, nameOf } = input
  const [plan, setPlan] = useState<BlockPlan | null>(null)
  const busy = useRef(false)
  const run = (work: () => Promise<void>): void => {
    if (busy.current) return
    busy.current = true
    void work()
      .catch((error: unknown) => onRefused({ error }))
      .finally(() => {
        busy.current = false
      })
  }
  const submit: Submit<Row> = async (block, there, beyond, emptied = 0) => {
    if (!cells) return
    const isAsked = beyond.rows > 0 || beyond.columns > 0 || emptied > 0
    const report = isAsked ? await cells.check(block) : await cells.write({ ...block, ifClean: true })
    if (isAsked || report.checked) setPlan({ block, report, names: there.map(nameOf), beyond, emptied })
  }
  const work = cells ? { ...input, cells, run, submit } : null
  useClipboard(grid, work && range && input.isIdle ? { work, range } : null)
  return {
    actions: work ? blockActions(work) : null,
    plan,
    cancel: () => setPlan(null),
    /** Goes on with what can be taken; `withNews`: the rows beyond the end become records. */
    goOn: (withNews: boolean) => {
      const asked = plan
      setPlan(null)
      if (asked && cells) run(async () => void (await cells.write(withNews ? asked.block : { ...asked.block, news: [] })))
    },
  }
}

/** The rows and columns that a range stands for, loaded or not. */
async function target<Row>({ rows, columns, onRefused }: Work<Row>, at: CellRange): Promise<Target<Row> | null> {
  if (rowsIn(at) > MOST_BLOCK_ROWS || columnsIn(at) > MOST_BLOCK_COLUMNS) {
    onRefused('blockTooLong')
    return null
  }
  const last = Math.min(at.bottom, rows.count - 1)
  const found = at.top > last ? [] : await rows.load(at.top, last)
  return { rows: found ?? [], columns: columns.slice(at.left, at.right + 1) }
}

async function paste<Row>(work: Work<Row>, block: TextBlock, range: CellRange): Promise<void> {
  const { cells, choose, submit, canEdit } = work
  const size = { rows: block.length, columns: block[0]?.length ?? 0 }
  const land = landing(range, size)
  const found = await target(work, land)
  if (!found) return
  const textAt = (row: number, column: number): string => block[row % size.rows]?.[column % size.columns] ?? ''
  const cellsOf = (row: number) => found.columns.map((_, column) => textAt(row, column))
  const fields = found.columns.map(({ key }) => key)
  const beyondRows = rowsIn(land) - found.rows.length
  const mayCreate = cells.newBy !== null && fields.includes(cells.newBy)
  const news = mayCreate ? Array.from({ length: beyondRows }, (_, i) => cellsOf(found.rows.length + i)) : []
  choose(land)
  const given = found.rows.map((row, at) => ({ ...cells.seen(row), cells: cellsOf(at) }))
  const beyond = { rows: beyondRows, columns: columnsIn(land) - fields.length, mayCreate }
  // A column too many in the clipboard looks like nothing, and would empty what stands there.
  const emptied = found.rows.reduce((sum, row, at) => {
    const there = found.columns.filter((column, n) => canEdit(column.key) && textAt(at, n).trim() === '' && column.text?.(row))
    return sum + there.length
  }, 0)
  await submit({ fields, rows: given, news }, found.rows, beyond, emptied)
}

/** Of rows that are loaded in the same breath as the key, of others as soon as they are there. */
function copy<Row>(work: Work<Row>, range: CellRange, event: ClipboardEvent): void {
  const { cells, rows, columns, onRefused, onCopied } = work
  if (rowsIn(range) > cells.copyRows) return onRefused('copyTooLong')
  const shown = columns.slice(range.left, range.right + 1)
  const block = (all: readonly Row[]) => all.map((row) => shown.map((column) => column.text?.(row) ?? ''))
  const tell = (all: readonly Row[]) => {
    if (!isOneCell(range)) onCopied(all.length * shown.length)
  }
  const here = rowsHere(rows, range)
  if (here) {
    handOver(event, block(here))
    return tell(here)
  }
  work.run(async () => {
    const all = (await target(work, range))?.rows
    if (!all) return
    await writeClipboard(block(all))
    tell(all)
  })
}

type Given<Row> = (all: readonly Row[], row: number, key: string) => CellGiven
/** The same columns of every row; `given` says what goes into a cell. */
async function put<Row>(work: Work<Row>, range: CellRange, keys: readonly string[], given: Given<Row>): Promise<void> {
  const found = await target(work, range)
  if (!found) return
  const rows = found.rows.map((row, at) => ({
    ...work.cells.seen(row),
    cells: keys.map((key) => given(found.rows, at, key)),
  }))
  await work.submit({ fields: [...keys], rows }, found.rows, { rows: 0, columns: 0, mayCreate: false })
}

function blockActions<Row>(work: Work<Row>): BlockActions {
  const { range, columns, cells, canEdit, onRefused, run } = work
  const writable = (at: CellRange): string[] =>
    columns.slice(at.left, at.right + 1).flatMap(({ key }) => (canEdit(key) ? [key] : []))
  return {
    card: () => {
      const row = range ? work.rows.at(range.top) : undefined
      if (row && cells.card) void copyText(cells.card(row)).then(work.onCardCopied)
    },
    clear: () => {
      if (!range) return
      const keys = writable(range).filter((key) => !cells.required.includes(key))
      if (keys.length === 0) return onRefused('nothingToFill')
      run(() => put(work, range, keys, () => ({ value: null })))
    },
    fillTo: (source, to) => {
      const isDown = to.bottom > source.bottom
      const keys = writable(isDown ? source : { ...to, left: source.right + 1 })
      if (keys.length === 0) return onRefused('nothingToFill')
      const down: Given<Row> = (all, row, key) => {
        const from = all[repeatedFrom(0, rowsIn(source) - 1, row)]
        return row < rowsIn(source) || !from ? null : cells.stored(from, key)
      }
      const right: Given<Row> = (all, row, key) => {
        const at = columns.findIndex((column) => column.key === key)
        const from = columns[repeatedFrom(source.left, source.right, at)]
        return all[row] ? (from?.text?.(all[row]) ?? '') : null
      }
      work.choose(to)
      run(() => put(work, to, keys, isDown ? down : right))
    },
    fill: (to) => {
      if (!range) return
      const keys = writable(to === 'down' ? range : { ...range, left: range.left + 1 })
      const isShort = to === 'down' ? rowsIn(range) < 2 : columnsIn(range) < 2
      const source = columns[range.left]
      if (keys.length === 0 || isShort || !source) return onRefused('nothingToFill')
      const down: Given<Row> = ([first], row, key) => (row === 0 || !first ? null : cells.stored(first, key))
      const right: Given<Row> = (all, row) => (all[row] ? (source.text?.(all[row]) ?? '') : null)
      run(() => put(work, range, keys, to === 'down' ? down : right))
    },
  }
}

/** The page hears of copy and paste, wherever the browser says they happen; the grid's are those while it has the focus. */
function useClipboard<Row>(grid: React.RefObject<HTMLElement | null>, now: { work: Work<Row>; range: CellRange } | null): void {
  const heard = useLatest(now)
  useEffect(() => {
    const here = () => (hasFocus(grid.current) ? heard.current : null)
    const onCopy = (event: ClipboardEvent) => {
      const at = here()
      // Words that were marked elsewhere on the page are what is meant then.
      if (!at || document.getSelection()?.isCollapsed === false) return
      event.preventDefault()
      copy(at.work, at.range, event)
    }
    const onPaste = (event: ClipboardEvent) => {
      const at = here()
      if (!at || !event.clipboardData) return
      event.preventDefault()
      const block = parseClipboard(event.clipboardData)
      if (block.length === 0) return at.work.onRefused('emptyClipboard')
      at.work.run(() => paste(at.work, block, at.range))
    }
    document.addEventListener('copy', onCopy)
    document.addEventListener('paste', onPaste)
    return () => {
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('paste', onPaste)
    }
  }, [grid, heard])
}

const hasFocus = (grid: HTMLElement | null): boolean => {
  const { activeElement } = document
  return grid !== null && activeElement !== null && grid.contains(activeElement) && !isTypingIn(activeElement)
}

/** The rows of a range where all of them are loaded: what is copied then is there in the same breath as the key. */
function rowsHere<Row>(rows: Rows<Row>, range: CellRange): Row[] | null {
  const found: Row[] = []
  for (let index = range.top; index <= range.bottom; index++) {
    const row = rows.at(index)
    if (!row) return null
    found.push(row)
  }
  return found
}
