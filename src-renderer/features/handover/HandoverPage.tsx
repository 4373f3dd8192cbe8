import './handover.css'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Alert, Button, Checkbox, DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { Estate } from '../../../src-shared/features/handover/model.ts'
import { confirm } from '../../components/confirm.ts'
import { PageHead } from '../../components/page.tsx'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { useGone } from '../../kernel/gone.ts'
import { useText } from '../../kernel/text.ts'
import { OtherParts } from './OtherParts.tsx'
import { hasAnything, outlookOf } from './outlook.ts'
import { Shares } from './Shares.tsx'
import { Sharing } from './Sharing.tsx'
import { text } from './text.ts'
import { useChoices, useEstate, useRun, useSuccessors } from './useHandover.ts'

/** 离职交接: all that somebody leaves, and who gets it. */
export function HandoverPage() {
  const t = useText(text)
  const navigate = useNavigate()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const estate = useEstate(id)
  const back = () => void navigate({ to: '/settings/people' })
  const name = estate.data?.employee.name
  return (
    <main className="page handover-page">
      <PageHead title={name ? t('titleOf', { name }) : t('title')} note={t('note')} onBack={back} />
      {estate.isPending && <SkeletonRows rows={10} />}
      {estate.error && !estate.data && (
        <LoadFailed error={estate.error} feature="handover" onRetry={() => void estate.refetch()} />
      )}
      {estate.data && <Form key={estate.data.employee.id} estate={estate.data} onBack={back} />}
    </main>
  )
}

function Form({ estate, onBack }: { estate: Estate; onBack: () => void }) {
  const t = useText(text)
  const { today, gone } = useGone()
  const { employee } = estate
  const [leftOn, setLeftOn] = useState(dayjs(employee.leftOn ?? today))
  const choices = useChoices(estate)
  const run = useRun(estate)
  const day = leftOn.format('YYYY-MM-DD')
  const n = formatNumber(estate.customers)
  const successors = useSuccessors(employee.id)
  const ask = async () => {
    const { sentence, onlyCustomers } = outlookOf(estate, choices.plan, successors, t)
    const sure = await confirm({
      title: t('confirmTitle', { name: employee.name }),
      body: t('confirmBody', { outlook: sentence, name: employee.name, day }),
      yes: onlyCustomers ? t('confirmYes', { n }) : t('yes'),
      undoable: true,
    })
    if (sure) run.mutate({ plan: choices.plan, leftOn: day, overLimit: choices.overLimit })
  }
  return (
    <>
      <div className="settings-body handover-body">
        {employee.leftOn !== null && (
          <Alert
            type="info"
            className="gap-below"
            title={t(gone(employee) ? 'left' : 'leaves', { name: employee.name, day: employee.leftOn })}
            description={t('leftHint')}
          />
        )}
        {estate.customers + estate.binned > 0 && !estate.mayTransfer && (
          <Alert type="warning" className="gap-below" title={t('cannotTransfer')} />
        )}
        <Sharing estate={estate} choices={choices} />
        <OtherParts estate={estate} choices={choices} />
        <section className="handover-part">
          <h3>{t('leaving')}</h3>
          <div>
            <DatePicker
              value={leftOn}
              allowClear={false}
              onChange={(next) => next && setLeftOn(next)}
              aria-label={t('leaving')}
            />
            <span className="t3 s12 handover-hint">
              {t('leavingHint')}
              {estate.login !== null && ` · ${t('account', { login: estate.login })}`}
            </span>
          </div>
        </section>
        {hasAnything(estate) && <Shares choices={choices} />}
      </div>
      <footer className="row g8 handover-foot">
        {run.error && (
          <span className="field-error" role="alert">
            {failureText(run.error, 'handover')}
          </span>
        )}
        <span className="grow" />
        {choices.isOver && (
          <Checkbox checked={choices.overLimit} onChange={({ target }) => choices.setOverLimit(target.checked)}>
            {t('overLimit')}
          </Checkbox>
        )}
        <Button onClick={onBack}>{t('cancel')}</Button>
        <Button type="primary" disabled={!choices.mayRun} loading={run.isPending} onClick={() => void ask()}>
          {t('yes')}
        </Button>
      </footer>
    </>
  )
}
