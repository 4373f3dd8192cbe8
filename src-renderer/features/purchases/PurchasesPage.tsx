import './purchases.css'
import { ExportOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { purchaseEntity } from '../../../src-shared/features/purchases/entity.ts'
import type { Purchase } from '../../../src-shared/features/purchases/model.ts'
import { ToolBar } from '../../components/page.tsx'
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
import { useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { useExport } from '../exports/public.ts'
import { useEntity } from '../fields/public.ts'
import { ListEmpty, ListHead } from '../lists/public.ts'
import { StateText, usePurchaseColumns } from './columns.tsx'
import { rememberAddress } from './listMemory.ts'
import { text } from './text.ts'
import { type PurchaseList, usePurchaseList } from './usePurchaseList.ts'

const PurchasePanel = later(() => import('./PurchasePanel.tsx').then((module) => module.PurchasePanel))
const PurchaseDrawer = later(() => import('./PurchaseDrawer.tsx').then((module) => module.PurchaseDrawer))

/** 采购: what is to be bought in one list with views, from the draft to what has arrived. */
export function PurchasesPage() {
  const t = useText(text)
  const navigate = useNavigate()
  const columns = usePurchaseColumns()
  const list = usePurchaseList(columns)
  const actions = useViewActions(list)
  const { selection, setSelection, settle } = useSelection(list.which)
  const { opened, step, position, open, placed, close, closeIf, stepBy } = useOpenedRow<Purchase>(list)
  const [creating, setCreating] = useState(false)
  const bulk = usePurchaseBulk(list, selection)
  const shown = shownColumns(columns, list.layout.layout).map(({ key }) => key)
  const openPage = (row: Purchase) => {
    rememberAddress(list.address)
    void navigate({ to: `/purchases/${row.id}` })
  }
  return (
    <main className="page">
      <Head list={list} actions={actions} columns={shown} onCreate={() => setCreating(true)} />
      <ToolBar tools={<ListTools list={list} actions={actions} columns={columns} />}>
        <SearchField label={t('search')} value={list.state.q} onChange={(q) => list.setState({ q })} />
        <NamedChip list={list} />
        <DirtyBar list={list} actions={actions} />
      </ToolBar>
      <div className="row grow mh0 stretch">
        {list.isAsked ? (
          <LazyTable<Purchase>
            label={t('purchases')}
            feature="purchases"
            columns={columns}
            rowKey={(row) => row.id}
            {...list.table}
            selection={selection}
            onSelection={setSelection}
            {...(bulk.length > 0 && { bulk })}
            openId={opened?.row.id ?? null}
            onOpen={open}
            onOpenPage={openPage}
            describe={describe}
            empty={<Empty list={list} onCreate={() => setCreating(true)} />}
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
          {opened && <PurchasePanel row={opened.row} position={position} onStep={stepBy} onOpen={openPage} onClose={close} />}
        </Suspense>
      </div>
      <Suspense>
        {creating && <PurchaseDrawer onClose={() => setCreating(false)} onCreated={openPage} onTakeBack={closeIf} />}
      </Suspense>
    </main>
  )
}

const Why = ({ list }: { list: PurchaseList }) => <NotAsked list={list} entity={useEntity(purchaseEntity)} related={[]} />

/** Who may make one, and how. */
function useMaking(onCreate: () => void) {
  const t = useText(text)
  return useCan('purchases.write')
    ? { id: 'purchases.create', label: t('newPurchase'), pinyin: 'xin jian cai gou', group: t('purchases'), run: onCreate }
    : undefined
}

type HeadProps = { list: PurchaseList; actions: ViewActions; columns: readonly string[]; onCreate: () => void }
function Head({ list, actions, columns, onCreate }: HeadProps) {
  const making = useMaking(onCreate)
  const mayExport = useCan('customers.export')
  return (
    <ListHead
      list={list}
      actions={actions}
      entity="purchase"
      making={making}
      {...(mayExport && { exported: { entity: 'purchase', columns } })}
    />
  )
}

function usePurchaseBulk(list: PurchaseList, selection: RowSelection) {
  const t = useText(text)
  const exporting = useExport()
  if (!useCan('customers.export')) return []
  return [
    {
      key: 'export',
      icon: <ExportOutlined />,
      label: t('export'),
      disabled: exporting.isRunning,
      onClick: () => exporting.start({ entity: 'purchase', selection: selectionInput(selection, list.which), format: 'xlsx' }),
    },
  ]
}

type FootProps = { list: PurchaseList; selection: RowSelection; columns: readonly string[] }
function Foot({ list, selection, columns }: FootProps) {
  const t = useText(text)
  return <ListFoot list={list} entity={useEntity(purchaseEntity)} columns={columns} selection={selection} words={t} />
}

function Empty({ list, onCreate }: { list: PurchaseList; onCreate: () => void }) {
  const t = useText(text)
  const making = useMaking(onCreate)
  return <ListEmpty list={list} what={t('purchase')} title={t('emptyTitle')} hint={t('emptyHint')} making={making} />
}

const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="purchases" onRetry={retry} />

const describe = (row: Purchase) => ({
  title: row.goods ?? row.number,
  facts: [<StateText key="state" row={row} />, row.number, row.supplier].filter(Boolean),
  state: <span className="num s12 t3">{row.expectedOn}</span>,
})
