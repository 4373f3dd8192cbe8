import './orders.css'
import { Suspense, useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import { ToolBar } from '../../components/page.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { LoadFailed } from '../../components/states.tsx'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { shownColumns } from '../../components/table/layout.ts'
import { NOTHING, type RowSelection } from '../../components/table/selection.ts'
import { useSelection } from '../../components/table/useSelection.ts'
import { Money } from '../../components/values.tsx'
import { DirtyBar } from '../../components/views/DirtyBar.tsx'
import { ListFoot } from '../../components/views/ListFoot.tsx'
import { ListTools } from '../../components/views/ListTools.tsx'
import { NamedChip } from '../../components/views/NamedChip.tsx'
import { NotAsked } from '../../components/views/NotAsked.tsx'
import { useViewActions, type ViewActions } from '../../components/views/useViewActions.ts'
import { useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { useEntity } from '../fields/public.ts'
import { ImportButton } from '../imports/public.ts'
import { ListEmpty, ListHead } from '../lists/public.ts'
import { StatusText, useOrderColumns } from './columns.tsx'
import { text } from './text.ts'
import { useBulk } from './useBulk.tsx'
import { type OrderList, useOpenedOrder, useOrderList } from './useOrderList.ts'

const OrderPanel = later(() => import('./OrderPanel.tsx').then((module) => module.OrderPanel))
const OrderDrawer = later(() => import('./OrderDrawer.tsx').then((module) => module.OrderDrawer))
const TransferDialog = later(() => import('./TransferDialog.tsx').then((module) => module.TransferDialog))

/** 订单: everything that was sold in one list with views, and the record at its side. */
export function OrdersPage() {
  const t = useText(text)
  const columns = useOrderColumns()
  const list = useOrderList(columns)
  const actions = useViewActions(list)
  const { selection, setSelection, settle } = useSelection(list.which)
  const { opened, step, position, open, placed, close, stepBy, openPage } = useOpenedOrder(list)
  const [creating, setCreating] = useState(false)
  const bulk = useBulk(selection, list.which, list.table.total, () => setSelection(NOTHING))
  const shown = shownColumns(columns, list.layout.layout).map(({ key }) => key)
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
          <LazyTable<Order>
            label={t('orders')}
            feature="orders"
            columns={columns}
            rowKey={(row) => row.id}
            {...list.table}
            selection={selection}
            onSelection={setSelection}
            {...(bulk.actions.length > 0 && { bulk: bulk.actions })}
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
          {opened && <OrderPanel row={opened.row} position={position} onStep={stepBy} onOpen={openPage} onClose={close} />}
        </Suspense>
      </div>
      <Suspense>
        {creating && <OrderDrawer onClose={() => setCreating(false)} onCreated={openPage} />}
        {bulk.isGiving && <TransferDialog n={bulk.n} onApply={bulk.transfer} onClose={bulk.close} />}
      </Suspense>
    </main>
  )
}

const Why = ({ list }: { list: OrderList }) => (
  <NotAsked list={list} entity={useEntity(orderEntity)} related={[useEntity(customerEntity)]} />
)

/** Who may make one, and how. */
function useMaking(onCreate: () => void) {
  const t = useText(text)
  return useCan('orders.create')
    ? { id: 'orders.create', label: t('newOrder'), pinyin: 'xin jian ding dan', group: t('orders'), run: onCreate }
    : undefined
}

type HeadProps = { list: OrderList; actions: ViewActions; columns: readonly string[]; onCreate: () => void }
function Head({ list, actions, columns, onCreate }: HeadProps) {
  const making = useMaking(onCreate)
  const mayExport = [useCan('orders.export'), useCan('customers.export')].every(Boolean)
  return (
    <ListHead
      list={list}
      actions={actions}
      entity="order"
      making={making}
      {...(mayExport && { exported: { entity: 'order', columns } })}
    >
      {making && <ImportButton kind="order" />}
    </ListHead>
  )
}

type FootProps = { list: OrderList; selection: RowSelection; columns: readonly string[] }
function Foot({ list, selection, columns }: FootProps) {
  const t = useText(text)
  return <ListFoot list={list} entity={useEntity(orderEntity)} columns={columns} selection={selection} words={t} />
}

function Empty({ list, onCreate }: { list: OrderList; onCreate: () => void }) {
  const t = useText(text)
  const making = useMaking(onCreate)
  return (
    <ListEmpty list={list} what={t('order')} title={t('emptyTitle')} hint={t('emptyHint')} making={making}>
      {making && <ImportButton kind="order" />}
    </ListEmpty>
  )
}

const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="orders" onRetry={retry} />

const describe = (row: Order) => ({
  title: row.name,
  facts: [<StatusText key="status" row={row} />, row.customerName, row.ownerName].filter(Boolean),
  state: <Money fen={row.totalFen} short />,
})
