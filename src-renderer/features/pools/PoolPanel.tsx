import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { type ReactNode, useEffect } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { MyPool } from '../../../src-shared/features/pools/model.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { LevelChip } from '../../components/marks.tsx'
import { SidePanel } from '../../components/SidePanel.tsx'
import { EmptyState, LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import type { Column } from '../../components/table/columns.ts'
import { RelativeTime } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureOf } from '../../kernel/errors.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { useClaimBar } from './useClaimBar.ts'

type PoolPanelProps = {
  row: Customer
  pool: MyPool
  columns: readonly Column<Customer>[]
  isClaiming: boolean
  onClaim: () => void
  onAssign: () => void
  onClose: () => void
}

/** A customer of a pool beside the list, or over it on a phone: what may be seen before he is somebody's, and the way to claim him. */
export function PoolPanel(props: PoolPanelProps) {
  const isPhone = useIsPhone()
  const { row, onClose } = props
  if (!isPhone)
    return (
      <SidePanel onClose={onClose}>
        <Opened key={row.id} {...props} />
      </SidePanel>
    )
  return (
    <Drawer open placement="bottom" size="85%" title={props.pool.name} onClose={onClose} className="pool-sheet">
      <Opened key={row.id} {...props} />
    </Drawer>
  )
}

/** A pool may count what its members open; that is asked first, and what it answers is said here. */
function Opened(props: PoolPanelProps) {
  const t = useText(text)
  const { row, pool, onClose } = props
  const api = useApi()
  const { mutate, isSuccess, error } = useMutation(api.pools.open.mutationOptions({ meta: { shown: true } }))
  const counts = pool.dailyViews !== null
  useEffect(() => {
    if (counts) mutate({ id: row.id })
  }, [counts, mutate, row.id])
  const mayLook = !counts || isSuccess
  const customer = useQuery(api.customers.get.queryOptions({ input: { id: row.id }, enabled: mayLook, meta: { shown: true } }))
  const failed = error ?? customer.error
  if (failed && failureOf(failed)?.code === 'NOT_FOUND')
    return (
      <EmptyState title={t('gone')} hint={t('goneHint')}>
        <Button onClick={onClose}>{t('backToPool')}</Button>
      </EmptyState>
    )
  if (failed)
    return (
      <LoadFailed error={failed} feature="pools" onRetry={() => (error ? mutate({ id: row.id }) : void customer.refetch())} />
    )
  if (!customer.data) return <SkeletonRows rows={8} height={40} />
  return <Body {...props} row={customer.data} />
}

const NOT_HERE = new Set([
  'name',
  'level',
  'ownerId',
  'contact',
  'claim',
  'poolDueOn',
  'poolRule',
  'ownerSince',
  'nextFollowUpAt',
  'updatedAt',
])

function Body({ row, pool, columns, isClaiming, onClaim, onAssign }: PoolPanelProps) {
  const t = useText(text)
  const bar = useClaimBar(pool)(row)
  const facts = columns.filter(({ key }) => !NOT_HERE.has(key) && !pool.hidden.includes(key) && hasValue(row, key))
  return (
    <>
      <div className="panel-name">
        <div className="row g12">
          <Avatar firm={row.kind !== 'person'} name={row.name} size={40} />
          <div className="grow">
            <div className="b panel-title" title={row.name}>
              {row.name}
            </div>
            <div className="row g6 wrap panel-marks">
              {row.level && <LevelChip level={row.level} />}
              <span className="t3 s12">
                {t('entered')} <RelativeTime at={row.poolEnteredAt} />
              </span>
            </div>
          </div>
        </div>
        <div className="row g8 gap-above">
          {pool.mayClaim && (
            <Button type="primary" disabled={bar !== null} loading={isClaiming} onClick={onClaim}>
              {t('claim')}
            </Button>
          )}
          {pool.mayAssign && <Button onClick={onAssign}>{t('assign')}</Button>}
        </div>
        {pool.mayClaim && bar !== null && <div className="t3 s12 gap-above">{bar}</div>}
      </div>
      <Part title={t('facts')}>
        {facts.map((column) => (
          <div key={column.key} className="row pool-fact">
            <span className="t3 pool-label">{column.title}</span>
            <span className="grow">{column.render(row)}</span>
          </div>
        ))}
      </Part>
      <Said customer={row} />
    </>
  )
}

const hasValue = (row: Customer, key: string): boolean => {
  const value = key in row ? row[key as keyof Customer] : row.custom?.[key]
  return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="pool-part">
    <h3 className="t2 s12">{title}</h3>
    {children}
  </section>
)

const SAID = 10

function Said({ customer }: { customer: Customer }) {
  const t = useText(text)
  const may = useCan('followUps.read')
  const said = useQuery(
    useApi().followUps.ofCustomer.queryOptions({
      input: { customerId: customer.id, limit: SAID },
      enabled: may,
      meta: { shown: true },
    }),
  )
  if (!may) return null
  return (
    <Part title={t('followUps')}>
      {said.data?.rows.length === 0 && <Nothing>{t('noFollowUps')}</Nothing>}
      {said.data?.rows.map((one) => (
        <div key={one.id} className="pool-said">
          <div className="row g8 t3 s12">
            {one.authorName} <RelativeTime at={one.happenedAt} />
          </div>
          <div>{one.text}</div>
        </div>
      ))}
    </Part>
  )
}
