import './opportunities.css'
import { type ComponentProps, Suspense, useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import type { ViewKind } from '../../../src-shared/features/views/plain.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import { SkeletonRows } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { ListTools } from '../../components/views/ListTools.tsx'
import { useApi, useCan, useMe } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { ImportButton } from '../imports/public.ts'
import { ListEmpty, ListPage, type OpenedCard, type RecordList, useOpenedCard, useRecordList } from '../lists/public.ts'
import { StageText, useOpportunityColumns } from './columns.tsx'
import { useOpportunityViews } from './systemViews.ts'
import { text } from './text.ts'
import { useBulk } from './useBulk.tsx'
import { useOpportunityEdits } from './useOpportunityEdits.ts'

const OpportunityPanel = later(() => import('./OpportunityPanel.tsx').then((module) => module.OpportunityPanel))
const OpportunityDrawer = later(() => import('./OpportunityDrawer.tsx').then((module) => module.OpportunityDrawer))
const LaterKinds = later(() => import('./board/Kinds.tsx').then((module) => module.Kinds))
const BoardTools = later(() => import('./board/BoardTools.tsx').then((module) => module.BoardTools))
const PipelineChoice = later(() => import('./board/BoardTools.tsx').then((module) => module.PipelineChoice))

const RELATED = [customerEntity]
const pageOf = ({ id }: Opportunity) => `/opportunities/${id}`

/** 商机: every deal being worked on in one list with views, and the record at its side. */
export function OpportunitiesPage() {
  const t = useText(text)
  const records = useRecordList<Opportunity>({
    entity: opportunityEntity,
    related: RELATED,
    to: '/opportunities',
    kinds: useKinds(),
    system: useOpportunityViews(),
    columns: useOpportunityColumns(),
    calls: useApi().opportunities,
    exports: ['opportunities.export', 'customers.export'],
    pageOf,
  })
  const { list, beside } = records
  const card = useOpenedCard<Opportunity>(list)
  const [creating, setCreating] = useState<Creating | null>(null)
  const { actions, dialogs } = useBulk(records)
  const making = useMaking(() => setCreating({}))
  const names = { one: t('opportunity'), many: t('opportunities') }
  const empty = (
    <ListEmpty list={list} what={names.one} title={t('emptyTitle')} hint={t('emptyHint')} making={making}>
      {making && <ImportButton kind="opportunity" />}
    </ListEmpty>
  )
  const takeBack = (row: Opportunity) => {
    beside.closeIf(row)
    card.closeIf(row)
  }
  return (
    <ListPage
      records={records}
      names={names}
      words={t}
      making={making}
      imports={<ImportButton kind="opportunity" />}
      bulk={actions}
      edits={useOpportunityEdits()}
      describe={describe}
      panel={(at) => <OpportunityPanel {...at} />}
      tools={<Tools records={records} />}
      before={<Suspense>{list.state.kind === 'board' && list.isAsked && <PipelineChoice list={list} />}</Suspense>}
      instead={
        list.state.kind === 'table' ? undefined : (
          <>
            <Kinds list={list} card={card} onAdd={(stageId) => setCreating({ stageId })} empty={empty} />
            <CardPanel card={card} />
          </>
        )
      }
    >
      {creating && <OpportunityDrawer {...creating} onClose={() => setCreating(null)} onTakeBack={takeBack} />}
      {dialogs}
    </ListPage>
  )
}

/** A calendar and a forecast go by days that one must be allowed to ask by. */
function useKinds(): readonly ViewKind[] {
  const me = useMe()
  const asks = (field: string) => mayAskBy(me, 'opportunity', field)
  return [
    'table',
    'board',
    ...(asks('nextAt') || asks('expectedOn') ? (['calendar'] as const) : []),
    ...(asks('expectedOn') ? (['forecast'] as const) : []),
  ]
}

function Kinds(props: ComponentProps<typeof LaterKinds>) {
  return (
    <Suspense fallback={<SkeletonRows rows={16} />}>
      <LaterKinds {...props} />
    </Suspense>
  )
}

/** The record beside a board, a calendar or a forecast. */
function CardPanel({ card }: { card: OpenedCard<Opportunity> }) {
  const { opened, stepBy, openPage, close } = card
  if (!opened) return null
  return (
    <Suspense>
      <OpportunityPanel row={opened.row} position={opened.place} onStep={stepBy} onOpen={openPage} onClose={close} />
    </Suspense>
  )
}

/** What the new one begins with. */
type Creating = { stageId?: Opportunity['stageId'] }

function Tools({ records: { list, actions, columns } }: { records: RecordList<Opportunity> }) {
  const t = useText(text)
  const standard = { board: t('sortEntered'), forecast: t('sortExpected'), table: undefined, calendar: undefined }
  return (
    <>
      <Suspense>{list.state.kind === 'board' && list.isAsked && <BoardTools list={list} />}</Suspense>
      <ListTools list={list} actions={actions} columns={columns} standardSort={standard[list.state.kind]} />
    </>
  )
}

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

const describe = (row: Opportunity) => ({
  title: row.name,
  facts: [<StageText key="stage" row={row} />, row.customerName, row.ownerName].filter(Boolean),
  state: <Money fen={row.amount} short />,
})
