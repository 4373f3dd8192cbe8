import './approvals.css'
import { CheckOutlined, CloseOutlined, RollbackOutlined, SendOutlined, SwapOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { ApprovalInFull, Decision } from '../../../src-shared/features/approvals/model.ts'
import { Chip } from '../../components/marks.tsx'
import { Timeline, type TimelineEvent } from '../../components/Timeline.tsx'
import { Dash, InstantText, Money } from '../../components/values.tsx'
import { type Translate, useText } from '../../kernel/text.ts'
import { Decide } from './Decide.tsx'
import { type ApprovalWord, text } from './text.ts'
import { placeOf, seatsText, STATUS_TONE, stepText, subjectWord, whyText } from './words.ts'

const ICONS: Readonly<Record<Decision['decision'], ReactNode>> = {
  approved: <CheckOutlined />,
  rejected: <CloseOutlined />,
  delegated: <SwapOutlined />,
  withdrawn: <RollbackOutlined />,
}

function eventsOf(t: Translate<ApprovalWord>, row: ApprovalInFull): TimelineEvent[] {
  const decisions = row.history.map((one): TimelineEvent => {
    const who = one.delegateOfName
      ? t('insteadOf', { name: one.approverName ?? '', of: one.delegateOfName })
      : (one.approverName ?? '')
    const said = [one.because && t(`because_${one.because}`), one.note].filter(Boolean).join(' · ')
    return {
      key: one.id,
      at: one.at,
      icon: ICONS[one.decision],
      tone: one.decision === 'approved' ? 'ok' : 'info',
      who,
      what: (
        <>
          {t(`did_${one.decision}`, { to: one.passedToName ?? '' })}
          {said && <span className="t3"> {said}</span>}
        </>
      ),
    }
  })
  const begun: TimelineEvent = {
    key: 'begun',
    at: row.startedAt,
    icon: <SendOutlined />,
    tone: 'info',
    who: row.applicantName ?? '',
    what: (
      <>
        {t('asked')}
        {row.note && <span className="t3"> {row.note}</span>}
      </>
    ),
  }
  return [...decisions.toReversed(), begun]
}

/** A request in full: what it is about, why it is asked, who is asked now, what happened. */
export function ApprovalCard({ row, withLink = false }: { row: ApprovalInFull; withLink?: boolean }) {
  const t = useText(text)
  const step = row.steps[row.step]
  const fact = (label: string, value: ReactNode) => (
    <div key={label}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
  return (
    <section className="approval" aria-label={row.title}>
      <div className="row g8">
        <span className="b el grow">{row.title}</span>
        <Chip tone={STATUS_TONE[row.status]}>{t(`status_${row.status}`)}</Chip>
      </div>
      <dl className="approval-facts">
        {fact(t('why'), whyText(t, row.summary))}
        {row.summary.customerName !== null && fact(t('customer'), row.summary.customerName)}
        {row.summary.amountFen !== null && fact(t('amount'), <Money fen={row.summary.amountFen} />)}
        {Boolean(row.summary.discountBp) &&
          fact(t('discount'), <span className="num">{(row.summary.discountBp ?? 0) / 100}%</span>)}
        {fact(t('applicant'), row.applicantName ?? <Dash />)}
        {fact(t('startedAt'), <InstantText at={row.startedAt} />)}
        {row.note && fact(t('said'), <span className="lit">{row.note}</span>)}
        {fact(t('flow'), row.flowName)}
      </dl>
      {row.status === 'pending' && step && (
        <p className="approval-turn">
          <span className="t3">{t('step', { n: row.step + 1, of: row.steps.length })}</span> {stepText(t, step)}
          <br />
          {t('waitsFor', { names: seatsText(t, row.seats) })}
        </p>
      )}
      <Decide row={row} />
      {withLink && row.opens && (
        <div className="gap-above">
          <Link {...placeOf(row)}>
            <Button size="small">{t('open', { what: subjectWord(row.subject).toLowerCase() })}</Button>
          </Link>
        </div>
      )}
      <div className="gap-above">
        <Timeline events={eventsOf(t, row)} />
      </div>
    </section>
  )
}
