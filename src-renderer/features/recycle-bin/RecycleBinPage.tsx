import './words.ts'
import { DeleteOutlined, UndoOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import type { BinKind, BinRow } from '../../../src-shared/features/recycle-bin/model.ts'
import { confirm } from '../../components/confirm.ts'
import { Chip } from '../../components/marks.tsx'
import { PageHead, ToolBar, ViewTabs } from '../../components/page.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { EmptyState, FilteredEmpty, LoadFailed } from '../../components/states.tsx'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import type { PhoneRow } from '../../components/table/PhoneList.tsx'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { countSelected, NOTHING, type RowSelection } from '../../components/table/selection.ts'
import { useLayout } from '../../components/table/useLayout.ts'
import { RelativeTime } from '../../components/values.tsx'
import { useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { titleOf, useBinColumns } from './columns.tsx'
import { type BinWord, text } from './text.ts'
import { type Bin, useBin, useBinCalls } from './useBin.ts'

/** 回收站: what was deleted, by whom, for how long it is kept, and its way back. */
export function RecycleBinPage() {
  const t = useText(text)
  const bin = useBin()
  const { kind, words } = bin
  const [selection, setSelection] = useState<RowSelection>(NOTHING)
  const unselect = useCallback(() => setSelection(NOTHING), [])
  const calls = useBinCalls(bin, unselect)
  const restoreOne = useRestoreOne(calls.restore)
  const columns = useBinColumns(kind, bin.keepDays !== null, restoreOne)
  const { layout, setLayout } = useLayout(`recycle-bin-${kind}`, columns)
  const bulk = useBulk(bin, selection, calls)
  const open = useOpen(restoreOne)
  const choose = (next: BinKind) => {
    unselect()
    bin.choose(next)
  }
  const keeps = bin.keepDays === null ? t('keptOn') : t('keptFor', { n: bin.keepDays })
  return (
    <main className="page">
      <PageHead title={t('recycleBin')} note={bin.isKnown ? keeps : null} />
      <ViewTabs views={bin.views} at={kind} onChange={choose} />
      <ToolBar>
        <SearchField key={kind} label={t(`search_${kind}`)} value={words} onChange={bin.setWords} />
      </ToolBar>
      <LazyTable<BinRow>
        key={kind}
        label={t('recycleBin')}
        feature="recycleBin"
        columns={columns}
        rowKey={(row) => row.id}
        page={bin.page}
        resultKey={`bin ${kind} ${words}`}
        total={bin.total}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        density="compact"
        selection={selection}
        onSelection={setSelection}
        {...(bulk.length > 0 && { bulk })}
        openId={null}
        onOpen={open}
        onOpenPage={open}
        describe={(row) => describe(t, row)}
        empty={<Empty bin={bin} />}
        failed={(error, retry) => <LoadFailed error={error} feature="recycleBin" onRetry={retry} />}
        footer={<span className="t1">{t('count', { n: bin.total === undefined ? '…' : formatNumber(bin.total) })}</span>}
        onShown={unselect}
      />
    </main>
  )
}

const describe = (t: Translate<BinWord>, row: BinRow): PhoneRow => ({
  title: titleOf(row),
  ...(row.bar && { level: <Chip tone="warn">{t(row.bar)}</Chip> }),
  facts: [
    row.kind === 'customer' ? row.ownerName : OF_NOBODY.has(row.kind) ? row.note : row.customerName,
    row.deletedBy && t('wasDeletedBy', { name: row.deletedBy }),
    <RelativeTime key="at" at={row.deletedAt} />,
  ].filter(Boolean),
  ...(row.daysLeft !== null && { state: <span className="num t3 s12">{t('days', { n: row.daysLeft })}</span> }),
})

function Empty({ bin }: { bin: Bin }) {
  const t = useText(text)
  if (bin.words) return <FilteredEmpty what={t('what')} conditions={1} onClear={() => bin.setWords('')} />
  const isAllEmpty = bin.views.every(({ count }) => count === 0)
  return <EmptyState title={t(isAllEmpty ? 'nothing' : `empty_${bin.kind}`)} hint={t('emptyHint')} />
}

type Calls = ReturnType<typeof useBinCalls>

/** Of one whose customer was deleted, too, it is asked whether both come back. */
function useRestoreOne(restore: Calls['restore']) {
  const t = useText(text)
  return useCallback(
    async (row: BinRow) => {
      const one: RowSelection = { all: false, ids: new Set([row.id]) }
      if (row.bar !== 'customerDeleted') return restore(one)
      const title = t('togetherTitle', { name: row.customerName ?? '' })
      if (await confirm({ title, body: t('togetherBody'), yes: t('togetherYes'), undoable: true })) restore(one, true)
    },
    [restore, t],
  )
}

/** The customer behind an entry; on the phone, where a row has no buttons, a part asks whether it should come back. */
function useOpen(restoreOne: (row: BinRow) => Promise<void>) {
  const t = useText(text)
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  return (row: BinRow) => {
    if (row.kind === 'product' && !row.mayRestore) return
    const to = `${OWN_PAGES[row.kind] ?? '/customers'}/${OWN_PAGES[row.kind] ? row.id : row.customerId}`
    if (row.kind !== 'product' && (!isPhone || row.kind === 'customer' || !row.mayRestore)) return void navigate({ to })
    if (row.bar === 'customerDeleted') return void restoreOne(row)
    void confirm({ title: t('restoreTitle', { name: titleOf(row) }), yes: t('restoreYes'), undoable: true }).then((yes) =>
      yes ? restoreOne(row) : undefined,
    )
  }
}

/** Kinds with a page of their own; what else hangs on a customer is looked at there. */
const OWN_PAGES: Partial<Record<BinRow['kind'], string>> = {
  opportunity: '/opportunities',
  quote: '/quotes',
  order: '/orders',
  lead: '/leads',
}
const OF_NOBODY: ReadonlySet<BinKind> = new Set(['product', 'lead'])
const MAY_RESTORE = {
  customer: 'customers.delete',
  contact: 'contacts.write',
  opportunity: 'opportunities.delete',
  order: 'orders.delete',
  payment: 'payments.write',
  invoice: 'invoices.create',
  quote: 'quotes.delete',
  lead: 'leads.delete',
  product: 'products.write',
  followUp: 'followUps.write',
  file: 'files.write',
} as const

function useBulk({ kind, total }: Bin, selection: RowSelection, { restore, purge, isBusy }: Calls): readonly BulkAction[] {
  const t = useText(text)
  const mayRestore = useCan(MAY_RESTORE[kind])
  const mayPurge = useCan('customers.purge') && kind !== 'product'
  const back: BulkAction = {
    key: 'restore',
    icon: <UndoOutlined />,
    label: t('restore'),
    disabled: isBusy,
    onClick: () => restore(selection),
  }
  const gone: BulkAction = {
    key: 'purge',
    icon: <DeleteOutlined />,
    label: t('purge'),
    danger: true,
    disabled: isBusy,
    onClick: () => void purge(selection, countSelected(selection, total) ?? 0),
  }
  return [...(mayRestore ? [back] : []), ...(mayPurge ? [gone] : [])]
}
