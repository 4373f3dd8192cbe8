import './opportunities.css'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import type { Opportunity, OpportunityId } from '../../../src-shared/features/opportunities/model.ts'
import { Person } from '../../components/Avatar.tsx'
import { RecordLayout, type RecordTab } from '../../components/RecordLayout.tsx'
import { ListCrumb, RecordFrame } from '../../components/RecordFrame.tsx'
import { fieldRightOf, useApi, useCan, useMe, useClient } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { OpportunityTalk, Team, useTalkCount, useTeam } from '../customers/public.ts'
import { Star } from '../favourites/public.ts'
import { MakeQuote } from '../quotes/public.ts'
import { MakeOrder } from '../orders/public.ts'
import { DeletedBanner, RemoveButton, useNeighbours } from '../lists/public.ts'
import { CustomerText } from './columns.tsx'
import { EvaluationTab } from './EvaluationTab.tsx'
import { useFigures } from './figures.tsx'
import { LinesTab } from './LinesTab.tsx'
import { OpportunityFields } from './OpportunityFields.tsx'
import { StagePath } from './StagePath.tsx'
import { StageTimes } from './Tabs.tsx'
import { useEntity } from '../fields/public.ts'
import { RecordHistory } from '../history/public.ts'
import { text } from './text.ts'

/** An opportunity in full. */
export function OpportunityRecordPage() {
  const t = useText(text)
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useQuery(useApi().opportunities.get.queryOptions({ input: { id: id as OpportunityId }, meta: { shown: true } }))
  const { restoreOpportunities } = useClient().recycleBin
  const mayRestore = useCan('opportunities.delete')
  return (
    <RecordFrame id={id} found={found} feature="opportunities" to="/opportunities" words={t} title={({ name }) => name}>
      {(row) => (
        <>
          {row.deletedAt && (
            <DeletedBanner
              id={row.id}
              words={t}
              mayRestore={mayRestore && row.may?.remove === true}
              call={restoreOpportunities}
            />
          )}
          <Record key={row.id} row={row} />
        </>
      )}
    </RecordFrame>
  )
}

function Record({ row }: { row: Opportunity }) {
  const t = useText(text)
  const [tab, setTab] = useState('talk')
  const figures = useFigures(row)
  const { list } = useApi().opportunities
  const neighbours = useNeighbours<Opportunity>(row.id, {
    to: '/opportunities',
    group: t('crumb'),
    page: (input) => list.queryOptions({ input }),
  })
  const talked = useTalkCount(row.id)
  const team = useTeam({ kind: 'opportunity', id: row.id }).data
  const readsScore = fieldRightOf(useMe(), 'opportunity', 'score') !== 'hidden'
  const tabs: RecordTab[] = [
    { key: 'talk', label: t('talk'), count: talked, content: <Talk row={row} /> },
    { key: 'lines', label: t('lines'), content: <LinesTab row={row} /> },
    ...(readsScore ? [{ key: 'evaluation', label: t('evaluation'), content: <EvaluationTab row={row} /> }] : []),
    { key: 'stages', label: t('stages'), content: <StageTimes row={row} /> },
    { key: 'team', label: t('team'), count: team?.rows.length, content: <Team of={{ ...row, kind: 'opportunity' }} /> },
    {
      key: 'history',
      label: t('history'),
      content: <RecordHistory entity={useEntity(opportunityEntity)} id={row.id} good={['created', 'won']} />,
    },
  ]
  return (
    <RecordLayout
      kind="opportunity"
      crumb={<ListCrumb to="/opportunities">{t('crumb')}</ListCrumb>}
      {...neighbours}
      name={row.name}
      firm={false}
      star={<Star entity="opportunity" id={row.id} />}
      marks={
        <>
          <CustomerText row={row} />
        </>
      }
      line={<StagePath row={row} />}
      actions={
        <>
          {row.deletedAt === null && <MakeQuote opportunityId={row.id} />}
          <MakeOrder row={row} />
          <Actions row={row} />
        </>
      }
      actionsNote={row.ownerName && <Person name={row.ownerName} />}
      figures={figures}
      fields={<OpportunityFields row={row} />}
      tabs={tabs}
      tab={tab}
      onTab={setTab}
    />
  )
}

/** What is said about it is said with its customer. */
function Talk({ row }: { row: Opportunity }) {
  const t = useText(text)
  const seen = row.customerName === null ? null : row.customerId
  const why =
    row.deletedAt !== null ? 'talkDeleted' : row.customerId === null ? 'talkWithNobody' : seen === null ? 'talkUnseen' : null
  return <OpportunityTalk opportunityId={row.id} customerId={seen} silence={why && t(why)} />
}

function Actions({ row }: { row: Opportunity }) {
  const t = useText(text)
  const { removeMany } = useClient().opportunities
  const mayRemove = useCan('opportunities.delete') && row.may?.remove === true && row.deletedAt === null
  return mayRemove && <RemoveButton id={row.id} to="/opportunities" words={t} call={removeMany} />
}
