import './reports.css'
import { useNavigate } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { Suspense, useState } from 'react'
import { RESPONSE_GROUP_KEYS, type ResponseGroupKey } from '../../../src-shared/features/reports/keys.ts'
import type { Response, ResponseCell, ResponseLine } from '../../../src-shared/features/reports/response.ts'
import { Person } from '../../components/Avatar.tsx'
import { mayAskBy } from '../../components/filter/askBy.ts'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useMe } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { ExportReport } from './ExportReport.tsx'
import { Minutes, Opens } from './parts.tsx'
import { ReportBar, ReportTabs } from './ReportHead.tsx'
import { text } from './text.ts'
import { type ResponseReport, useResponse } from './useResponse.ts'

const ResponseRows = later(() => import('./ResponseRows.tsx').then((module) => module.ResponseRows))
type OpenCell = (cell: ResponseCell, title: string) => void
const FIELD = { owner: 'ownerId', source: 'sourceId', pool: 'poolId' } as const
const EMPTY = { owner: 'nobody', source: 'noSource', pool: 'noPool' } as const

/** 线索响应: how soon leads were answered, in working time; every number opens its leads. */
export function ResponsePage() {
  const t = useText(text)
  const me = useMe()
  const report = useResponse()
  const { asked, found, error, chosen, choose, who } = report
  const [opened, setOpened] = useState<{ cell: ResponseCell; title: string } | null>(null)
  const keys = RESPONSE_GROUP_KEYS.filter((key) => mayAskBy(me, 'lead', FIELD[key]))
  const hasRows = (found.data?.total.arrived ?? 0) > 0
  return (
    <main className="page paper">
      <ReportTabs at="response" />
      <ReportBar report={{ ...report, pipelines: [], pipeline: null }}>
        <Segmented<ResponseGroupKey>
          aria-label={t('groupBy')}
          value={chosen.group}
          onChange={(group) => choose({ group })}
          options={keys.map((value) => ({ value, label: t(`answerBy_${value}`) }))}
        />
        <ExportReport name="response" report={asked && hasRows ? { name: 'response', asked } : null} />
      </ReportBar>
      <div className="rp-body">
        {!found.data && error && (
          <LoadFailed error={error} feature="reports" onRetry={() => void (who.error ? who.refetch() : found.refetch())} />
        )}
        {!found.data && !error && <SkeletonRows rows={8} height={40} />}
        {found.data && !hasRows && <Empty />}
        {found.data && hasRows && (
          <Whole found={found.data} report={report} onOpen={(cell, title) => setOpened({ cell, title })} />
        )}
      </div>
      <Suspense>
        {opened && asked && (
          <ResponseRows title={opened.title} asked={asked} cell={opened.cell} onClose={() => setOpened(null)} />
        )}
      </Suspense>
    </main>
  )
}

function Empty() {
  const t = useText(text)
  const navigate = useNavigate()
  return (
    <EmptyState title={t('emptyResponse')} hint={t('emptyResponseHint')}>
      <Button type="primary" onClick={() => void navigate({ to: '/leads' })}>
        {t('toLeads')}
      </Button>
    </EmptyState>
  )
}

type WholeProps = { found: Response; report: ResponseReport; onOpen: OpenCell }
function Whole({ found, report: { chosen }, onOpen }: WholeProps) {
  const t = useText(text)
  const by = chosen.group
  return (
    <section className="card rp-groups" aria-labelledby="rp-response">
      <header className="ch">
        <h2 id="rp-response">{t('response')}</h2>
        <span className="t3 s12 rp-hint">{t('workTime')}</span>
      </header>
      <div className="rp-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t(`answerBy_${by}`)}</th>
              <th scope="col">{t('arrived')}</th>
              <th scope="col">{t('answered')}</th>
              <th scope="col">{t('waiting')}</th>
              <th scope="col" className="rp-wide">
                {t('closed')}
              </th>
              <th scope="col" className="rp-first">
                {t('medianAnswer')}
              </th>
              <th scope="col">{t('p90Answer')}</th>
            </tr>
          </thead>
          <tbody>
            {found.groups.map((group) => {
              const name = group.name ?? t(EMPTY[by])
              return (
                <tr key={group.key ?? ''} data-group={group.key ?? ''}>
                  <th scope="row">
                    {group.name === null ? <span className="t3">{name}</span> : by === 'owner' ? <Person name={name} /> : name}
                  </th>
                  <Cells line={group} name={name} onOpen={(cell, title) => onOpen({ ...cell, group: group.key }, title)} />
                </tr>
              )
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('total')}</th>
              <Cells line={found.total} name={t('total')} onOpen={onOpen} />
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}

function Cells({ line, name, onOpen }: { line: ResponseLine; name: string; onOpen: OpenCell }) {
  const t = useText(text)
  const open = (what: ResponseCell['what'], word: string) => () => onOpen({ what }, `${name} · ${word}`)
  return (
    <>
      {(['arrived', 'answered', 'waiting', 'closed'] as const).map((what) => (
        <td key={what} {...(what === 'closed' && { className: 'rp-wide' })}>
          <Opens n={line[what]} label={`${name} ${t(what)}`} onOpen={open(what, t(what))} />
        </td>
      ))}
      <td className="rp-first">
        <Minutes value={line.median} label={`${name} ${t('medianAnswer')}`} onOpen={open('answered', t('answered'))} />
      </td>
      <td>
        <Minutes value={line.p90} label={`${name} ${t('p90Answer')}`} onOpen={open('slow', t('p90Answer'))} />
      </td>
    </>
  )
}
