import './opportunities.css'
import { ArrowLeftOutlined, DeleteOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { Opportunity, OpportunityId } from '../../../src-shared/features/opportunities/model.ts'
import { Person } from '../../components/Avatar.tsx'
import { confirm } from '../../components/confirm.ts'
import { RecordLayout, type RecordTab } from '../../components/RecordLayout.tsx'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { fieldRightOf, useApi, useCan, useMe } from '../../kernel/context.tsx'
import { failureOf } from '../../kernel/errors.ts'
import { rememberOpened } from '../../kernel/recent.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { OpportunityTalk, useTalkCount } from '../customers/public.ts'
import { Star } from '../favourites/public.ts'
import { MakeQuote } from '../quotes/public.ts'
import { MakeOrder } from '../orders/public.ts'
import { CustomerText } from './columns.tsx'
import { EvaluationTab } from './EvaluationTab.tsx'
import { useFigures } from './figures.tsx'
import { LinesTab } from './LinesTab.tsx'
import { lastAddress } from './listMemory.ts'
import { OpportunityFields } from './OpportunityFields.tsx'
import { StagePath } from './StagePath.tsx'
import { History, StageTimes } from './Tabs.tsx'
import { text } from './text.ts'
import { useNeighbours } from './useNeighbours.ts'

/** An opportunity in full. */
export function OpportunityRecordPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useQuery(useApi().opportunities.get.queryOptions({ input: { id: id as OpportunityId }, meta: { shown: true } }))
  if (found.data)
    return (
      <main className="page">
        {found.data.deletedAt && <DeletedBanner row={found.data} />}
        <Record key={found.data.id} row={found.data} />
      </main>
    )
  const { code } = failureOf(found.error) ?? {}
  if (code === 'NOT_FOUND' || code === 'BAD_REQUEST') return <Gone />
  if (found.error) return <LoadFailed error={found.error} feature="opportunities" onRetry={() => void found.refetch()} />
  return <SkeletonRows rows={18} height={40} />
}

function Record({ row }: { row: Opportunity }) {
  const t = useText(text)
  const [tab, setTab] = useState('talk')
  const figures = useFigures(row)
  const neighbours = useNeighbours(row.id)
  useEffect(() => rememberOpened({ to: `/opportunities/${row.id}`, title: row.name }), [row.id, row.name])
  const talked = useTalkCount(row.id)
  const readsScore = fieldRightOf(useMe(), 'opportunity', 'score') !== 'hidden'
  const tabs: RecordTab[] = [
    { key: 'talk', label: t('talk'), count: talked, content: <Talk row={row} /> },
    { key: 'lines', label: t('lines'), content: <LinesTab row={row} /> },
    ...(readsScore ? [{ key: 'evaluation', label: t('evaluation'), content: <EvaluationTab row={row} /> }] : []),
    { key: 'stages', label: t('stages'), content: <StageTimes row={row} /> },
    { key: 'history', label: t('history'), content: <History id={row.id} /> },
  ]
  return (
    <RecordLayout
      kind="opportunity"
      crumb={
        <Link to="/opportunities" search={lastAddress()} className="t3">
          <ArrowLeftOutlined /> {t('crumb')}
        </Link>
      }
      position={neighbours.position}
      onPrevious={neighbours.previous}
      onNext={neighbours.next}
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
  const undo = useUndo()
  const navigate = useNavigate()
  const mayRemove = useCan('opportunities.delete') && row.may?.remove === true && row.deletedAt === null
  const remove = useMutation(
    useApi().opportunities.removeMany.mutationOptions({
      onSuccess: ({ changed, batchId }) => {
        undo.say(t('removed', { n: changed }), { batchId })
        void navigate({ to: '/opportunities', search: lastAddress() })
      },
    }),
  )
  if (!mayRemove) return null
  const ask = async () => {
    const n = { n: 1 }
    const sure = await confirm({
      title: t('removeTitle', n),
      body: t('removeBody'),
      yes: t('removeYes', n),
      danger: true,
      undoable: true,
    })
    if (sure) remove.mutate({ selection: { ids: [row.id] } })
  }
  return (
    <Button icon={<DeleteOutlined />} loading={remove.isPending} onClick={() => void ask()}>
      {t('remove')}
    </Button>
  )
}

function DeletedBanner({ row }: { row: Opportunity }) {
  const t = useText(text)
  const undo = useUndo()
  const mayRestore = useCan('opportunities.delete') && row.may?.remove === true
  const restore = useMutation(
    useApi().recycleBin.restoreOpportunities.mutationOptions({
      onSuccess: ({ batchId }) => undo.say(t('restored'), { batchId }),
    }),
  )
  return (
    <div className="banner lamp">
      {t('deletedBanner')}
      {mayRestore && (
        <Button size="small" loading={restore.isPending} onClick={() => restore.mutate({ selection: { ids: [row.id] } })}>
          {t('restore')}
        </Button>
      )}
    </div>
  )
}

/** Not there, or not for these eyes: the two look alike on purpose. */
function Gone() {
  const t = useText(text)
  return (
    <main className="page">
      <EmptyState title={t('goneTitle')} hint={t('goneHint')} links={<Link to="/opportunities">{t('crumb')}</Link>} />
    </main>
  )
}
