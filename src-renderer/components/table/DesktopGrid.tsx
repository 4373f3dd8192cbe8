import { Suspense, useEffect, useMemo, useRef } from 'react'
import { failureText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { useElementWidth } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { type EditorKind, prepareEditor } from '../FieldEditor.tsx'
import { text } from '../text.ts'
import type { Column, SortState } from './columns.ts'
import type { ShownProps } from './EntityTable.tsx'
import { CHECK_WIDTH, Grid, type GridHandlers } from './Grid.tsx'
import { shownColumns, stretchName, widthOf } from './layout.ts'
import { indexOfKey } from './place.ts'
import { countSelected, NOTHING, type RowSelection, setSelected } from './selection.ts'
import { type BlockActions, type BlockRefusal, useCellBlock } from './useCellBlock.ts'
import { useCatcher } from './useCatcher.ts'
import { type RangeRefusal, useGrid } from './useGrid.ts'
import { useFocusBack, useLatest, useLeaveOnScroll, useStep } from './useListing.ts'
import { useStepIn } from './useStepIn.ts'
import { MAX_RANGE } from './useRows.ts'

const BlockDialog = later(() => import('./BlockDialog.tsx').then((module) => module.BlockDialog))

/** The grid of a wide screen: columns, cursor, cells. */
export function DesktopGrid<Row>(props: ShownProps<Row>) {
  const t = useText(text)
  const { rows, rowHeight, selection, layout, onLayout, scroller } = props
  const { columns, widths, name, filler } = useColumns(props)
  const selectable = props.onSelection !== undefined
  const onSelection = (next: RowSelection) => props.onSelection?.(next)
  const showColumn = useShowColumn(scroller, { selectable, widths, columns })
  const filling = useRef<BlockActions | null>(null)
  const grid = useGrid<Row>({
    ...props,
    columns,
    rows,
    selection,
    onSelection,
    onClosed: (why) => toast(why, { tone: 'info' }),
    nameOf: (row) => props.describe(row).title,
    onRangeRefused: useRangeRefusal(),
    showColumn,
    onFill: props.cells && ((source, to) => filling.current?.fillTo(source, to)),
  })
  const keys = useRef<HTMLDivElement>(null)
  const block = useBlocks(props, { grid, columns, keys })
  filling.current = block.actions
  const { isOn, onGridFocus, catcher } = useCatcher(keys, grid.takesWords, grid.typeWords)
  useStep(props.step ?? null, grid.stepFrom)
  useStepIn(keys, grid.cursor.at.row, props.isStale ? null : grid.stepFrom)
  useFocusBack(keys, props.editing !== null)
  useLeaveOnScroll(scroller, { index: props.editing?.index ?? null, rowHeight, count: rows.count })
  useTellPlace(props)

  const width = sumOf([selectable ? CHECK_WIDTH : 0, ...widths, filler])
  const sticky = columns.find((column) => column.sticky)?.key
  const chosen = countSelected(selection, props.total) ?? 1
  const handlers = useLatest<GridHandlers<Row>>({
    onSort: (key) => props.onSort(nextSort(props.sort, key)),
    onWidth: (key, width) => onLayout({ ...layout, widths: { ...layout.widths, [key]: key === sticky ? width - name : width } }),
    // The rows that are here; the bar offers all the others.
    onHeadCheck: () => {
      const here = rows.here().map(props.rowKey)
      if (!props.isStale) onSelection(chosen === 0 ? setSelected(NOTHING, here, true) : NOTHING)
    },
    onCommit: grid.commit,
    onCancelEdit: grid.cancelEdit,
  })

  return (
    <div
      role="group"
      aria-label={props.label}
      ref={keys}
      className={selectable ? 'grid-keys' : 'grid-keys plain'}
      style={{ width }}
      tabIndex={isOn ? -1 : 0}
      onFocus={onGridFocus}
      onInput={grid.onInput}
      onClick={grid.onClick}
      onDoubleClick={grid.onDoubleClick}
      onPointerDown={grid.onPointerDown}
      onPointerMove={grid.onPointerMove}
      onKeyDown={(event) => grid.onKeyDown(event, block.actions)}
    >
      <Grid<Row>
        rows={grid.views}
        columns={columns}
        widths={widths}
        filler={filler}
        selectable={selectable}
        label={t('selectPage')}
        headCheck={headCheckOf(chosen, selection)}
        sort={props.sort}
        handlers={handlers}
        top={rows.first * rowHeight}
        bottom={Math.max(0, rows.count - rows.last - 1) * rowHeight}
      />
      <input {...catcher} aria-label={props.label} />
      <Suspense>
        {block.plan && (
          <BlockDialog plan={block.plan} columns={columns} feature={props.feature} onCancel={block.cancel} onGoOn={block.goOn} />
        )}
      </Suspense>
    </div>
  )
}

/** The editors of the cells that may be written come as soon as there are rows. */
function usePreparedEditors<Row>({ rows, onEdit }: ShownProps<Row>, columns: readonly Column<Row>[]): void {
  const kinds = rows.count > 0 && onEdit ? columns.flatMap(({ edit }) => edit?.kind ?? []).join(' ') : ''
  useEffect(() => {
    for (const kind of kinds.split(' ')) prepareEditor(kind as EditorKind)
  }, [kinds])
}

const sumOf = (parts: readonly number[]): number => parts.reduce((total, one) => total + one, 0)
const headCheckOf = (chosen: number, selection: RowSelection) =>
  chosen === 0 ? 'none' : selection.all && selection.except.size === 0 ? 'all' : 'some'

/** The shown columns and how wide each is drawn. */
function useColumns<Row>(props: ShownProps<Row>) {
  const { columns: all, layout, scroller, onSelection } = props
  const columns = useMemo(() => shownColumns(all, layout), [all, layout])
  const available = useElementWidth(scroller)
  const selectable = onSelection !== undefined
  const drawn = useMemo(() => {
    const natural = columns.map((column) => widthOf(column, layout))
    const spare = stretchName([selectable ? CHECK_WIDTH : 0, ...natural], available)
    return { ...spare, widths: natural.map((width, i) => (columns[i]?.sticky ? width + spare.name : width)) }
  }, [columns, layout, selectable, available])
  usePreparedEditors(props, columns)
  return { columns, ...drawn }
}

type Blocked<Row> = {
  grid: Pick<ReturnType<typeof useGrid<Row>>, 'cursor' | 'canEdit'>
  columns: readonly Column<Row>[]
  keys: React.RefObject<HTMLDivElement | null>
}
function useBlocks<Row>(props: ShownProps<Row>, { grid, columns, keys }: Blocked<Row>) {
  const t = useText(text)
  const { range, choose } = grid.cursor
  const onRefused = useBlockRefusal(props.cells?.copyRows ?? 0)
  const input = {
    rows: props.rows,
    columns,
    nameOf: (row: Row) => props.describe(row).title,
    range,
    choose,
    cells: props.cells,
    canEdit: grid.canEdit,
    onRefused,
    onCopied: (n: number) => toast(t('cellsCopied', { n: formatNumber(n) }), { tone: 'info' }),
    onCardCopied: () => toast(t('cardCopied'), { tone: 'info' }),
    isIdle: props.editing === null && !props.isStale,
  }
  return useCellBlock<Row>(input, keys)
}

/** Tells where the record of the panel stands now. */
function useTellPlace<Row>({ openId, isStale, rows, rowKey, onOpenAt: tell, shownKey }: ShownProps<Row>): void {
  const openAt = openId === null || isStale ? null : indexOfKey(rows, rowKey, openId)
  const onOpenAt = useLatest(tell)
  useEffect(() => {
    if (openAt !== null) onOpenAt.current?.(openAt)
  }, [openAt, shownKey, onOpenAt])
}

/** Brings a column out from under the sticky ones, or in from beyond the edge. */
function useShowColumn(
  scroller: React.RefObject<HTMLDivElement | null>,
  { selectable, widths, columns }: { selectable: boolean; widths: readonly number[]; columns: readonly { sticky?: boolean }[] },
): (column: number) => void {
  return (column) => {
    const element = scroller.current
    if (!element || columns[column]?.sticky) return
    const left = (selectable ? CHECK_WIDTH : 0) + sumOf(widths.slice(0, column))
    const covered = (selectable ? CHECK_WIDTH : 0) + sumOf(widths.filter((_, at) => columns[at]?.sticky))
    const right = left + (widths[column] ?? 0)
    if (left - covered < element.scrollLeft) element.scrollLeft = left - covered
    else if (right > element.scrollLeft + element.clientWidth) element.scrollLeft = right - element.clientWidth
  }
}

function useRangeRefusal(): (refusal: RangeRefusal) => void {
  const t = useText(text)
  return (refusal) =>
    toast('error' in refusal ? failureText(refusal.error, '', 'load') : t('rangeTooLong', { n: formatNumber(MAX_RANGE) }), {
      tone: 'bad',
    })
}

function useBlockRefusal(copyRows: number): (refusal: BlockRefusal) => void {
  const t = useText(text)
  return (refusal) => {
    if (typeof refusal === 'object') return toast(failureText(refusal.error, ''), { tone: 'bad' })
    const n = formatNumber(refusal === 'copyTooLong' ? copyRows : MAX_RANGE)
    toast(t(refusal, { n }), { tone: refusal === 'nothingToFill' || refusal === 'emptyClipboard' ? 'info' : 'bad' })
  }
}

/** First click ascending, second descending, third back to the list's own order. */
export function nextSort(sort: SortState, key: string): SortState {
  if (sort?.field !== key) return { field: key, direction: 'asc' }
  return sort.direction === 'asc' ? { field: key, direction: 'desc' } : null
}
