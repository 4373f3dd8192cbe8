import './invoices.css'
import { Suspense, useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { invoiceEntity } from '../../../src-shared/features/invoices/entity.ts'
import type { Invoice } from '../../../src-shared/features/invoices/model.ts'
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
import { ListEmpty, ListHead } from '../lists/public.ts'
import { StatusText, useInvoiceColumns } from './columns.tsx'
import { text } from './text.ts'
import { useInvoiceBulk } from './useInvoiceBulk.tsx'
import { type InvoiceList, useInvoiceList } from './useInvoiceList.ts'

const InvoicePanel = later(() => import('./InvoicePanel.tsx').then((module) => module.InvoicePanel))
const InvoiceDrawer = later(() => import('./InvoiceDrawer.tsx').then((module) => module.InvoiceDrawer))

/** 发票: what was asked for, made out and handed over in one list with views, and one of them at its side. */
export function InvoicesPage() {
  const t = useText(text)
  const columns = useInvoiceColumns()
  const list = useInvoiceList(columns)
  const actions = useViewActions(list)
  const { selection, setSelection, settle } = useSelection(list.which)
  const { opened, step, position, open, placed, close, stepBy } = useOpenedRow<Invoice>(list)
  const [creating, setCreating] = useState(false)
  const bulk = useInvoiceBulk(list, selection, () => setSelection(NOTHING))
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
          <LazyTable<Invoice>
            label={t('invoices')}
            feature="invoices"
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
        <Suspense>{opened && <InvoicePanel row={opened.row} position={position} onStep={stepBy} onClose={close} />}</Suspense>
      </div>
      <Suspense>{creating && <InvoiceDrawer onClose={() => setCreating(false)} />}</Suspense>
    </main>
  )
}

const Why = ({ list }: { list: InvoiceList }) => (
  <NotAsked list={list} entity={useEntity(invoiceEntity)} related={[useEntity(customerEntity)]} />
)

/** Who may make one, and how. */
function useMaking(onCreate: () => void) {
  const t = useText(text)
  return useCan('invoices.create')
    ? { id: 'invoices.request', label: t('add'), pinyin: 'shen qing kai piao', group: t('invoices'), run: onCreate }
    : undefined
}

type HeadProps = { list: InvoiceList; actions: ViewActions; columns: readonly string[]; onCreate: () => void }
function Head({ list, actions, columns, onCreate }: HeadProps) {
  const making = useMaking(onCreate)
  const mayExport = useCan('customers.export')
  return (
    <ListHead
      list={list}
      actions={actions}
      entity="invoice"
      making={making}
      {...(mayExport && { exported: { entity: 'invoice', columns } })}
    />
  )
}

type FootProps = { list: InvoiceList; selection: RowSelection; columns: readonly string[] }
function Foot({ list, selection, columns }: FootProps) {
  const t = useText(text)
  return <ListFoot list={list} entity={useEntity(invoiceEntity)} columns={columns} selection={selection} words={t} />
}

function Empty({ list, onCreate }: { list: InvoiceList; onCreate: () => void }) {
  const t = useText(text)
  const making = useMaking(onCreate)
  return <ListEmpty list={list} what={t('invoice')} title={t('emptyTitle')} hint={t('emptyHint')} making={making} />
}

const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="invoices" onRetry={retry} />

const describe = (row: Invoice) => ({
  title: row.customerName ?? row.number,
  facts: [<StatusText key="status" row={row} />, row.requestedOn, row.number].filter(Boolean),
  state: <Money fen={row.amountFen} short />,
})
