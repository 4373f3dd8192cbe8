import { type ReactNode, useRef, useState } from 'react'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { SkeletonRows } from '../states.tsx'
import { text } from '../text.ts'
import { type BulkAction, BulkBar } from './BulkBar.tsx'
import { DesktopGrid } from './DesktopGrid.tsx'
import type { ColumnLayout } from './layout.ts'
import { PhoneList, type PhoneRow } from './PhoneList.tsx'
import { isEmptySelection, NOTHING, type RowSelection } from './selection.ts'
import { type Column, type Density, type PageQuery, PHONE_ROW_HEIGHT, ROW_HEIGHT, type SortState } from './columns.ts'
import type { Editing, SaveCell } from './useEditing.ts'
import type { CellBlocks } from './useCellBlock.ts'
import { useKeptRows, useShownOnce } from './useListing.ts'
import { type Rows, useRows } from './useRows.ts'

export type EntityTableProps<Row> = {
  /** What the list is called, for who cannot see it. */
  label: string
  /** Whose words fields and refusals have. */
  feature: string
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  page: (offset: number, limit: number) => PageQuery<Row>
  /** Everything that decides which rows, as text; a change of it scrolls to the top and forgets the cursor. */
  resultKey: string
  total: number | undefined
  sort: SortState
  onSort: (sort: SortState) => void
  layout: ColumnLayout
  onLayout: (layout: ColumnLayout) => void
  density: Density
  selection?: RowSelection
  onSelection?: (selection: RowSelection) => void
  bulk?: readonly BulkAction[]
  openId: string | null
  /** `rows` lets a panel step to the previous and next record. */
  onOpen: (row: Row, index: number) => void
  onOpenPage: (row: Row, index: number) => void
  onEdit?: SaveCell<Row>
  /** Why a row may only be looked at, where it is so. */
  closed?: ((row: Row) => string | null) | undefined
  /** Blocks of cells: copied, pasted, filled and emptied. */
  cells?: CellBlocks<Row>
  describe: (row: Row) => PhoneRow
  empty: ReactNode
  failed: (error: unknown, retry: () => void) => ReactNode
  footer?: ReactNode
  /** Steps of the open panel: asks for the row beside. */
  step?: { index: number; by: number } | null
  /** Where the record of the panel stands now, as soon as it is drawn. */
  onOpenAt?: (index: number) => void
  /** The first rows of another filter are there. */
  onShown?: (keys: ReadonlySet<string>) => void
}

/** The one list of the program: a window of rows over any number of them. */
export function EntityTable<Row>(props: EntityTableProps<Row>) {
  const isPhone = useIsPhone()
  const scroller = useRef<HTMLDivElement>(null)
  const rowHeight = isPhone ? PHONE_ROW_HEIGHT : ROW_HEIGHT[props.density]
  const [editing, setEditing] = useState<Editing<Row> | null>(null)
  const { page, total, resultKey, rowKey } = props
  const rows = useRows<Row>({ page, total, rowHeight, scroller, resultKey, rowKey, hold: editing !== null })
  const stale = useKeptRows(rows, resultKey, { scroller, hold: editing !== null })
  useShownOnce(resultKey, rows.loaded && !stale, () => props.onShown?.(new Set(rows.here().map(rowKey))))

  const isStale = stale !== null && editing === null
  const shown: ShownProps<Row> = {
    ...props,
    rows: stale?.rows ?? rows,
    shownKey: stale?.key ?? resultKey,
    isStale,
    isWaiting: !rows.loaded && !stale,
    rowHeight,
    selection: props.selection ?? NOTHING,
    scroller,
    editing,
    setEditing,
  }
  const failed = stale ? null : failureOf(rows, props)
  const choosing = isChoosing(shown, isPhone)
  const className = ['grid-scroll', isStale && 'stale', choosing && 'choosing'].filter(Boolean).join(' ')
  return (
    <div className="grid-wrap">
      <div className={className} ref={scroller}>
        {failed && rows.count === 0 ? failed : <Listed {...shown} isPhone={isPhone} />}
      </div>
      {failed && rows.count > 0 && <div className="grid-failed">{failed}</div>}
      {choosing && <Choosing {...shown} isWaiting={isStale || failed !== null} />}
      <Limits capped={rows.capped} beyond={rows.beyond ?? 0} />
      <Foot isPhone={isPhone}>{props.footer}</Foot>
    </div>
  )
}

const Foot = ({ isPhone, children }: { isPhone: boolean; children: ReactNode }) =>
  children && !isPhone ? <div className="row num s12 t2 grid-foot">{children}</div> : null

const failureOf = <Row,>(rows: Rows<Row>, { failed }: EntityTableProps<Row>): ReactNode =>
  rows.failed === null ? null : failed(rows.failed, rows.refetch)

const isChoosing = <Row,>({ bulk, selection, total }: ShownProps<Row>, isPhone: boolean): boolean =>
  bulk !== undefined && !isPhone && !isEmptySelection(selection, total)

const Choosing = <Row,>({ selection, total, bulk = [], isWaiting, onSelection }: ShownProps<Row>) => (
  <BulkBar selection={selection} total={total} actions={bulk} isWaiting={isWaiting} onSelection={(next) => onSelection?.(next)} />
)

export type ShownProps<Row> = EntityTableProps<Row> & {
  rows: Rows<Row>
  shownKey: string
  isStale: boolean
  /** Nothing is there yet, not even old rows. */
  isWaiting: boolean
  rowHeight: number
  selection: RowSelection
  scroller: React.RefObject<HTMLDivElement | null>
  editing: Editing<Row> | null
  setEditing: (editing: Editing<Row> | null) => void
}

/** Skeleton or the words of an empty list, when there is nothing to draw. */
function instead<Row>({ isWaiting, rows, rowHeight, empty }: ShownProps<Row>): ReactNode {
  if (isWaiting && rows.first === 0) return <SkeletonRows rows={16} height={rowHeight} />
  return rows.count === 0 ? empty : null
}

const Listed = <Row,>({ isPhone, ...shown }: ShownProps<Row> & { isPhone: boolean }) =>
  isPhone ? <Phone {...shown} /> : <Desktop {...shown} />

const Phone = <Row,>(props: ShownProps<Row>) =>
  instead(props) ?? <PhoneList rows={props.rows} rowKey={props.rowKey} describe={props.describe} onOpen={props.onOpenPage} />

const Desktop = <Row,>(props: ShownProps<Row>) => instead(props) ?? <DesktopGrid {...props} />

/** What of the rows cannot be seen by scrolling. */
function Limits({ capped, beyond }: { capped: boolean; beyond: number }) {
  const t = useText(text)
  const said = [capped && t('rowsCapped'), beyond > 0 && t('rowsBeyond', { n: formatNumber(beyond) })]
  return said.map(
    (words) =>
      words && (
        <div key={words} className="grid-capped s12">
          {words}
        </div>
      ),
  )
}
