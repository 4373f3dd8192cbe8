import './leads.css'
import { Suspense, useState } from 'react'
import { leadEntity } from '../../../src-shared/features/leads/entity.ts'
import type { Lead } from '../../../src-shared/features/leads/model.ts'
import { ToolBar } from '../../components/page.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { LoadFailed } from '../../components/states.tsx'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { shownColumns } from '../../components/table/layout.ts'
import { NOTHING, type RowSelection } from '../../components/table/selection.ts'
import { useSelection } from '../../components/table/useSelection.ts'
import { DirtyBar } from '../../components/views/DirtyBar.tsx'
import { ListFoot } from '../../components/views/ListFoot.tsx'
import { ListTools } from '../../components/views/ListTools.tsx'
import { NamedChip } from '../../components/views/NamedChip.tsx'
import { NotAsked } from '../../components/views/NotAsked.tsx'
import { useViewActions, type ViewActions } from '../../components/views/useViewActions.ts'
import { useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { useEntity } from '../fields/public.ts'
import { ImportButton } from '../imports/public.ts'
import { ListEmpty, ListHead } from '../lists/public.ts'
import { OwnerText, ResponseText, StatusText, useLeadColumns } from './columns.tsx'
import { text } from './text.ts'
import { useBulk } from './useBulk.tsx'
import { useLeadEdits } from './useLeadEdits.ts'
import { type LeadList, useOpenedLead, useLeadList } from './useLeadList.ts'

const LeadPanel = later(() => import('./LeadPanel.tsx').then((module) => module.LeadPanel))
const LeadDrawer = later(() => import('./LeadDrawer.tsx').then((module) => module.LeadDrawer))
const BulkDialogs = later(() => import('./BulkDialogs.tsx').then((module) => module.BulkDialogs))

/** 线索: everybody who asked, in one list with views, and the record at its side. */
export function LeadsPage() {
  const t = useText(text)
  const columns = useLeadColumns()
  const list = useLeadList(columns)
  const actions = useViewActions(list)
  const edits = useLeadEdits()
  const { selection, setSelection, settle } = useSelection(list.which)
  const { opened, step, position, open, placed, close, closeIf, stepBy, openPage } = useOpenedLead(list)
  const [creating, setCreating] = useState(false)
  const bulk = useBulk(selection, list.which, list.table.total, () => setSelection(NOTHING))
  const shown = shownColumns(columns, list.layout.layout).map(({ key }) => key)
  return (
    <main className="page">
      <Head list={list} actions={actions} columns={shown} onCreate={() => setCreating(true)} />
      <ToolBar tools={<ListTools list={list} actions={actions} columns={columns} />}>
        <SearchField label={t('search')} value={list.state.q} onChange={(q) => list.setState({ q })} />
        <NamedChip list={list} />
        <DirtyBar list={list} actions={actions} />
      </ToolBar>
      <div className="row grow mh0 stretch">
        {list.isAsked ? (
          <LazyTable<Lead>
            label={t('leads')}
            feature="leads"
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
            describe={describe}
            empty={<Empty list={list} onCreate={() => setCreating(true)} />}
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
          {opened && <LeadPanel row={opened.row} position={position} onStep={stepBy} onOpen={openPage} onClose={close} />}
        </Suspense>
      </div>
      <Suspense>
        {creating && <LeadDrawer onClose={() => setCreating(false)} onTakeBack={closeIf} />}
        {bulk.dialog && (
          <BulkDialogs dialog={bulk.dialog} n={bulk.n} onGive={bulk.give} onInvalidate={bulk.invalidate} onClose={bulk.close} />
        )}
      </Suspense>
    </main>
  )
}

const NONE: never[] = []
const Why = ({ list }: { list: LeadList }) => <NotAsked list={list} entity={useEntity(leadEntity)} related={NONE} />

/** Who may make one, and how. */
function useMaking(onCreate: () => void) {
  const t = useText(text)
  return useCan('leads.create')
    ? { id: 'leads.create', label: t('newLead'), pinyin: 'xin jian xian suo', group: t('leads'), run: onCreate }
    : undefined
}

type HeadProps = { list: LeadList; actions: ViewActions; columns: readonly string[]; onCreate: () => void }
function Head({ list, actions, columns, onCreate }: HeadProps) {
  const making = useMaking(onCreate)
  const mayExport = useCan('leads.export')
  return (
    <ListHead
      list={list}
      actions={actions}
      entity="lead"
      making={making}
      {...(mayExport && { exported: { entity: 'lead', columns } })}
    >
      {making && <ImportButton kind="lead" />}
    </ListHead>
  )
}

type FootProps = { list: LeadList; selection: RowSelection; columns: readonly string[] }
function Foot({ list, selection, columns }: FootProps) {
  const t = useText(text)
  return <ListFoot list={list} entity={useEntity(leadEntity)} columns={columns} selection={selection} words={t} />
}

function Empty({ list, onCreate }: { list: LeadList; onCreate: () => void }) {
  const t = useText(text)
  const making = useMaking(onCreate)
  return (
    <ListEmpty list={list} what={t('lead')} title={t('emptyTitle')} hint={t('emptyHint')} making={making}>
      {making && <ImportButton kind="lead" />}
    </ListEmpty>
  )
}

const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="leads" onRetry={retry} />

const describe = (row: Lead) => ({
  title: row.name,
  facts: [<StatusText key="status" row={row} />, <OwnerText key="owner" row={row} />, row.sourceName].filter(Boolean),
  state: <ResponseText row={row} />,
})
