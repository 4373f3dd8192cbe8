import { ClockCircleOutlined, PlusOutlined, SwapOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Popover, Select } from 'antd'
import { useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import { CUSTOMER_STATUSES } from '../../../src-shared/features/customers/entity.ts'
import { isOpenTo } from '../../../src-shared/features/customers/may.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { Chip } from '../../components/marks.tsx'
import { Person } from '../../components/Avatar.tsx'
import { NextDate } from '../../components/NextDate.tsx'
import { IconButton } from '../../components/page.tsx'
import { StatusPath } from '../../components/StatusPath.tsx'
import { fieldRightOf, useApi, useCan, useClock, useMe } from '../../kernel/context.tsx'
import { daysSince, formatDate, formatMinute } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { dueTone } from '../pools/public.ts'
import { recordText as text } from './recordText.ts'
import { useCustomerEdit } from './useCustomerEdit.ts'
import { useOwnerOptions, useTagOptions } from './useOptions.ts'
import { fieldWord, optionWord } from './words.tsx'

/** Whether a field of this customer may be changed from the head of his page. */
function useMayChange(customer: Customer, field: string): boolean {
  const me = useMe()
  const mayEdit = useCan('customers.edit') && isOpenTo(customer, 'edit')
  return mayEdit && fieldRightOf(me, 'customer', field) === 'write'
}

/** One field, saved at once; what is refused is said at the lower edge, and what was done where `say` words it. */
function useChange(customer: Customer, say?: (saved: Customer) => string) {
  const { editField } = useCustomerEdit(say)
  return async (field: string, value: string | string[] | null): Promise<void> => {
    const problem = await editField(customer, field, value)
    if (problem !== null) toast(problem, { tone: 'bad' })
  }
}

/** 潜在 → 跟进中 → 已成交, and 流失 beside it. */
export function CustomerPath({ customer }: { customer: Customer }) {
  const t = useText(text)
  const mayChange = useMayChange(customer, 'status')
  const change = useChange(customer)
  if (customer.status === null) return null
  return (
    <StatusPath
      label={fieldWord(t, 'status')}
      steps={CUSTOMER_STATUSES.map((value) => ({ value, label: optionWord(t, 'status', value), away: value === 'lost' }))}
      now={customer.status}
      {...(mayChange && { onChange: (value: string) => void change('status', value) })}
    />
  )
}

/** How long until a rule takes him into a pool; amber in the last days. */
export function PoolCountdown({ customer }: { customer: Customer }) {
  const t = useText(text)
  const clock = useClock()
  const { poolDueOn: on } = customer
  if (on === null || customer.deletedAt !== null) return null
  const left = Math.max(0, -daysSince(on, clock))
  return (
    <Chip tone={dueTone(left)}>
      <ClockCircleOutlined />
      {t(left === 0 ? 'poolToday' : 'poolIn', { n: left, on: formatDate(on, clock) })}
    </Chip>
  )
}

/** A tag more, from those there are or a new one. */
export function AddTag({ customer }: { customer: Customer }) {
  const t = useText(text)
  const [isOpen, setOpen] = useState(false)
  const options = useTagOptions()
  const change = useChange(customer)
  if (!useMayChange(customer, 'tags')) return null
  const add = (names: string[]) => {
    setOpen(false)
    void change('tags', [...customer.tags, ...names])
  }
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      destroyOnHidden
      content={
        <Select
          mode="tags"
          autoFocus
          defaultOpen
          // An empty list is no list: the box alone says what to do.
          notFoundContent={null}
          style={{ width: 220 }}
          placeholder={t('addTagHint')}
          aria-label={t('addTag')}
          options={options.filter(({ value }) => !customer.tags.includes(String(value)))}
          onChange={add}
        />
      }
    >
      <button type="button" className="bare tag-add" title={t('addTag')} aria-label={t('addTag')}>
        <PlusOutlined />
      </button>
    </Popover>
  )
}

/** 负责人, with the way to hand the customer over. */
export function Owner({ customer }: { customer: Customer }) {
  const t = useText(text)
  const mayChange = useMayChange(customer, 'ownerId') && customer.poolId === null
  const mayTransfer = useCan('customers.transfer') && isOpenTo(customer, 'transfer')
  return (
    <>
      {t('ownedBy')} {customer.ownerName ? <Person name={customer.ownerName} /> : <span className="t3">{t('unassigned')}</span>}
      {mayChange && mayTransfer && <ChangeOwner customer={customer} />}
    </>
  )
}

function ChangeOwner({ customer }: { customer: Customer }) {
  const t = useText(text)
  const [isOpen, setOpen] = useState(false)
  const [to, setTo] = useState<string | null>(null)
  const owners = useOwnerOptions()
  const change = useChange(customer, ({ ownerName }) => t('ownerChanged', { name: ownerName ?? '' }))
  const give = () => {
    setOpen(false)
    void change('ownerId', to)
  }
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      title={t('changeOwnerTo')}
      content={
        isOpen && (
          <div className="row g8">
            <Picker
              autoFocus
              style={{ width: 200 }}
              aria-label={t('changeOwnerTo')}
              value={to}
              onChange={setTo}
              options={owners.filter(({ value }) => value !== customer.ownerId)}
            />
            <Button type="primary" disabled={to === null} onClick={give}>
              {t('changeOwnerYes')}
            </Button>
          </div>
        )
      }
    >
      <span>
        <IconButton small icon={<SwapOutlined />} title={t('changeOwner')} onClick={() => setOpen(true)} />
      </span>
    </Popover>
  )
}

/** How many work on him; a click leads to who they are. */
export function TeamCount({ customer, onOpen }: { customer: Customer; onOpen: () => void }) {
  const t = useText(text)
  const team = useQuery(useApi().members.list.queryOptions({ input: { customerId: customer.id }, meta: { shown: true } }))
  const n = (team.data?.rows.length ?? 0) + (customer.ownerId === null ? 0 : 1)
  if (!team.data || n === 0) return null
  return (
    <>
      <span className="t4">·</span>
      <button type="button" className="bare tbrand" onClick={onOpen}>
        {t('teamOf', { n })}
      </button>
    </>
  )
}

/** When to come back, set from wherever one is on the page. */
export function NextPlan({ customer, label, short }: { customer: Customer; label?: string; short?: true }) {
  const t = useText(text)
  const clock = useClock()
  const change = useChange(customer, ({ nextFollowUpAt: at }) =>
    at ? t('nextPlanSaved', { when: formatMinute(at, clock) }) : t('planCleared'),
  )
  if (!useMayChange(customer, 'nextFollowUpAt')) return null
  return (
    <NextDate
      value={customer.nextFollowUpAt}
      onChange={(at) => void change('nextFollowUpAt', at)}
      {...(label && { label })}
      {...(short && { short })}
    />
  )
}
