import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { todoFilter } from '../../../src-shared/features/workbench/todo.ts'
import { Person } from '../../components/Avatar.tsx'
import { LevelChip } from '../../components/marks.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { type SimpleColumn, SimpleTable } from '../../components/SimpleTable.tsx'
import { Dash, RelativeTime } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { ListLink } from './ListLink.tsx'
import { text } from './text.ts'
import { useAsksBy, useCount } from './Todos.tsx'
import type { Looking } from './useWorkbench.ts'

const WriteDialog = later(() => import('./WriteDialog.tsx').then((module) => module.WriteDialog))
const SHOWN = 8

/** 遗忘提醒: whom nobody has spoken to for two weeks, those who have just slipped first, with what was said last. */
export function Forgotten({ looking }: { looking: Looking }) {
  const asksBy = useAsksBy()
  return asksBy('lastFollowUpAt') ? <Table looking={looking} /> : null
}

function Table({ looking: { whose, day } }: { looking: Looking }) {
  const t = useText(text)
  const api = useApi()
  const filter = todoFilter('quiet15', whose, day)
  const n = useCount(filter)
  const [writing, setWriting] = useState<Customer | null>(null)
  const found = useQuery(
    api.customers.list.queryOptions({
      input: { filter, sort: [{ field: 'lastFollowUpAt', direction: 'desc' }], limit: SHOWN },
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const rows = found.data?.rows ?? []
  const words = useQuery(
    api.workbench.lastWords.queryOptions({
      input: { customerIds: rows.map(({ id }) => id) },
      enabled: rows.length > 0,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  ).data
  const said = new Map(words?.map((one) => [one.customerId, one.text]))
  const columns = useColumns(said, setWriting)
  return (
    <section className="card wb-forgotten" aria-labelledby="wb-forgotten">
      <header className="ch">
        <h2 id="wb-forgotten">{t('forgotten')}</h2>
        <span className="t3 s12 el wb-hint">{t('forgottenHint')}</span>
        {n !== undefined && n > 0 && (
          <ListLink filter={filter} named={t('quiet15')} className="more">
            {t('seeAll', { n: formatNumber(n) })}
          </ListLink>
        )}
      </header>
      {found.error && !found.data && <LoadFailed error={found.error} feature="customers" onRetry={() => void found.refetch()} />}
      {!found.data && !found.error && <SkeletonRows rows={5} />}
      {found.data && (
        <SimpleTable rows={rows} columns={columns} rowKey={({ id }) => id} empty={<Nothing>{t('nothingForgotten')}</Nothing>} />
      )}
      <Suspense>{writing && <WriteDialog customer={writing} onClose={() => setWriting(null)} />}</Suspense>
    </section>
  )
}

function useColumns(said: ReadonlyMap<string, string>, onWrite: (row: Customer) => void): SimpleColumn<Customer>[] {
  const t = useText(text)
  const isPhone = useIsPhone()
  const mayWrite = useCan('followUps.write')
  const name: SimpleColumn<Customer> = {
    key: 'name',
    title: t('customer'),
    ...(!isPhone && { width: 210 }),
    render: (row) => (
      <span className="row g8">
        <Link to={`/customers/${row.id}`} className="el">
          {row.name}
        </Link>
        {row.level && <LevelChip level={row.level} />}
      </span>
    ),
  }
  const last: SimpleColumn<Customer> = {
    key: 'last',
    title: t('lastContact'),
    width: 88,
    align: 'right',
    render: (row) =>
      row.lastFollowUpAt ? <RelativeTime at={row.lastFollowUpAt} /> : <span className="t3">{t('neverContacted')}</span>,
  }
  const write: SimpleColumn<Customer> = {
    key: 'write',
    title: '',
    width: 84,
    align: 'right',
    render: (row) => (
      <Button type="link" size="small" className="row-act" onClick={() => onWrite(row)}>
        {t('write')}
      </Button>
    ),
  }
  if (isPhone) return [name, last, ...(mayWrite ? [write] : [])]
  return [
    name,
    {
      key: 'owner',
      title: t('owner'),
      width: 96,
      render: (row) => (row.ownerName ? <Person name={row.ownerName} /> : <Dash />),
    },
    last,
    {
      key: 'words',
      title: t('lastWords'),
      render: (row) => <span className="t2 el wb-words">{said.get(row.id) ?? <Dash />}</span>,
    },
    ...(mayWrite ? [write] : []),
  ]
}
