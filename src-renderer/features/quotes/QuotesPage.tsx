import './quotes.css'
import { useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { quoteEntity } from '../../../src-shared/features/quotes/entity.ts'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import { Money } from '../../components/values.tsx'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { ImportButton } from '../imports/public.ts'
import { ListPage, type RecordList, useBulkWork, useRecordList, useTransfer } from '../lists/public.ts'
import { StatusText, useQuoteColumns } from './columns.tsx'
import { useQuoteViews } from './systemViews.ts'
import { text } from './text.ts'
import { STAYS } from './words.ts'

const QuotePanel = later(() => import('./QuotePanel.tsx').then((module) => module.QuotePanel))
const QuoteDrawer = later(() => import('./QuoteDrawer.tsx').then((module) => module.QuoteDrawer))

const RELATED = [customerEntity]
const pageOf = ({ id }: Quote) => `/quotes/${id}`

/** 报价: every offer in one list with views, and the record at its side. */
export function QuotesPage() {
  const t = useText(text)
  const records = useRecordList<Quote>({
    entity: quoteEntity,
    related: RELATED,
    to: '/quotes',
    system: useQuoteViews(),
    columns: useQuoteColumns(),
    calls: useApi().quotes,
    exports: ['quotes.export', 'customers.export'],
    pageOf,
  })
  const [creating, setCreating] = useState(false)
  const { bulk, dialog } = useBulk(records)
  const { openPage, beside } = records
  const create = () => setCreating(true)
  const making = { id: 'quotes.create', label: t('newQuote'), pinyin: 'xin jian bao jia', group: t('quotes'), run: create }
  return (
    <ListPage
      records={records}
      names={{ one: t('quote'), many: t('quotes') }}
      words={t}
      making={useCan('quotes.create') ? making : undefined}
      imports={<ImportButton kind="quote" />}
      bulk={bulk}
      describe={describe}
      panel={(at) => <QuotePanel {...at} />}
    >
      {creating && (
        <QuoteDrawer onClose={() => setCreating(false)} onCreated={(row) => openPage(row, 0)} onTakeBack={beside.closeIf} />
      )}
      {dialog}
    </ListPage>
  )
}

/** What can be done with many quotes at once; each ends in a toast with counts and a way back. */
function useBulk(records: RecordList<Quote>) {
  const t = useText(text)
  const { quotes } = useClient()
  const work = useBulkWork(records, { words: t, calls: quotes, mayRemove: useCan('quotes.delete'), stays: STAYS })
  const giving = useTransfer(records, work, {
    words: t,
    owners: useOwnerOptions(),
    may: useCan('quotes.transfer'),
    call: (selection, ownerId, options) => quotes.transferMany({ selection, ownerId }, options),
  })
  return { bulk: [...giving.actions, ...work.exporting, ...work.removing], dialog: giving.dialog }
}

const describe = (row: Quote) => ({
  title: row.name,
  facts: [<StatusText key="status" row={row} />, row.customerName, row.ownerName].filter(Boolean),
  state: <Money fen={row.totalFen} short />,
})
