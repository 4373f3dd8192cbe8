import './quotes.css'
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { quoteEntity } from '../../../src-shared/features/quotes/entity.ts'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import { ToolBar } from '../../components/page.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { EmptyState, FilteredEmpty, LoadFailed } from '../../components/states.tsx'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { shownColumns } from '../../components/table/layout.ts'
import { countSelected, NOTHING, type RowSelection } from '../../components/table/selection.ts'
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
import { ViewStar } from '../favourites/public.ts'
import { useEntity } from '../fields/public.ts'
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
      <Head list={list} actions={actions} onCreate={() => setCreating(true)} />
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

type HeadProps = { list: QuoteList; actions: ViewActions; onCreate: () => void }
function Head({ list, actions, onCreate }: HeadProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const mayCreate = useCan('quotes.create')
  const label = t('newQuote')
  useShortcut('Ctrl+N', mayCreate ? { label, group: t('quotes') } : null, onCreate)
  useShortcut('N', mayCreate ? { label, group: t('quotes') } : null, onCreate)
  useAction(mayCreate ? { id: 'quotes.create', label, pinyin: 'xin jian bao jia', keys: newKeys(), run: onCreate } : null)
  return (
    <ViewBar
      list={list}
      actions={actions}
      counts={useViewCounts(list, !isPhone)}
      star={<ViewStar entity="quote" tab={list.current} />}
    >
      {mayCreate && (
        <Button type="primary" icon={<PlusOutlined />} onClick={onCreate} aria-label={label}>
          {isPhone ? null : label}
        </Button>
      )}
    </ViewBar>
  )
}

type FootProps = { list: QuoteList; selection: RowSelection; columns: readonly string[] }
function Foot({ list, selection, columns }: FootProps) {
  const t = useText(text)
  return (
    <ListFoot
      list={list}
      entity={useEntity(quoteEntity)}
      columns={columns}
      selection={selection}
      selected={countSelected(selection, list.total) ?? 0}
      count={(n, capped) => t(capped ? 'countCapped' : 'count', { n })}
      selectedCount={(n) => t('selectedCount', { n })}
    />
  )
}

function Empty({ list, onCreate }: { list: QuoteList; onCreate: () => void }) {
  const t = useText(text)
  const mayCreate = useCan('quotes.create')
  const { conditions, clear } = nothingFound(list)
  if (conditions > 0) return <FilteredEmpty what={t('quote')} conditions={conditions} onClear={clear} />
  return (
    <EmptyState title={t('emptyTitle')} hint={t('emptyHint')}>
      {mayCreate && (
        <Button type="primary" icon={<PlusOutlined />} onClick={onCreate}>
          {t('newQuote')}
        </Button>
      )}
    </EmptyState>
  )
}

const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="quotes" onRetry={retry} />

const describe = (row: Quote) => ({
  title: row.name,
  facts: [<StatusText key="status" row={row} />, row.customerName, row.ownerName].filter(Boolean),
  state: <Money fen={row.totalFen} short />,
})
