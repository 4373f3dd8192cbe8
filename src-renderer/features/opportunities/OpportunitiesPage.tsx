import './opportunities.css'
import { type ComponentProps, Suspense, useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { ToolBar } from '../../components/page.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { shownColumns } from '../../components/table/layout.ts'
import { NOTHING, type RowSelection } from '../../components/table/selection.ts'
import { useSelection } from '../../components/table/useSelection.ts'
import { Money } from '../../components/values.tsx'
import { DirtyBar } from '../../components/views/DirtyBar.tsx'
import { ListFoot } from '../../components/views/ListFoot.tsx'
import { ListTools } from '../../components/views/ListTools.tsx'
import { NamedChip } from '../../components/views/NamedChip.tsx'
import { NotAsked } from '../../components/views/NotAsked.tsx'
import { useViewActions, type ViewActions } from '../../components/views/useViewActions.ts'
import { useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { ImportButton } from '../imports/public.ts'
import { useEntity } from '../fields/public.ts'
import { ListEmpty, ListHead } from '../lists/public.ts'
import { StageText, useOpportunityColumns } from './columns.tsx'
import { text } from './text.ts'
import { useBulk } from './useBulk.tsx'
import { type OpenedCard, useOpenedCard } from './board/useOpenedCard.ts'
import { useOpportunityEdits } from './useOpportunityEdits.ts'
import { type OpportunityList, useOpenedOpportunity, useOpportunityList } from './useOpportunityList.ts'

const OpportunityPanel = later(() => import('./OpportunityPanel.tsx').then((module) => module.OpportunityPanel))
const OpportunityDrawer = later(() => import('./OpportunityDrawer.tsx').then((module) => module.OpportunityDrawer))
const LaterKinds = later(() => import('./board/Kinds.tsx').then((module) => module.Kinds))
const BoardTools = later(() => import('./board/BoardTools.tsx').then((module) => module.BoardTools))
const PipelineChoice = later(() => import('./board/BoardTools.tsx').then((module) => module.PipelineChoice))
const BulkDialogs = later(() => import('./BulkDialogs.tsx').then((module) => module.BulkDialogs))

/** 商机: every deal being worked on in one list with views, and the record at its side. */
export function OpportunitiesPage() {
  const t = useText(text)
  const columns = useOpportunityColumns()
  const list = useOpportunityList(columns)
  const actions = useViewActions(list)
  const edits = useOpportunityEdits()
  const { selection, setSelection, settle } = useSelection(list.which)
  const { opened, step, position, open, placed, close, closeIf, stepBy, openPage } = useOpenedOpportunity(list)
  const card = useOpenedCard(list)
  const [creating, setCreating] = useState<Creating | null>(null)
  const bulk = useBulk(selection, list.which, list.table.total, () => setSelection(NOTHING))
  const shown = shownColumns(columns, list.layout.layout).map(({ key }) => key)
  const empty = <Empty list={list} onCreate={() => setCreating({})} />
  const takeBack = (row: Opportunity) => {
    closeIf(row)
    card.closeIf(row)
  }
  return (
    <main className="page">
      <Head list={list} actions={actions} columns={shown} onCreate={() => setCreating({})} />
      <ToolBar tools={<Tools list={list} actions={actions} columns={columns} />}>
        <Suspense>{list.state.kind === 'board' && list.isAsked && <PipelineChoice list={list} />}</Suspense>
        <SearchField label={t('search')} value={list.state.q} onChange={(q) => list.setState({ q })} />
        <NamedChip list={list} />
        <DirtyBar list={list} actions={actions} />
      </ToolBar>
      <div className="row grow mh0 stretch">
        {list.isAsked && list.state.kind !== 'table' ? (
          <Kinds list={list} card={card} onAdd={(stageId) => setCreating({ stageId })} empty={empty} />
        ) : list.isAsked ? (
          <LazyTable<Opportunity>
            label={t('opportunities')}
            feature="opportunities"
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
            empty={empty}
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
          {list.state.kind === 'table' && opened && (
            <OpportunityPanel
              row={opened.row}
              position={position}
              onStep={stepBy}
              onOpen={(row) => openPage(row, opened.index)}
              onClose={close}
            />
          )}
          {list.state.kind !== 'table' && <CardPanel card={card} />}
        </Suspense>
      </div>
      <Suspense>
        {creating && <OpportunityDrawer {...creating} onClose={() => setCreating(null)} onTakeBack={takeBack} />}
        {bulk.dialog && (
          <BulkDialogs dialog={bulk.dialog} n={bulk.n} onTransfer={bulk.transfer} onMove={bulk.move} onClose={bulk.close} />
        )}
      </Suspense>
    </main>
  )
}

function Kinds(props: ComponentProps<typeof LaterKinds>) {
  return (
    <Suspense fallback={<SkeletonRows rows={16} />}>
      <LaterKinds {...props} />
    </Suspense>
  )
}

/** The record beside a board, a calendar or a forecast. */
function CardPanel({ card }: { card: OpenedCard }) {
  const { opened, stepBy, openPage, close } = card
  if (!opened) return null
  return <OpportunityPanel row={opened.row} position={opened.place} onStep={stepBy} onOpen={openPage} onClose={close} />
}

/** What the new one begins with. */
type Creating = { stageId?: Opportunity['stageId'] }

function Tools(props: { list: OpportunityList; actions: ViewActions; columns: ReturnType<typeof useOpportunityColumns> }) {
  const t = useText(text)
  const { list } = props
  const standard = { board: t('sortEntered'), forecast: t('sortExpected'), table: undefined, calendar: undefined }
  return (
    <>
      <Suspense>{list.state.kind === 'board' && list.isAsked && <BoardTools list={list} />}</Suspense>
      <ListTools {...props} standardSort={standard[list.state.kind]} />
    </>
  )
}

const Why = ({ list }: { list: OpportunityList }) => (
  <NotAsked list={list} entity={useEntity(opportunityEntity)} related={[useEntity(customerEntity)]} />
)

/** Who may make one, and how. */
function useMaking(onCreate: () => void) {
  const t = useText(text)
  return useCan('opportunities.create')
    ? {
        id: 'opportunities.create',
        label: t('newOpportunity'),
        pinyin: 'xin jian shang ji',
        group: t('opportunities'),
        run: onCreate,
      }
    : undefined
}

type HeadProps = { list: OpportunityList; actions: ViewActions; columns: readonly string[]; onCreate: () => void }
function Head({ list, actions, columns, onCreate }: HeadProps) {
  const making = useMaking(onCreate)
  const mayExport = [useCan('opportunities.export'), useCan('customers.export')].every(Boolean)
  return (
    <ListHead
      list={list}
      actions={actions}
      entity="opportunity"
      making={making}
      {...(mayExport && { exported: { entity: 'opportunity', columns } })}
    >
      {making && <ImportButton kind="opportunity" />}
    </ListHead>
  )
}

type FootProps = { list: OpportunityList; selection: RowSelection; columns: readonly string[] }
function Foot({ list, selection, columns }: FootProps) {
  const t = useText(text)
  return <ListFoot list={list} entity={useEntity(opportunityEntity)} columns={columns} selection={selection} words={t} />
}

function Empty({ list, onCreate }: { list: OpportunityList; onCreate: () => void }) {
  const t = useText(text)
  const making = useMaking(onCreate)
  return (
    <ListEmpty list={list} what={t('opportunity')} title={t('emptyTitle')} hint={t('emptyHint')} making={making}>
      {making && <ImportButton kind="opportunity" />}
    </ListEmpty>
  )
}

const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="opportunities" onRetry={retry} />

const describe = (row: Opportunity) => ({
  title: row.name,
  facts: [<StageText key="stage" row={row} />, row.customerName, row.ownerName].filter(Boolean),
  state: <Money fen={row.amount} short />,
})
