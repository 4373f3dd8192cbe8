import { ExportOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { Suspense } from 'react'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { birthdayShown } from '../../../src-shared/kernel/birthday.ts'
import { Chip } from '../../components/marks.tsx'
import { ToolBar } from '../../components/page.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { LoadFailed } from '../../components/states.tsx'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { shownColumns } from '../../components/table/layout.ts'
import { type RowSelection, selectionInput } from '../../components/table/selection.ts'
import { useOpenedRow } from '../../components/table/useOpenedRow.ts'
import { useSelection } from '../../components/table/useSelection.ts'
import { PhoneText } from '../../components/values.tsx'
import { DirtyBar } from '../../components/views/DirtyBar.tsx'
import { ListFoot } from '../../components/views/ListFoot.tsx'
import { ListTools } from '../../components/views/ListTools.tsx'
import { NamedChip } from '../../components/views/NamedChip.tsx'
import { NotAsked } from '../../components/views/NotAsked.tsx'
import { useViewActions, type ViewActions } from '../../components/views/useViewActions.ts'
import { useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { useExport } from '../exports/public.ts'
import { useEntity } from '../fields/public.ts'
import { ListEmpty, ListHead } from '../lists/public.ts'
import { useContactColumns } from './columns.tsx'
import { text } from './text.ts'
import { useContactEdits } from './useContactEdits.ts'
import { type ContactList, useContactList } from './useContactList.ts'

const ContactPanel = later(() => import('./ContactPanel.tsx').then((module) => module.ContactPanel))

/** 联系人: everybody at one's customers in one list with views; whom he belongs to opens from here. */
export function ContactsPage() {
  const t = useText(text)
  const navigate = useNavigate()
  const columns = useContactColumns()
  const list = useContactList(columns)
  const actions = useViewActions(list)
  const edits = useContactEdits()
  const { selection, setSelection, settle } = useSelection(list.which)
  const { opened, step, position, open, placed, close, stepBy } = useOpenedRow<Contact>(list)
  const toCustomer = (row: Contact) => void navigate({ to: `/customers/${row.customerId}` })
  const bulk = useContactBulk(list, selection)
  const shown = shownColumns(columns, list.layout.layout).map(({ key }) => key)
  return (
    <main className="page">
      <Head list={list} actions={actions} columns={shown} />
      <ToolBar tools={<ListTools list={list} actions={actions} columns={columns} />}>
        <SearchField label={t('search')} value={list.state.q} onChange={(q) => list.setState({ q })} />
        <NamedChip list={list} />
        <DirtyBar list={list} actions={actions} />
      </ToolBar>
      <div className="row grow mh0 stretch">
        {list.isAsked ? (
          <LazyTable<Contact>
            label={t('contacts')}
            feature="contacts"
            columns={columns}
            rowKey={(row) => row.id}
            {...list.table}
            {...(bulk && { selection, onSelection: setSelection, bulk })}
            openId={opened?.row.id ?? null}
            onOpen={open}
            onOpenPage={toCustomer}
            {...edits}
            describe={(row) => describe(t, row)}
            empty={<Empty list={list} />}
            failed={failed}
            footer={<Foot list={list} selection={selection} columns={shown} />}
            step={step}
            onOpenAt={placed}
            onShown={settle}
          />
        ) : (
          <Why list={list} />
        )}
        <Suspense>
          {opened && <ContactPanel row={opened.row} position={position} onStep={stepBy} onOpen={toCustomer} onClose={close} />}
        </Suspense>
      </div>
    </main>
  )
}

const Why = ({ list }: { list: ContactList }) => (
  <NotAsked list={list} entity={useEntity(contactEntity)} related={[useEntity(customerEntity)]} />
)

function Head({ list, actions, columns }: { list: ContactList; actions: ViewActions; columns: readonly string[] }) {
  const mayExport = useCan('customers.export')
  return (
    <ListHead list={list} actions={actions} entity="contact" {...(mayExport && { exported: { entity: 'contact', columns } })} />
  )
}

type FootProps = { list: ContactList; selection: RowSelection; columns: readonly string[] }
function Foot({ list, selection, columns }: FootProps) {
  const t = useText(text)
  return <ListFoot list={list} entity={useEntity(contactEntity)} columns={columns} selection={selection} words={t} />
}

/** What can be done with many contacts at once; null where there is nothing to do. */
function useContactBulk(list: ContactList, selection: RowSelection): readonly BulkAction[] | null {
  const t = useText(text)
  const exporting = useExport()
  if (!useCan('customers.export')) return null
  const start = () => exporting.start({ entity: 'contact', selection: selectionInput(selection, list.which), format: 'xlsx' })
  return [{ key: 'export', icon: <ExportOutlined />, label: t('export'), disabled: exporting.isRunning, onClick: start }]
}

function Empty({ list }: { list: ContactList }) {
  const t = useText(text)
  const navigate = useNavigate()
  return (
    <ListEmpty list={list} what={t('contact')} title={t('emptyTitle')} hint={t('emptyHint')}>
      <Button type="primary" onClick={() => void navigate({ to: '/customers' })}>
        {t('toCustomers')}
      </Button>
    </ListEmpty>
  )
}

const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="contacts" onRetry={retry} />

const describe = (t: Translate<keyof (typeof text)['zh-CN']>, row: Contact) => ({
  title: row.name,
  ...(row.isPrimary && { level: <Chip tone="brand">{t('primary')}</Chip> }),
  facts: [row.customerName, row.birthday && t('bornOn', { day: birthdayShown(row.birthday) }), row.title].filter(
    (fact): fact is string => Boolean(fact),
  ),
  ...(row.phone && { state: <PhoneText phone={row.phone} /> }),
})
