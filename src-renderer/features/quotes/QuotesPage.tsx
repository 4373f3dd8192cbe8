import './quotes.css'
import { Suspense, useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { quoteEntity } from '../../../src-shared/features/quotes/entity.ts'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
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
import { StatusText, useQuoteColumns } from './columns.tsx'
import { text } from './text.ts'
import { useBulk } from './useBulk.tsx'
import { type QuoteList, useOpenedQuote, useQuoteList } from './useQuoteList.ts'

const QuotePanel = later(() => import('./QuotePanel.tsx').then((module) => module.QuotePanel))
const QuoteDrawer = later(() => import('./QuoteDrawer.tsx').then((module) => module.QuoteDrawer))
const TransferDialog = later(() => import('./TransferDialog.tsx').then((module) => module.TransferDialog))

/** 报价: every offer in one list with views, and the record at its side. */
export function QuotesPage() {
  const t = useText(text)
  const columns = useQuoteColumns()
  const list = useQuoteList(columns)
  const actions = useViewActions(list)
  const { selection, setSelection, settle } = useSelection(list.which)
  const { opened, step, position, open, placed, close, closeIf, stepBy, openPage } = useOpenedQuote(list)
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
          <LazyTable<Quote>
            label={t('quotes')}
            feature="quotes"
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
          {opened && <QuotePanel row={opened.row} position={position} onStep={stepBy} onOpen={openPage} onClose={close} />}
        </Suspense>
      </div>
      <Suspense>
        {creating && <QuoteDrawer onClose={() => setCreating(false)} onCreated={openPage} onTakeBack={closeIf} />}
        {bulk.isAsking && <TransferDialog n={bulk.n} onTransfer={bulk.transfer} onClose={bulk.close} />}
      </Suspense>
    </main>
  )
}

const Why = ({ list }: { list: QuoteList }) => (
  <NotAsked list={list} entity={useEntity(quoteEntity)} related={[useEntity(customerEntity)]} />
)

/** Who may make one, and how. */
function useMaking(onCreate: () => void) {
  const t = useText(text)
  return useCan('quotes.create')
    ? { id: 'quotes.create', label: t('newQuote'), pinyin: 'xin jian bao jia', group: t('quotes'), run: onCreate }
    : undefined
}

type HeadProps = { list: QuoteList; actions: ViewActions; columns: readonly string[]; onCreate: () => void }
function Head({ list, actions, columns, onCreate }: HeadProps) {
  const making = useMaking(onCreate)
  const mayExport = [useCan('quotes.export'), useCan('customers.export')].every(Boolean)
  return (
    <ListHead
      list={list}
      actions={actions}
      entity="quote"
      making={making}
      {...(mayExport && { exported: { entity: 'quote', columns } })}
    >
      {making && <ImportButton kind="quote" />}
    </ListHead>
  )
}

type FootProps = { list: QuoteList; selection: RowSelection; columns: readonly string[] }
function Foot({ list, selection, columns }: FootProps) {
  const t = useText(text)
  return <ListFoot list={list} entity={useEntity(quoteEntity)} columns={columns} selection={selection} words={t} />
}

function Empty({ list, onCreate }: { list: QuoteList; onCreate: () => void }) {
  const t = useText(text)
  const making = useMaking(onCreate)
  return (
    <ListEmpty list={list} what={t('quote')} title={t('emptyTitle')} hint={t('emptyHint')} making={making}>
      {making && <ImportButton kind="quote" />}
    </ListEmpty>
  )
}

const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="quotes" onRetry={retry} />

const describe = (row: Quote) => ({
  title: row.name,
  facts: [<StatusText key="status" row={row} />, row.customerName, row.ownerName].filter(Boolean),
  state: <Money fen={row.totalFen} short />,
})
