import { Select } from 'antd'
import { FUNNEL_GROUP_KEYS, type FunnelGroupKey } from '../../../src-shared/features/reports/keys.ts'
import type { Funnel, FunnelCell, FunnelDays, Group } from '../../../src-shared/features/reports/model.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import { Person } from '../../components/Avatar.tsx'
import { Dash } from '../../components/values.tsx'
import { useMe } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import type { OpenCell } from './FunnelPage.tsx'
import { Opens, Share, Wan } from './parts.tsx'
import { text } from './text.ts'
import type { Report } from './useReport.ts'

const EMPTY = {
  person: 'nobody',
  department: 'nowhere',
  source: 'noSource',
  product: 'noProduct',
  province: 'noRegion',
  city: 'noRegion',
  pipeline: 'none',
  month: 'stillOpen',
  quarter: 'stillOpen',
} as const
const FIELD: Partial<Record<FunnelGroupKey, readonly ['opportunity' | 'customer', string]>> = {
  person: ['opportunity', 'ownerId'],
  department: ['opportunity', 'ownerId'],
  source: ['opportunity', 'source'],
  product: ['opportunity', 'productId'],
  province: ['customer', 'province'],
  city: ['customer', 'city'],
  month: ['opportunity', 'closedOn'],
  quarter: ['opportunity', 'closedOn'],
}

/** Winning has a column of its own. */
const openSteps = ({ steps }: Funnel) => steps.filter(({ kind }) => kind === 'open')

type GroupsProps = { funnel: Funnel; days: FunnelDays | undefined; report: Report; onOpen: OpenCell }
/** A line per person, department, source …; the sum of the lines is the sum of the funnel. */
export function FunnelGroups({ funnel, days, report, onOpen }: GroupsProps) {
  const t = useText(text)
  const me = useMe()
  const { chosen, choose } = report
  const keys = FUNNEL_GROUP_KEYS.filter((key) => {
    const field = FIELD[key]
    return (!field || mayAskBy(me, field[0], field[1])) && (key !== 'pipeline' || report.pipelines.length > 1)
  })
  const total = { steps: funnel.steps, figures: funnel.figures }
  return (
    <section className="card rp-groups" aria-labelledby="rp-groups">
      <header className="ch">
        <h2 id="rp-groups">{t('groups')}</h2>
        <Select<FunnelGroupKey>
          size="small"
          aria-label={t('groupBy')}
          value={chosen.group}
          onChange={(group) => choose({ group })}
          prefix={t('by')}
          options={keys.map((value) => ({ value, label: t(`by_${value}`) }))}
          popupMatchSelectWidth={false}
        />
        <span className="more">{t('darker')}</span>
      </header>
      <div className="rp-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t(`by_${chosen.group}`)}</th>
              <th scope="col">{t('entered')}</th>
              {openSteps(funnel).map(({ stageId, name }) => (
                <th scope="col" key={stageId} className="rp-wide">
                  {name}
                </th>
              ))}
              <th scope="col">{t('won')}</th>
              <th scope="col">{t('amountWan')}</th>
              <th scope="col">{t('winRate')}</th>
              <th scope="col">{t('cycleShort')}</th>
            </tr>
          </thead>
          <tbody>
            {funnel.groups.map((group) => (
              <tr key={group.key ?? ''} data-group={group.key ?? ''}>
                <th scope="row">
                  <Name group={group} by={chosen.group} />
                </th>
                <Cells
                  {...group}
                  median={days?.groups.find(({ key }) => key === group.key)?.cycle?.median ?? null}
                  name={group.name ?? t(EMPTY[chosen.group])}
                  stages={openSteps(funnel)}
                  onOpen={(cell, title) => onOpen({ ...cell, group: group.key }, title)}
                />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('total')}</th>
              <Cells
                {...total}
                median={days?.cycle?.median ?? null}
                name={t('total')}
                stages={openSteps(funnel)}
                onOpen={onOpen}
              />
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}

function Name({ group: { name, depth }, by }: { group: Group; by: FunnelGroupKey }) {
  const t = useText(text)
  if (name === null || name === '') return <span className="t3">{t(EMPTY[by])}</span>
  if (by === 'person') return <Person name={name} />
  return (
    <span className="el" style={{ paddingLeft: depth * 16 }}>
      {name}
    </span>
  )
}

function Cells({
  steps,
  figures,
  median,
  name,
  stages,
  onOpen,
}: Pick<Group, 'steps' | 'figures'> & { median: number | null; name: string; stages: Funnel['steps']; onOpen: OpenCell }) {
  const t = useText(text)
  const open = (cell: FunnelCell, what: string) => () => onOpen(cell, `${name} · ${what}`)
  const { entered, won, winRate } = figures
  return (
    <>
      <td>
        <Opens n={entered.count} onOpen={open({ what: 'entered' }, t('entered'))} label={`${name} ${t('entered')}`} />
      </td>
      {stages.map(({ stageId, name: stage }, at) => (
        <td key={stageId} className="rp-wide">
          <Opens n={steps[at]?.count ?? 0} onOpen={open({ what: 'step', stageId }, stage)} label={`${name} ${stage}`} />
        </td>
      ))}
      <td>
        <Opens n={won.count} onOpen={open({ what: 'won' }, t('won'))} label={`${name} ${t('won')}`} />
      </td>
      <td>
        <Wan fen={won.amount} />
      </td>
      <td className="rp-heat" style={{ '--rp-heat': `${Math.round((winRate ?? 0) * 34)}%` } as never}>
        <Share value={winRate} />
      </td>
      <td className="num">{median === null ? <Dash /> : t('days', { n: formatNumber(median) })}</td>
    </>
  )
}
