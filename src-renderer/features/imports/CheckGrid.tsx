import { useQueries } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Button } from 'antd'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { CheckFilter, CheckRow, ImportColumn, ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { recordOfColumn } from '../../../src-shared/features/imports/recordOfColumn.ts'
import type { Move } from '../../components/useEditorKeys.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { bandsOf } from './bands.ts'
import { bandWord } from './bandWord.ts'
import { checkColumns, isOfFile } from './checkColumns.ts'
import { CheckRowView } from './CheckRowView.tsx'
import type { OnlyValue } from './ImportLayout.tsx'
import { type ImportWord, text } from './text.ts'
import { defaultOwner, goesIntoPools, putTo, useHolders } from './usePutTo.ts'

export const PAGE = 100
const ROW = 33
/** The longest word of an outcome, and a sign that there is a warning. */
const RESULT = 136
const RESULT_NARROW = 116

type GridProps = {
  detail: ImportDetail
  filter: CheckFilter
  only: OnlyValue | null
  total: number
  /** Rows of the filter before, while those of the new one come. */
  stale: boolean
  readOnly: boolean
  onEdit: (row: number, column: number, text: string) => void
  onLeaveOut: (row: CheckRow, out: boolean) => void
}

/** All rows of the file after cleaning, drawn as far as they are seen; errors stand inside their cells. */
export function CheckGrid({ detail, filter, only, total, stale, readOnly, onEdit, onLeaveOut }: GridProps) {
  const t = useText(text)
  const wrap = useRef<HTMLDivElement>(null)
  const columns = useMemo(() => checkColumns(detail), [detail])
  const widths = columns.map((column) => widthOf(column, goesIntoPools(detail)))
  const list = useVirtualizer({ count: total, getScrollElement: () => wrap.current, estimateSize: () => ROW, overscan: 12 })
  const items = list.getVirtualItems()
  const { rowAt, failureAt } = usePages({ id: detail.id, filter, ...asked(only) }, items)
  const holders = useHolders(detail)
  const { editing, setEditing, end, step } = useCells(wrap, columns.filter(isOfFile), rowAt)
  const tabStop = useTabStop(items.map(({ index }) => rowAt(index)))
  useMeasuredAnew(wrap, list.measureElement, items.map(({ index }) => signOf(rowAt(index))).join())
  // Where it stands below the row, nothing has to be brought.
  useProblemInSight(wrap, { columns, widths }, filter, readOnly ? undefined : rowAt(0))
  const template = `56px ${readOnly ? RESULT_NARROW : RESULT}px ${widths.map((width) => `${width}px`).join(' ')} minmax(20px, 1fr)`
  return (
    <div ref={wrap} className={`imp-grid grow${stale ? ' stale' : ''}`} role="table" aria-rowcount={total} inert={stale}>
      <div className="imp-grid-row head" role="row" style={{ gridTemplateColumns: template }}>
        <span role="columnheader" className="r">
          {t('row')}
        </span>
        <span role="columnheader">{t('result')}</span>
        {columns.map((column) => (
          <span key={column.index} role="columnheader" className="el" title={column.header}>
            {headOf(t, detail, column)}
          </span>
        ))}
        <span />
      </div>
      <div style={{ height: list.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const row = rowAt(item.index)
          const failure = row ? null : failureAt(item.index)
          return (
            <div
              // By the file's row: a repaired row that leaves the filter must not hand its editor to the one below.
              key={row ? `row ${row.row}` : `place ${item.index}`}
              data-index={item.index}
              ref={list.measureElement}
              className="imp-grid-at"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {row ? (
                <CheckRowView
                  row={row}
                  columns={columns}
                  template={template}
                  editing={editing?.row === row.row ? editing.column : null}
                  above={rowAt(item.index - 1)?.cells ?? null}
                  readOnly={readOnly}
                  putTo={(column, word) => putTo(detail.options, holders, column, word)}
                  byDefault={(column) => (goesIn(row) ? defaultOwner(detail, holders, column, row, row.plan === 'create') : null)}
                  isTabStop={row.row === tabStop.row}
                  onFocus={() => tabStop.set(row.row)}
                  headOf={(column) => headOf(t, detail, column)}
                  wordOf={(column, option) => optionWord(featureOf(detail, column), column.target?.field ?? '', option)}
                  onStart={(column) => setEditing({ row: row.row, column })}
                  onEnd={(move) => end(item.index, move)}
                  onEdit={(column, value) => onEdit(row.row, column, value)}
                  onLeaveOut={(out) => onLeaveOut(row, out)}
                  onStep={(by) => step(item.index + by)}
                />
              ) : (
                <div className="imp-grid-row" style={{ height: ROW }}>
                  {failure && (
                    <span className="imp-failed tbad s12" role="alert">
                      {failureText(failure.error, 'imports', 'load')}
                      <Button size="small" onClick={failure.again}>
                        {t('again')}
                      </Button>
                    </span>
                  )}
                </div>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

const goesIn = ({ plan }: CheckRow): boolean => plan === 'create' || plan === 'update'

/** As the backend is asked for rows that hold a value. */
export const asked = (only: OnlyValue | null) => (only ? { value: { column: only.column, text: only.value } } : {})

/** The pages of rows in sight; one that failed says so once, at its first row in sight. */
function usePages(given: { id: string; filter: CheckFilter } & ReturnType<typeof asked>, items: readonly { index: number }[]) {
  const api = useApi()
  const pages = [...new Set(items.map(({ index }) => Math.floor(index / PAGE)))]
  const answers = useQueries({
    queries: pages.map((page) =>
      api.imports.check.queryOptions({ input: { ...given, offset: page * PAGE, limit: PAGE }, staleTime: 60_000 }),
    ),
  })
  const answerAt = (index: number) => answers[pages.indexOf(Math.floor(index / PAGE))]
  const isFirstOfPage = (index: number) =>
    items.find((item) => Math.floor(item.index / PAGE) === Math.floor(index / PAGE))?.index === index
  return {
    rowAt: (index: number): CheckRow | undefined => answerAt(index)?.data?.rows[index % PAGE],
    failureAt: (index: number): { error: unknown; again: () => void } | null => {
      const answer = answerAt(index)
      return answer?.error && isFirstOfPage(index) ? { error: answer.error, again: () => void answer.refetch() } : null
    },
  }
}

const PROBLEM_LEVELS: Partial<Record<CheckFilter, string>> = { warning: 'warning', fail: 'error' }
const BEFORE_COLUMNS = 56 + RESULT

/** Rows with warnings or errors are shown for what is wrong with them: the first one's cell is brought into sight, where it is not. */
function useProblemInSight(
  wrap: { current: HTMLDivElement | null },
  { columns, widths }: { columns: readonly ImportColumn[]; widths: readonly number[] },
  filter: CheckFilter,
  first: CheckRow | undefined,
) {
  const level = PROBLEM_LEVELS[filter]
  const place = columns.findIndex(({ index }) => first?.problems.some((one) => one.level === level && one.column === index))
  const left = widths.slice(0, Math.max(0, place)).reduce((sum, width) => sum + width, BEFORE_COLUMNS)
  const wide = widths[place] ?? 0
  const at = first && level ? `${filter} ${first.row}` : null
  useEffect(() => {
    const grid = wrap.current
    // What the row is stands at the left: it is given up only for a cell that lies beyond the edge.
    if (at !== null && grid) grid.scrollLeft = left + wide <= grid.clientWidth ? 0 : left - grid.clientWidth / 2
  }, [wrap, at, left, wide])
}

/** What a row's height hangs on: which row it is, and what is said about its cells. */
const signOf = (row: CheckRow | undefined): string => (row ? `${row.row} ${row.problems.map(({ code }) => code).join(' ')}` : '')

/** A row that moves to another place brings its height along: its element did not change, so nobody else would look. */
function useMeasuredAnew(wrap: { current: HTMLElement | null }, measure: (row: HTMLElement) => void, sign: string) {
  useLayoutEffect(() => {
    for (const row of wrap.current?.querySelectorAll<HTMLElement>('[data-index]') ?? []) measure(row)
  }, [wrap, measure, sign])
}

/** The whole grid is one stop of the Tab key: the row where one was, or the first in sight. */
function useTabStop(rows: readonly (CheckRow | undefined)[]) {
  const [at, set] = useState<number | null>(null)
  const open = rows.flatMap((row) => (row?.kind === 'data' ? [row.row] : []))
  return { row: at !== null && open.includes(at) ? at : (open[0] ?? null), set }
}

const focusRow = (grid: HTMLElement | null, index: number): void =>
  grid?.querySelector<HTMLElement>(`[data-index="${index}"] > [role="row"]`)?.focus()

/** Which cell is edited, and where one goes from there: along the row, to the next row, or back to the row itself. */
function useCells(
  wrap: { current: HTMLDivElement | null },
  columns: readonly ImportColumn[],
  rowAt: (index: number) => CheckRow | undefined,
) {
  const [editing, setEditing] = useState<{ row: number; column: number } | null>(null)
  const [back, setBack] = useState<number | null>(null)
  useEffect(() => {
    // The editor is gone by now; without this the keyboard would begin at the top of the page again.
    if (back !== null && document.activeElement === document.body) focusRow(wrap.current, back)
    setBack(null)
  }, [wrap, back])
  const end = (index: number, move: Move) => {
    const by = move === 'right' ? 1 : move === 'left' ? -1 : 0
    const place = columns.findIndex((column) => column.index === editing?.column)
    const column = by === 0 ? undefined : columns[place + by]
    const below = move === 'down' ? rowAt(index + 1) : undefined
    if (column && editing) return setEditing({ row: editing.row, column: column.index })
    setEditing(below?.kind === 'data' && editing ? { row: below.row, column: editing.column } : null)
    if (below?.kind !== 'data') setBack(index)
  }
  return { editing, setEditing, end, step: (index: number) => focusRow(wrap.current, index) }
}

/** 手机, or 联系人2 手机 where a row has several contacts. */
function headOf(t: Translate<ImportWord>, detail: ImportDetail, column: ImportColumn): string {
  if (!column.target) return column.header
  const { entity, field } = column.target
  const word = fieldWord(featureOf(detail, column), field)
  const several = bandsOf(detail.columns, detail.entity).some((band) => band.entity === entity && band.several)
  return several ? `${bandWord(t, detail, { entity, at: recordOfColumn(detail.columns, column) }, true)} ${word}` : word
}

const featureOf = (detail: ImportDetail, column: ImportColumn): string =>
  detail.targets.find(({ entity }) => entity === column.target?.entity)?.feature ?? ''

/** Where an owner may be a pool its name stands behind the word. */
function widthOf(column: ImportColumn, withPools: boolean): number {
  const field = column.target?.field ?? ''
  if (withPools && (field === 'ownerId' || field === 'poolId')) return 148
  if (field === 'name' && column.target?.entity === 'customer') return 200
  if (field === 'address' || field === 'note' || field === 'text') return 220
  if (field.startsWith('phone') || field === 'email') return 150
  if (field.endsWith('At')) return 140
  return field === 'level' || field === 'status' ? 112 : 104
}
