import { DeleteOutlined, UndoOutlined } from '@ant-design/icons'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { Which } from '../../../src-shared/kernel/list.ts'
import { confirm } from '../../components/confirm.tsx'
import { PageHead } from '../../components/page.tsx'
import { EmptyState, LoadFailed } from '../../components/states.tsx'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { countSelected, NOTHING, type RowSelection, selectionInput } from '../../components/table/selection.ts'
import type { Column } from '../../components/table/columns.ts'
import { useLayout } from '../../components/table/useLayout.ts'
import { RelativeTime } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useCustomerColumns } from './columns.tsx'
import { text } from './text.ts'
import { useBulkResult } from './useBulk.tsx'

const WHICH: Which = { deleted: true }

/** 回收站: what was deleted, and its way back. */
export function RecycleBinPage() {
  const t = useText(text)
  const api = useApi()
  const navigate = useNavigate()
  const [selection, setSelection] = useState<RowSelection>(NOTHING)
  const unselect = useCallback(() => setSelection(NOTHING), [])
  const columns = useBinColumns(unselect)
  const { layout, setLayout } = useLayout('recycle-bin', columns)
  const counted = useQuery(api.customers.count.queryOptions({ input: WHICH, placeholderData: keepPreviousData }))
  const total = counted.data?.count
  const actions = useBinActions(selection, total, unselect)
  return (
    <main className="page">
      <PageHead title={t('recycleBin')} note={t('recycleHint')} />
      <LazyTable<Customer>
        label={t('recycleBin')}
        columns={columns}
        rowKey={(row) => row.id}
        page={(offset, limit) => api.customers.list.queryOptions({ input: { ...WHICH, offset, limit } })}
        resultKey="bin"
        total={total}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        density="compact"
        selection={selection}
        onSelection={setSelection}
        bulk={actions}
        openId={null}
        onOpen={(row) => void navigate({ to: `/customers/${row.id}` })}
        onOpenPage={(row) => void navigate({ to: `/customers/${row.id}` })}
        describe={(row) => ({
          title: row.name,
          facts: [row.ownerName, row.deletedAt && <RelativeTime key="at" at={row.deletedAt} />].filter(Boolean),
        })}
        empty={<EmptyState title={t('binEmpty')} />}
        failed={(error, retry) => <LoadFailed error={error} feature="customers" onRetry={retry} />}
        footer={<span className="t1">{t('count', { n: total === undefined ? '…' : formatNumber(total) })}</span>}
      />
    </main>
  )
}

function useBinColumns(onDone: () => void): readonly Column<Customer>[] {
  const t = useText(text)
  const columns = useCustomerColumns()
  const title = t('deletedAt')
  return useMemo(() => {
    const plain = columns
      .filter((column) => ['name', 'level', 'status', 'ownerId', 'phone', 'city'].includes(column.key))
      .map(({ edit: _, ...column }) => ({ ...column, sortable: false, hidden: false }))
    const deletedAt: Column<Customer> = {
      key: 'deletedAt',
      title,
      width: 108,
      align: 'right',
      render: (row) => <RelativeTime at={row.deletedAt} />,
    }
    const back: Column<Customer> = {
      key: 'restore',
      title: '',
      width: 84,
      align: 'right',
      render: (row) => <RestoreOne id={row.id} onDone={onDone} />,
    }
    return [...plain, deletedAt, back]
  }, [columns, title, onDone])
}

function RestoreOne({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useText(text)
  const restore = useRestore(onDone)
  return (
    <Button
      size="small"
      type="text"
      className="row-act"
      loading={restore.isPending}
      // The second click of a double click would tell of a customer that is no longer here.
      onClick={({ detail }) => detail <= 1 && restore.mutate({ selection: { ids: [id] } })}
    >
      {t('restore')}
    </Button>
  )
}

function useRestore(onDone: () => void) {
  const say = useBulkResult(onDone)
  return useMutation(useApi().customers.restoreMany.mutationOptions({ onSuccess: (result) => say('restored', result) }))
}

function useBinActions(selection: RowSelection, total: number | undefined, onDone: () => void) {
  const t = useText(text)
  const api = useApi()
  const mayPurge = useCan('customers.purge')
  const say = useBulkResult(onDone)
  const restore = useRestore(onDone)
  const purge = useMutation(api.customers.purgeMany.mutationOptions({ onSuccess: (result) => say('purged', result) }))
  const count = countSelected(selection, total) ?? 0
  const input = () => selectionInput(selection, WHICH)
  const askPurge = async () => {
    const n = formatNumber(count)
    const sure = await confirm({
      title: t('purgeTitle', { n }),
      body: t('purgeBody'),
      yes: t('purgeYes', { n }),
      danger: true,
      typed: count,
    })
    if (sure) purge.mutate({ selection: input(), confirmCount: count })
  }
  return [
    {
      key: 'restore',
      icon: <UndoOutlined />,
      label: t('restore'),
      disabled: restore.isPending,
      onClick: () => restore.mutate({ selection: input() }),
    },
    ...(mayPurge
      ? [
          {
            key: 'purge',
            icon: <DeleteOutlined />,
            label: t('purge'),
            danger: true,
            disabled: purge.isPending,
            onClick: () => void askPurge(),
          },
        ]
      : []),
  ]
}
