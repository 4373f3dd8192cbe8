import './stock.css'
import { AuditOutlined, ExportOutlined, LogoutOutlined, SwapOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import { productEntity } from '../../../src-shared/features/products/entity.ts'
import { stockEntity } from '../../../src-shared/features/stock/entity.ts'
import type { MoveKind, Stock } from '../../../src-shared/features/stock/model.ts'
import { IconButton, ToolBar } from '../../components/page.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { LoadFailed } from '../../components/states.tsx'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { shownColumns } from '../../components/table/layout.ts'
import { type RowSelection, selectionInput } from '../../components/table/selection.ts'
import { useOpenedRow } from '../../components/table/useOpenedRow.ts'
import { useSelection } from '../../components/table/useSelection.ts'
import { DirtyBar } from '../../components/views/DirtyBar.tsx'
import { ListFoot } from '../../components/views/ListFoot.tsx'
import { ListTools } from '../../components/views/ListTools.tsx'
import { NamedChip } from '../../components/views/NamedChip.tsx'
import { NotAsked } from '../../components/views/NotAsked.tsx'
import { useViewActions, type ViewActions } from '../../components/views/useViewActions.ts'
import { useAction } from '../../kernel/actions.ts'
import { useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { useExport } from '../exports/public.ts'
import { useEntity } from '../fields/public.ts'
import { ListEmpty, ListHead } from '../lists/public.ts'
import { Pieces, useStockColumns } from './columns.tsx'
import { text } from './text.ts'
import { type StockList, useStockList } from './useStockList.ts'

const StockPanel = later(() => import('./StockPanel.tsx').then((module) => module.StockPanel))
const MoveDrawer = later(() => import('./MoveDrawer.tsx').then((module) => module.MoveDrawer))

type Moving = { kind: MoveKind; rows: readonly Stock[] }

/** 库存: what lies where, what is kept for orders and what is on its way, with how it came and went at the side. */
export function StockPage() {
  const t = useText(text)
  const columns = useStockColumns()
  const list = useStockList(columns)
  const actions = useViewActions(list)
  const { selection, setSelection, settle } = useSelection(list.which)
  const { opened, step, position, open, placed, close, stepBy } = useOpenedRow<Stock>(list)
  const [moving, setMoving] = useState<Moving | null>(null)
  const bulk = useStockBulk(list, selection)
  const shown = shownColumns(columns, list.layout.layout).map(({ key }) => key)
  const move = (kind: MoveKind, rows: readonly Stock[] = []) => setMoving({ kind, rows })
  return (
    <main className="page">
      <Head list={list} actions={actions} columns={shown} onMove={move} />
      <ToolBar tools={<ListTools list={list} actions={actions} columns={columns} />}>
        <SearchField label={t('search')} value={list.state.q} onChange={(q) => list.setState({ q })} />
        <NamedChip list={list} />
        <DirtyBar list={list} actions={actions} />
      </ToolBar>
      <div className="row grow mh0 stretch">
        {list.isAsked ? (
          <LazyTable<Stock>
            label={t('stock')}
            feature="stock"
            columns={columns}
            rowKey={(row) => row.id}
            {...list.table}
            selection={selection}
            onSelection={setSelection}
            {...(bulk.length > 0 && { bulk })}
            openId={opened?.row.id ?? null}
            onOpen={open}
            onOpenPage={open}
            describe={describe}
            empty={<Empty list={list} onMove={move} />}
            failed={failed}
            footer={<Foot list={list} selection={selection} columns={shown} />}
            step={step}
            onOpenAt={placed}
            onShown={settle}
          />
        ) : (
          <Why list={list} />
        )}
        <Suspense>
          {opened && (
            <StockPanel
              key={opened.row.id}
              row={opened.row}
              position={position}
              onStep={stepBy}
              onMove={(kind, row) => move(kind, [row])}
              onClose={close}
            />
          )}
        </Suspense>
      </div>
      <Suspense>{moving && <MoveDrawer {...moving} onClose={() => setMoving(null)} />}</Suspense>
    </main>
  )
}

const Why = ({ list }: { list: StockList }) => (
  <NotAsked list={list} entity={useEntity(stockEntity)} related={[useEntity(productEntity)]} />
)

/** Who may bring something in, and how. */
function useMaking(onMove: (kind: MoveKind) => void) {
  const t = useText(text)
  return useCan('stock.move')
    ? { id: 'stock.in', label: t('in'), pinyin: 'ru ku', group: t('stock'), run: () => onMove('in') }
    : undefined
}

const OTHERS = [
  { kind: 'out', word: 'out', pinyin: 'chu ku', icon: <LogoutOutlined /> },
  { kind: 'transfer', word: 'transfer', pinyin: 'diao bo', icon: <SwapOutlined /> },
  { kind: 'count', word: 'count_', pinyin: 'pan dian', icon: <AuditOutlined /> },
] as const

function OtherMove({ of, onMove }: { of: (typeof OTHERS)[number]; onMove: (kind: MoveKind) => void }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const { kind, word, pinyin, icon } = of
  useAction({ id: `stock.${kind}`, label: t(`moveTitle_${kind}`), pinyin, run: () => onMove(kind) })
  if (isPhone) return <IconButton icon={icon} title={t(word)} onClick={() => onMove(kind)} />
  return (
    <Button icon={icon} onClick={() => onMove(kind)}>
      {t(word)}
    </Button>
  )
}

type HeadProps = { list: StockList; actions: ViewActions; columns: readonly string[]; onMove: (kind: MoveKind) => void }
function Head({ list, actions, columns, onMove }: HeadProps) {
  const making = useMaking(onMove)
  const mayExport = useCan('customers.export')
  return (
    <ListHead
      list={list}
      actions={actions}
      entity="stock"
      making={making}
      {...(mayExport && { exported: { entity: 'stock', columns } })}
    >
      {making && OTHERS.map((of) => <OtherMove key={of.kind} of={of} onMove={onMove} />)}
    </ListHead>
  )
}

function useStockBulk(list: StockList, selection: RowSelection) {
  const t = useText(text)
  const exporting = useExport()
  if (!useCan('customers.export')) return []
  return [
    {
      key: 'export',
      icon: <ExportOutlined />,
      label: t('export'),
      disabled: exporting.isRunning,
      onClick: () => exporting.start({ entity: 'stock', selection: selectionInput(selection, list.which), format: 'xlsx' }),
    },
  ]
}

type FootProps = { list: StockList; selection: RowSelection; columns: readonly string[] }
function Foot({ list, selection, columns }: FootProps) {
  const t = useText(text)
  return <ListFoot list={list} entity={useEntity(stockEntity)} columns={columns} selection={selection} words={t} />
}

function Empty({ list, onMove }: { list: StockList; onMove: (kind: MoveKind) => void }) {
  const t = useText(text)
  const making = useMaking(onMove)
  return <ListEmpty list={list} what={t('stock')} title={t('emptyTitle')} hint={t('emptyHint')} making={making} />
}

const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="stock" onRetry={retry} />

const describe = (row: Stock) => ({
  title: row.name,
  facts: [row.warehouseName, row.spec, row.number].filter(Boolean),
  state: <Pieces n={row.available} />,
})
