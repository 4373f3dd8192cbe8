import { Suspense, useState } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { LevelChip, StatusDot } from '../../components/marks.tsx'
import { ToolBar } from '../../components/page.tsx'
import { LoadFailed } from '../../components/states.tsx'
import { ColumnChooser } from '../../components/table/ColumnChooser.tsx'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { NOTHING } from '../../components/table/selection.ts'
import { shownColumns } from '../../components/table/layout.ts'
import { useLayout } from '../../components/table/useLayout.ts'
import { RelativeTime } from '../../components/values.tsx'
import { later } from '../../kernel/later.ts'
import { useCan } from '../../kernel/context.tsx'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { CustomerFilters, SortMenu } from './CustomerFilters.tsx'
import { CustomersFoot } from './CustomersFoot.tsx'
import { CustomersHead, NoCustomers } from './CustomersHead.tsx'
import { useCustomerColumns } from './columns.tsx'
import { text } from './text.ts'
import { useBulk } from './useBulk.tsx'
import { useCustomerEdit } from './useCustomerEdit.ts'
import { useCustomerList } from './useCustomerList.ts'
import { useOpened, useSelection } from './useOpened.ts'
import { optionWord, STATUS_TONE, type T } from './words.tsx'

const BulkDialogs = later(() => import('./BulkDialogs.tsx').then((module) => module.BulkDialogs))
const CustomerPanel = later(() => import('./CustomerPanel.tsx').then((module) => module.CustomerPanel))
const CustomerDrawer = later(() => import('./CustomerDrawer.tsx').then((module) => module.CustomerDrawer))

/** 客户: the list with views, quick filters, inline and bulk editing, and the record at its side. */
export function CustomersPage() {
  const t = useText(text)
  const list = useCustomerList()
  const columns = useCustomerColumns()
  const { layout, setLayout, density, setDensity } = useLayout('customers', columns)
  const { editCell } = useCustomerEdit()
  const { selection, setSelection, settle } = useSelection(list.which)
  const { opened, position, step, open, placed, close, closeIf, stepBy, openPage } = useOpened(list)
  const total = list.isTotalOld ? undefined : list.total
  const [creating, setCreating] = useState(false)
  const bulk = useBulk(selection, list.which, total, () => setSelection(NOTHING))
  const mayEdit = useCan('customers.edit')
  const isPhone = useIsPhone()
  return (
    <main className="page">
      <CustomersHead list={list} columns={shownColumns(columns, layout).map(keyOf)} onCreate={() => setCreating(true)} />
      <ToolBar
        tools={
          <>
            <SortMenu state={list.state} onState={list.setState} />
            {!isPhone && (
              <ColumnChooser columns={columns} layout={layout} onLayout={setLayout} density={density} onDensity={setDensity} />
            )}
          </>
        }
      >
        <CustomerFilters state={list.state} which={list.which} onState={list.setState} />
      </ToolBar>
      <div className="row grow mh0 stretch">
        <LazyTable<Customer>
          label={t('all')}
          columns={columns}
          rowKey={(row) => row.id}
          page={list.page}
          resultKey={list.resultKey}
          total={total}
          sort={list.state.sort}
          onSort={(sort) => list.setState({ sort })}
          layout={layout}
          onLayout={setLayout}
          density={density}
          selection={selection}
          onSelection={setSelection}
          bulk={bulk.actions}
          openId={opened?.row.id ?? null}
          onOpen={open}
          onOpenPage={openPage}
          {...(mayEdit && { onEdit: editCell })}
          describe={(row) => describe(t, row)}
          empty={<NoCustomers list={list} onCreate={() => setCreating(true)} />}
          failed={failed}
          footer={<CustomersFoot list={list} selected={bulk.n} />}
          step={step}
          onOpenAt={placed}
          onShown={settle}
        />
        <Suspense>
          {opened && (
            <CustomerPanel
              row={opened.row}
              position={position}
              onStep={stepBy}
              onOpen={(row) => openPage(row, opened.index)}
              onClose={close}
            />
          )}
          {creating && (
            <CustomerDrawer onClose={() => setCreating(false)} onCreated={(row) => open(row, 0)} onTakeBack={closeIf} />
          )}
        </Suspense>
      </div>
      <Suspense>
        {bulk.dialog && <BulkDialogs dialog={bulk.dialog} n={bulk.n} onApply={bulk.apply} onClose={bulk.close} />}
      </Suspense>
    </main>
  )
}

const keyOf = ({ key }: { key: string }) => key
const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="customers" onRetry={retry} />

const describe = (t: T, row: Customer) => ({
  title: row.name,
  ...(row.level && { level: <LevelChip level={row.level} /> }),
  facts: [row.ownerName, row.city, row.lastFollowUpAt && <RelativeTime key="last" at={row.lastFollowUpAt} />].filter(
    (fact) => fact !== null && fact !== '',
  ),
  ...(row.status && { state: <StatusDot tone={STATUS_TONE[row.status]}>{optionWord(t, 'status', row.status)}</StatusDot> }),
})
