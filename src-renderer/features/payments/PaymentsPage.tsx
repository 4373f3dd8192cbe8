import './payments.css'
import { Suspense, useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { paymentEntity } from '../../../src-shared/features/payments/entity.ts'
import type { Payment } from '../../../src-shared/features/payments/model.ts'
import { ToolBar } from '../../components/page.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { LoadFailed } from '../../components/states.tsx'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { shownColumns } from '../../components/table/layout.ts'
import { NOTHING, type RowSelection } from '../../components/table/selection.ts'
import { useOpenedRow } from '../../components/table/useOpenedRow.ts'
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
import { KindText, signed, usePaymentColumns } from './columns.tsx'
import { text } from './text.ts'
import { usePaymentBulk } from './usePaymentBulk.tsx'
import { type PaymentList, usePaymentList } from './usePaymentList.ts'

const PaymentPanel = later(() => import('./PaymentPanel.tsx').then((module) => module.PaymentPanel))
const PaymentDrawer = later(() => import('./PaymentDrawer.tsx').then((module) => module.PaymentDrawer))

/** 回款: money that came and went in one list with views, and what it is for at its side. */
export function PaymentsPage() {
  const t = useText(text)
  const columns = usePaymentColumns()
  const list = usePaymentList(columns)
  const actions = useViewActions(list)
  const { selection, setSelection, settle } = useSelection(list.which)
  const { opened, step, position, open, placed, close, stepBy } = useOpenedRow<Payment>(list)
  const [creating, setCreating] = useState(false)
  const bulk = usePaymentBulk(list, selection, () => setSelection(NOTHING))
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
          <LazyTable<Payment>
            label={t('payments')}
            feature="payments"
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
        <Suspense>{opened && <PaymentPanel row={opened.row} position={position} onStep={stepBy} onClose={close} />}</Suspense>
      </div>
      <Suspense>{creating && <PaymentDrawer onClose={() => setCreating(false)} />}</Suspense>
    </main>
  )
}

const Why = ({ list }: { list: PaymentList }) => (
  <NotAsked list={list} entity={useEntity(paymentEntity)} related={[useEntity(customerEntity)]} />
)

/** Who may make one, and how. */
function useMaking(onCreate: () => void) {
  const t = useText(text)
  return useCan('payments.write')
    ? { id: 'payments.add', label: t('add'), pinyin: 'deng ji hui kuan', group: t('payments'), run: onCreate }
    : undefined
}

type HeadProps = { list: PaymentList; actions: ViewActions; columns: readonly string[]; onCreate: () => void }
function Head({ list, actions, columns, onCreate }: HeadProps) {
  const making = useMaking(onCreate)
  const mayExport = useCan('customers.export')
  return (
    <ListHead
      list={list}
      actions={actions}
      entity="payment"
      making={making}
      {...(mayExport && { exported: { entity: 'payment', columns } })}
    >
      {making && <ImportButton kind="payment" />}
    </ListHead>
  )
}

type FootProps = { list: PaymentList; selection: RowSelection; columns: readonly string[] }
function Foot({ list, selection, columns }: FootProps) {
  const t = useText(text)
  return <ListFoot list={list} entity={useEntity(paymentEntity)} columns={columns} selection={selection} words={t} />
}

function Empty({ list, onCreate }: { list: PaymentList; onCreate: () => void }) {
  const t = useText(text)
  const making = useMaking(onCreate)
  return (
    <ListEmpty list={list} what={t('payment')} title={t('emptyTitle')} hint={t('emptyHint')} making={making}>
      {making && <ImportButton kind="payment" />}
    </ListEmpty>
  )
}

const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="payments" onRetry={retry} />

const describe = (row: Payment) => ({
  title: row.customerName ?? row.number,
  facts: [<KindText key="kind" row={row} />, row.receivedOn, row.number].filter(Boolean),
  state: <Money fen={signed(row)} short />,
})
