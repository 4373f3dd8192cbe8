import { Fragment, Suspense, useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { OPENED_BY_ME } from '../../../src-shared/kernel/filter/fields.ts'
import { LevelChip, StatusDot } from '../../components/marks.tsx'
import { ToolBar } from '../../components/page.tsx'
import { LoadFailed } from '../../components/states.tsx'
import type { Column } from '../../components/table/columns.ts'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { NOTHING } from '../../components/table/selection.ts'
import { shownColumns } from '../../components/table/layout.ts'
import { useSelection } from '../../components/table/useSelection.ts'
import { RelativeTime } from '../../components/values.tsx'
import { DirtyBar } from '../../components/views/DirtyBar.tsx'
import { ListTools } from '../../components/views/ListTools.tsx'
import { NotAsked } from '../../components/views/NotAsked.tsx'
import { useViewActions, type ViewActions } from '../../components/views/useViewActions.ts'
import { useEntity } from '../fields/public.ts'
import { DueChip } from '../pools/public.ts'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { CustomerFilters } from './CustomerFilters.tsx'
import { CustomersFoot } from './CustomersFoot.tsx'
import { CustomersHead, NoCustomers } from './CustomersHead.tsx'
import { CONTACT_COLUMN, useCustomerColumns } from './columns.tsx'
import { text } from './text.ts'
import { useBulk } from './useBulk.tsx'
import { useListEdits } from './useCustomerCells.ts'
import { type CustomerList, useCustomerList, useRelatedOfCustomers } from './useCustomerList.ts'
import { useMe } from '../../kernel/context.tsx'
import { quickOf } from './useSight.ts'
import { useOpened } from './useOpened.ts'
import { optionWord, STATUS_TONE, type T } from './words.tsx'

const BulkDialogs = later(() => import('./BulkDialogs.tsx').then((module) => module.BulkDialogs))
const CustomerPanel = later(() => import('./CustomerPanel.tsx').then((module) => module.CustomerPanel))
const CustomerDrawer = later(() => import('./CustomerDrawer.tsx').then((module) => module.CustomerDrawer))

/** 客户: the list with views, quick filters, inline and bulk editing, and the record at its side. */
export function CustomersPage() {
  const t = useText(text)
  const columns = useCustomerColumns()
  const list = useCustomerList(columns)
  const actions = useViewActions(list)
  const edits = useListEdits()
  const { selection, setSelection, settle } = useSelection(list.which)
  const { opened, position, step, open, placed, close, closeIf, stepBy, openPage } = useOpened(list)
  const [creating, setCreating] = useState(false)
  const bulk = useBulk(selection, list.which, list.table.total, () => setSelection(NOTHING))
  const shown = fieldsOf(shownColumns(columns, list.layout.layout))
  return (
    <main className="page">
      <CustomersHead list={list} actions={actions} columns={shown} onCreate={() => setCreating(true)} />
      <ToolBar tools={<Tools list={list} actions={actions} columns={columns} />}>
        <CustomerFilters list={list} keys={quickOf(useMe())} />
        <DirtyBar list={list} actions={actions} />
      </ToolBar>
      <div className="row grow mh0 stretch">
        {list.isAsked ? (
          <LazyTable<Customer>
            label={t('all')}
            feature="customers"
            columns={columns}
            rowKey={(row) => row.id}
            {...list.table}
            selection={selection}
            onSelection={setSelection}
            {...(bulk.actions.length > 0 && { bulk: bulk.actions })}
            openId={opened?.row.id ?? null}
            onOpen={open}
            onOpenPage={openPage}
            {...edits}
            describe={(row) => describe(t, row)}
            empty={<NoCustomers list={list} onCreate={() => setCreating(true)} />}
            failed={failed}
            footer={<CustomersFoot list={list} selection={selection} columns={shown} />}
            step={step}
            onOpenAt={placed}
            onShown={settle}
          />
        ) : (
          <Why list={list} />
        )}
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
      <Dialogs bulk={bulk} />
    </main>
  )
}

const Tools = (props: { list: CustomerList; actions: ViewActions; columns: readonly Column<Customer>[] }) => (
  <ListTools {...props} hasQuick alsoSorted={[{ key: OPENED_BY_ME, label: useText(text)('recentlyOpened') }]} />
)
const Why = ({ list }: { list: CustomerList }) => (
  <NotAsked list={list} entity={useEntity(customerEntity)} related={useRelatedOfCustomers()} />
)

const Dialogs = ({ bulk }: { bulk: ReturnType<typeof useBulk> }) => (
  <Suspense>
    {bulk.ownDialogs}
    {bulk.dialog && (
      <BulkDialogs dialog={bulk.dialog} n={bulk.n} selection={bulk.selection} onApply={bulk.apply} onClose={bulk.close} />
    )}
  </Suspense>
)

const fieldsOf = (columns: readonly { key: string }[]) => columns.map(({ key }) => key).filter((key) => key !== CONTACT_COLUMN)
const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="customers" onRetry={retry} />

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
