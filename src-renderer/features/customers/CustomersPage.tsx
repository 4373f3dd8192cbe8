import { ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { LevelChip, StatusDot } from '../../components/marks.tsx'
import { ToolBar, ViewTabs } from '../../components/page.tsx'
import { FilteredEmpty, LoadFailed } from '../../components/states.tsx'
import { ColumnChooser } from '../../components/table/ColumnChooser.tsx'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { NOTHING, type RowSelection } from '../../components/table/selection.ts'
import { useLayout } from '../../components/table/useLayout.ts'
import { RelativeTime } from '../../components/values.tsx'
import { useAction } from '../../kernel/actions.ts'
import { useCan } from '../../kernel/context.tsx'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { hasPlace } from '../../kernel/places.ts'
import { useText } from '../../kernel/text.ts'
import { CustomerFilters, SortMenu } from './CustomerFilters.tsx'
import { CustomersEmpty } from './CustomersEmpty.tsx'
import { CustomersFoot } from './CustomersFoot.tsx'
import { useCustomerColumns } from './columns.tsx'
import { rememberPlace } from './listMemory.ts'
import { text } from './text.ts'
import { useBulk } from './useBulk.tsx'
import { useCustomerEdit } from './useCustomerEdit.ts'
import { useCustomerList, useViewCounts } from './useCustomerList.ts'
import { conditionsOf, readState, VIEWS, writeState } from './views.ts'
import { optionWord, STATUS_TONE, type T } from './words.tsx'

const BulkDialogs = lazy(() => import('./BulkDialogs.tsx').then((module) => ({ default: module.BulkDialogs })))
const CustomerPanel = lazy(() => import('./CustomerPanel.tsx').then((module) => ({ default: module.CustomerPanel })))
const CustomerDrawer = lazy(() => import('./CustomerDrawer.tsx').then((module) => ({ default: module.CustomerDrawer })))

type Opened = { id: string; index: number }

/** 客户: the list with views, quick filters, inline and bulk editing, and the record at its side. */
export function CustomersPage() {
  const t = useText(text)
  const navigate = useNavigate()
  const list = useCustomerList()
  const columns = useCustomerColumns()
  const { layout, setLayout, density, setDensity } = useLayout('customers', columns)
  const { editCell } = useCustomerEdit()
  const [selection, setSelection] = useState<RowSelection>(NOTHING)
  const [opened, setOpened] = useState<Opened | null>(null)
  const [step, setStep] = useState<{ index: number; by: number } | null>(null)
  const [creating, setCreating] = useState(false)
  const bulk = useBulk(selection, list.which, list.total, () => setSelection(NOTHING))
  const mayEdit = useCan('customers.edit')
  const stepBy = (by: number) => opened && setStep({ index: opened.index, by })
  const place = (id: string, index: number) =>
    rememberPlace({ which: list.which, sort: list.sort, index, total: list.total, address: writeState(list.state), id })
  const openPage = (row: Customer, index = opened?.id === row.id ? opened.index : -1) => {
    if (index >= 0) place(row.id, index)
    void navigate({ to: `/customers/${row.id}` })
  }
  return (
    <main className="page">
      <Head list={list} onCreate={() => setCreating(true)} />
      <ToolBar
        tools={
          <>
            <SortMenu state={list.state} onState={list.setState} />
            <ColumnChooser columns={columns} layout={layout} onLayout={setLayout} density={density} onDensity={setDensity} />
          </>
        }
      >
        <CustomerFilters state={list.state} which={list.which} onState={list.setState} />
      </ToolBar>
      <div className="row grow mh0 stretch">
        <LazyTable<Customer>
          columns={columns}
          rowKey={(row) => row.id}
          page={list.page}
          resultKey={list.resultKey}
          total={list.isTotalOld ? undefined : list.total}
          sort={list.state.sort}
          onSort={(sort) => list.setState({ sort })}
          layout={layout}
          onLayout={setLayout}
          density={density}
          selection={selection}
          onSelection={setSelection}
          bulk={bulk.actions}
          openId={opened?.id ?? null}
          onOpen={(row, index) => {
            place(row.id, index)
            setOpened({ id: row.id, index })
          }}
          onOpenPage={openPage}
          {...(mayEdit && { onEdit: editCell })}
          describe={(row) => describe(t, row)}
          empty={<Empty list={list} onCreate={() => setCreating(true)} />}
          failed={(error, retry) => <LoadFailed error={error} feature="customers" onRetry={retry} />}
          footer={<CustomersFoot list={list} selected={bulk.n} />}
          step={step}
        />
        <Suspense>
          {opened && (
            <CustomerPanel
              id={opened.id}
              position={{ index: opened.index, total: list.total }}
              onPrevious={() => stepBy(-1)}
              onNext={() => stepBy(1)}
              onOpen={(row) => openPage(row)}
              onClose={() => setOpened(null)}
            />
          )}
          {creating && (
            <CustomerDrawer onClose={() => setCreating(false)} onCreated={(row) => setOpened({ id: row.id, index: 0 })} />
          )}
        </Suspense>
      </div>
      <Suspense>
        {bulk.dialog && <BulkDialogs dialog={bulk.dialog} n={bulk.n} onApply={bulk.apply} onClose={bulk.close} />}
      </Suspense>
    </main>
  )
}

type List = ReturnType<typeof useCustomerList>

function Head({ list, onCreate }: { list: List; onCreate: () => void }) {
  const t = useText(text)
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const mayCreate = useCan('customers.create')
  const mayImport = useCan('imports.run') && hasPlace('/imports')
  const counts = useViewCounts(!isPhone)
  useShortcut('Ctrl+N', mayCreate ? { label: t('newCustomer'), group: t('all') } : null, onCreate)
  useShortcut('N', mayCreate ? { label: t('newCustomer'), group: t('all') } : null, onCreate)
  useAction(
    mayCreate
      ? { id: 'customers.create', label: t('newCustomer'), pinyin: 'xin jian ke hu', keys: 'Ctrl N', run: onCreate }
      : null,
  )
  return (
    <ViewTabs
      views={VIEWS.map((key) => ({ key, label: t(key), count: counts[key] }))}
      at={list.state.view}
      onChange={(view) => list.setState({ ...readState({}), view, sort: list.state.sort })}
    >
      {mayImport && !isPhone && (
        <Button icon={<ImportOutlined />} onClick={() => void navigate({ to: '/imports' })}>
          {t('import')}
        </Button>
      )}
      {mayCreate && (
        <Button type="primary" icon={<PlusOutlined />} onClick={onCreate} aria-label={t('newCustomer')}>
          {isPhone ? null : t('newCustomer')}
        </Button>
      )}
    </ViewTabs>
  )
}

function Empty({ list, onCreate }: { list: List; onCreate: () => void }) {
  const t = useText(text)
  const conditions = conditionsOf(list.state)
  if (conditions > 0 || list.state.view !== 'all') {
    return <FilteredEmpty what={t('customers')} conditions={conditions} onClear={() => list.setState(readState({}))} />
  }
  return <CustomersEmpty onCreate={onCreate} />
}

const describe = (t: T, row: Customer) => ({
  title: row.name,
  ...(row.level && { level: <LevelChip level={row.level} /> }),
  facts: [row.ownerName, row.city, row.lastFollowUpAt && <RelativeTime key="last" at={row.lastFollowUpAt} />].filter(
    (fact) => fact !== null && fact !== '',
  ),
  ...(row.status && { state: <StatusDot tone={STATUS_TONE[row.status]}>{optionWord(t, 'status', row.status)}</StatusDot> }),
})
