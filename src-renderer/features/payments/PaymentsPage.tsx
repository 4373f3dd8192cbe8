import './payments.css'
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { paymentEntity } from '../../../src-shared/features/payments/entity.ts'
import type { Payment } from '../../../src-shared/features/payments/model.ts'
import { ToolBar } from '../../components/page.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { EmptyState, FilteredEmpty, LoadFailed } from '../../components/states.tsx'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { shownColumns } from '../../components/table/layout.ts'
import { countSelected, NOTHING, type RowSelection } from '../../components/table/selection.ts'
import { useOpenedRow } from '../../components/table/useOpenedRow.ts'
import { useSelection } from '../../components/table/useSelection.ts'
import { Money } from '../../components/values.tsx'
import { DirtyBar } from '../../components/views/DirtyBar.tsx'
import { ListFoot } from '../../components/views/ListFoot.tsx'
import { ListTools } from '../../components/views/ListTools.tsx'
import { NamedChip } from '../../components/views/NamedChip.tsx'
import { NotAsked } from '../../components/views/NotAsked.tsx'
import { nothingFound } from '../../components/views/nothingFound.ts'
import { useViewActions, type ViewActions } from '../../components/views/useViewActions.ts'
import { useViewCounts } from '../../components/views/useViewedList.ts'
import { ViewBar } from '../../components/views/ViewBar.tsx'
import { useAction } from '../../kernel/actions.ts'
import { useCan } from '../../kernel/context.tsx'
import { newKeys, useShortcut } from '../../kernel/keyboard.ts'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { ExportMenu } from '../exports/public.ts'
import { ViewStar } from '../favourites/public.ts'
import { useEntity } from '../fields/public.ts'
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

type HeadProps = { list: PaymentList; actions: ViewActions; columns: readonly string[]; onCreate: () => void }
function Head({ list, actions, columns, onCreate }: HeadProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const mayCreate = useCan('payments.write')
  const mayExport = useCan('customers.export')
  const label = t('add')
  useShortcut('Ctrl+N', mayCreate ? { label, group: t('payments') } : null, onCreate)
  useShortcut('N', mayCreate ? { label, group: t('payments') } : null, onCreate)
  useAction(mayCreate ? { id: 'payments.add', label, pinyin: 'deng ji hui kuan', keys: newKeys(), run: onCreate } : null)
  const what = () => ({
    entity: 'payment' as const,
    selection: { which: list.which, except: [] },
    columns: [...columns],
    ...(list.sort && { sort: list.sort }),
  })
  return (
    <ViewBar
      list={list}
      actions={actions}
      counts={useViewCounts(list, !isPhone)}
      star={<ViewStar entity="payment" tab={list.current} />}
    >
      {mayExport && !isPhone && <ExportMenu what={what} />}
      {mayCreate && (
        <Button type="primary" icon={<PlusOutlined />} onClick={onCreate} aria-label={label}>
          {isPhone ? null : label}
        </Button>
      )}
    </ViewBar>
  )
}

type FootProps = { list: PaymentList; selection: RowSelection; columns: readonly string[] }
function Foot({ list, selection, columns }: FootProps) {
  const t = useText(text)
  return (
    <ListFoot
      list={list}
      entity={useEntity(paymentEntity)}
      columns={columns}
      selection={selection}
      selected={countSelected(selection, list.total) ?? 0}
      count={(n, capped) => t(capped ? 'countCapped' : 'count', { n })}
      selectedCount={(n) => t('selectedCount', { n })}
    />
  )
}

function Empty({ list, onCreate }: { list: PaymentList; onCreate: () => void }) {
  const t = useText(text)
  const mayCreate = useCan('payments.write')
  const { conditions, clear } = nothingFound(list)
  if (conditions > 0) return <FilteredEmpty what={t('payment')} conditions={conditions} onClear={clear} />
  return (
    <EmptyState title={t('emptyTitle')} hint={t('emptyHint')}>
      {mayCreate && (
        <Button type="primary" icon={<PlusOutlined />} onClick={onCreate}>
          {t('add')}
        </Button>
      )}
    </EmptyState>
  )
}

const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="payments" onRetry={retry} />

const describe = (row: Payment) => ({
  title: row.customerName ?? row.number,
  facts: [<KindText key="kind" row={row} />, row.receivedOn, row.number].filter(Boolean),
  state: <Money fen={signed(row)} short />,
})
