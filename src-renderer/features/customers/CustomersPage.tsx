import { EditOutlined, ImportOutlined, PhoneOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { Fragment, Suspense, useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { isOpenTo } from '../../../src-shared/features/customers/may.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { OPENED_BY_ME } from '../../../src-shared/kernel/filter/fields.ts'
import { LevelChip, StatusDot } from '../../components/marks.tsx'
import { FilteredEmpty, SkeletonRows } from '../../components/states.tsx'
import type { Swipe } from '../../components/table/PhoneList.tsx'
import { RelativeTime } from '../../components/values.tsx'
import { ListTools } from '../../components/views/ListTools.tsx'
import { nothingFound } from '../../components/views/nothingFound.ts'
import { runWhenOffered } from '../../kernel/actions.ts'
import { useCan, useMe } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { hasPlace } from '../../kernel/places.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { ListPage, type OpenedCard, useOpenedCard, useRecordsOf } from '../lists/public.ts'
import { DueChip } from '../pools/public.ts'
import { CustomerFilters } from './CustomerFilters.tsx'
import { CustomersEmpty } from './CustomersEmpty.tsx'
import { CONTACT_COLUMN, useCustomerColumns } from './columns.tsx'
import { text } from './text.ts'
import { useBulk } from './useBulk.tsx'
import { useListEdits } from './useCustomerCells.ts'
import { type CustomerList, RELATED_TO_CUSTOMERS, useCustomerList } from './useCustomerList.ts'
import { quickOf } from './useSight.ts'
import { optionWord, STATUS_TONE, type T, WRITE_ACTION } from './words.tsx'

const BulkDialogs = later(() => import('./BulkDialogs.tsx').then((module) => module.BulkDialogs))
const CustomerPanel = later(() => import('./CustomerPanel.tsx').then((module) => module.CustomerPanel))
const CustomerDays = later(() => import('./CustomerDays.tsx').then((module) => module.CustomerDays))
const CustomerDrawer = later(() => import('./CustomerDrawer.tsx').then((module) => module.CustomerDrawer))

const pageOf = ({ id }: Customer) => `/customers/${id}`

/** 客户: the list with views, quick filters, inline and bulk editing, and the record at its side. */
export function CustomersPage() {
  const t = useText(text)
  const columns = useCustomerColumns()
  const list = useCustomerList(columns)
  const related = RELATED_TO_CUSTOMERS
  const all = useRecordsOf<Customer>(list, { entity: customerEntity, related, columns, exports: ['customers.export'], pageOf })
  const records = { ...all, shown: all.shown.filter((key) => key !== CONTACT_COLUMN) }
  const { actions, beside } = records
  const [creating, setCreating] = useState(false)
  const bulk = useBulk(records)
  const card = useOpenedCard<Customer>(list)
  const swipeOf = useSwipe(all.openPage)
  const create = () => setCreating(true)
  const takeBack = (row: Customer) => {
    beside.closeIf(row)
    card.closeIf(row)
  }
  const making = { id: 'customers.create', label: t('newCustomer'), pinyin: 'xin jian ke hu', group: t('all'), run: create }
  return (
    <ListPage
      records={records}
      names={{ one: t('customers'), many: t('all') }}
      words={t}
      making={useCan('customers.create') ? making : undefined}
      head={<ToImports />}
      search={<CustomerFilters list={list} keys={quickOf(useMe())} />}
      tools={
        <ListTools
          list={list}
          actions={actions}
          columns={columns}
          hasQuick
          alsoSorted={[{ key: OPENED_BY_ME, label: t('recentlyOpened') }]}
        />
      }
      bulk={bulk.actions}
      edits={useListEdits()}
      describe={(row) => ({ ...describe(t, row), swipe: swipeOf(row) })}
      panel={(at) => <CustomerPanel {...at} />}
      instead={list.state.kind === 'calendar' ? <Days list={list} card={card} /> : undefined}
      empty={<NoCustomers list={list} onCreate={create} />}
    >
      {creating && (
        <CustomerDrawer onClose={() => setCreating(false)} onCreated={(row) => beside.open(row, 0)} onTakeBack={takeBack} />
      )}
      {bulk.ownDialogs}
      {bulk.dialog && (
        <BulkDialogs dialog={bulk.dialog} n={records.n} selection={records.chosen} onApply={bulk.apply} onClose={bulk.close} />
      )}
    </ListPage>
  )
}

/** 日历, and the record beside it. */
function Days({ list, card }: { list: CustomerList; card: OpenedCard<Customer> }) {
  const { opened, stepBy, openPage, close } = card
  return (
    <Suspense fallback={<SkeletonRows rows={16} />}>
      <CustomerDays list={list} card={card} />
      {opened && <CustomerPanel row={opened.row} position={null} onStep={stepBy} onOpen={openPage} onClose={close} />}
    </Suspense>
  )
}

/** The wizard knows by itself that customers are meant. */
function ToImports() {
  const t = useText(text)
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const mayImport = useCan('imports.run') && hasPlace('/imports')
  if (!mayImport || isPhone) return null
  return (
    <Button icon={<ImportOutlined />} onClick={() => void navigate({ to: '/imports' })}>
      {t('import')}
    </Button>
  )
}

/** Why there is nothing: the filter, or no customer at all. */
function NoCustomers({ list, onCreate }: { list: CustomerList; onCreate: () => void }) {
  const t = useText(text)
  const { conditions, clear } = nothingFound(list)
  if (conditions > 0) return <FilteredEmpty what={t('customers')} conditions={conditions} onClear={clear} />
  return <CustomersEmpty onCreate={onCreate} />
}

/** On a phone a row pushed to the left calls, and begins a follow-up. */
function useSwipe(openPage: (row: Customer, index: number) => void): (row: Customer) => readonly Swipe[] {
  const t = useText(text)
  const mayWrite = useCan('followUps.write')
  const write = (row: Customer) => {
    runWhenOffered(WRITE_ACTION)
    openPage(row, 0)
  }
  return (row) => {
    const number = [row.phone, row.phone2].find((phone) => phone && !phone.includes('*'))
    return [
      ...(number ? [{ key: 'call', label: t('swipeCall'), icon: <PhoneOutlined />, href: `tel:${number}` }] : []),
      ...(mayWrite && isOpenTo(row, 'say')
        ? [{ key: 'write', label: t('swipeWrite'), icon: <EditOutlined />, tone: 'ok' as const, run: () => write(row) }]
        : []),
    ]
  }
}

const describe = (t: T, row: Customer) => ({
  title: row.name,
  ...(row.level && { level: <LevelChip level={row.level} /> }),
  facts: [
    row.ownerName,
    row.city,
    row.lastFollowUpAt && (
      <Fragment key="last">
        {t('contacted')} <RelativeTime at={row.lastFollowUpAt} />
      </Fragment>
    ),
  ].filter((fact) => fact !== null && fact !== ''),
  state: (
    <DueChip customer={row}>
      {row.status && <StatusDot tone={STATUS_TONE[row.status]}>{optionWord(t, 'status', row.status)}</StatusDot>}
    </DueChip>
  ),
})
