import './leads.css'
import {
  EnvironmentOutlined,
  FileTextOutlined,
  MailOutlined,
  PhoneOutlined,
  SwapOutlined,
  WechatOutlined,
} from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode, RefObject } from 'react'
import { FOLLOW_UP_KINDS } from '../../../src-shared/features/follow-ups/entity.ts'
import type { Lead, LeadFollowUp, LeadMove } from '../../../src-shared/features/leads/model.ts'
import { Composer, type Draft } from '../../components/Composer.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Timeline, type TimelineEvent } from '../../components/Timeline.tsx'
import { useApi, useCan, useClock } from '../../kernel/context.tsx'
import { type Clock, formatInstant } from '../../kernel/format.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { type LeadWord, text } from './text.ts'

type Kind = (typeof FOLLOW_UP_KINDS)[number]
type T = Translate<LeadWord>
const ICONS: Readonly<Record<Kind, ReactNode>> = {
  call: <PhoneOutlined />,
  visit: <EnvironmentOutlined />,
  wechat: <WechatOutlined />,
  email: <MailOutlined />,
  note: <FileTextOutlined />,
}

type FeedProps = { row: Lead; input?: RefObject<HTMLTextAreaElement | null> }
export const useMaySay = (row: Lead): boolean =>
  useCan('leads.edit') && row.may?.edit === true && row.deletedAt === null && row.status !== 'converted'

/** Writes down what was said; the first words answer the lead. */
export function WriteToLead({ row, input }: FeedProps) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const { create } = useCreate((context) =>
    api.leads.followUp.mutationOptions({
      context,
      onSuccess: (saved) => undo.say(t('saidSaved'), { recordId: saved.id }),
    }),
  )
  const send = ({ kind, text: words, nextAt }: Draft<Kind>): Promise<boolean> =>
    create({ leadId: row.id, kind, text: words, ...(nextAt && { nextAt }) })
  return (
    <Composer<Kind>
      kinds={FOLLOW_UP_KINDS.map((value) => ({ value, label: t(`kind.${value}`), icon: ICONS[value] }))}
      draftKey={row.id}
      {...(input && { input })}
      onSend={send}
    />
  )
}

/** 动态: what was said and how it changed hands, by day. */
export function LeadFeed({ row, input: composer }: FeedProps) {
  const t = useText(text)
  const api = useApi()
  const clock = useClock()
  const input = { id: row.id }
  const maySay = useMaySay(row)
  const said = useQuery(api.leads.followUps.queryOptions({ input, meta: { shown: true } }))
  const moves = useQuery(api.leads.moves.queryOptions({ input, meta: { shown: true } }))
  const failed = said.error ?? moves.error
  if (failed)
    return <LoadFailed error={failed} feature="leads" onRetry={() => void Promise.all([said.refetch(), moves.refetch()])} />
  if (!said.data || !moves.data) return <SkeletonRows rows={4} height={44} />
  const events = [...said.data.map((one) => saidEvent(t, clock, one)), ...moves.data.map((one) => moveEvent(t, one))].toSorted(
    (a, b) => (a.at < b.at ? 1 : -1),
  )
  return (
    <div>
      {maySay && <WriteToLead row={row} {...(composer && { input: composer })} />}
      {events.length > 0 ? <Timeline events={events} /> : <Nothing>{t('noFeed')}</Nothing>}
    </div>
  )
}

const saidEvent = (
  t: T,
  clock: Clock,
  { id, kind, text: words, happenedAt, nextAt, authorName }: LeadFollowUp,
): TimelineEvent => ({
  key: id,
  at: happenedAt,
  icon: ICONS[kind],
  tone: 'brand',
  who: authorName ?? t('program'),
  what: t(`kind.${kind}`),
  said: <span className="lit">{words}</span>,
  ...(nextAt && { below: <span className="t3 s12">{t('nextAt', { at: formatInstant(nextAt, clock) })}</span> }),
})

const moveEvent = (t: T, move: LeadMove): TimelineEvent => ({
  key: move.id,
  at: move.at,
  icon: <SwapOutlined />,
  tone: 'ink',
  who: move.byName ?? t('program'),
  what: moveText(t, move),
})

/** How a lead came to somebody; who did it stands before. */
const moveText = (t: T, { kind, toName, fromName, poolName, ruleName }: LeadMove): string =>
  t(`move.${kind}`, {
    to: toName ?? t('nobody'),
    from: fromName ?? t('nobody'),
    pool: poolName ?? '',
    rule: ruleName ?? '',
  })
