import { Picker } from '../../components/Picker.tsx'
import type { Estate } from '../../../src-shared/features/handover/model.ts'
import { formatNumber } from '../../kernel/format.ts'
import { listed, useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { type Choices, type Kind, KINDS, useSuccessors } from './useHandover.ts'

const NAMES_AT_MOST = 6

/** Opportunities, quotes, orders, leads, departments, reports, teams, pools and shared views: each to one colleague, or given up. */
export function OtherParts({ estate, choices }: { estate: Estate; choices: Choices }) {
  const t = useText(text)
  const options = useSuccessors(estate.employee.id)
  const told: Record<Kind, { n: number; names: readonly string[] }> = {
    opportunities: { n: estate.opportunities, names: [] },
    quotes: { n: estate.quotes, names: [] },
    orders: { n: estate.orders, names: [] },
    leads: { n: estate.leads, names: [] },
    departments: of(estate.departments),
    reports: of(estate.reports),
    teams: { n: estate.teams, names: [] },
    pools: of(estate.pools.map(({ name, manages }) => ({ name: manages ? `${name}（${t('poolManages')}）` : name }))),
    views: of(estate.views),
  }
  return KINDS.filter((kind) => told[kind].n > 0).map((kind) => (
    <section key={kind} className="handover-part">
      <h3>
        {t(kind)}
        <span className="t3 num">{t('people', { n: formatNumber(told[kind].n) })}</span>
      </h3>
      <div>
        <Picker
          allowClear
          className="handover-select"
          placeholder={t(`${kind}Nobody`)}
          aria-label={t(kind)}
          value={choices.to(kind)}
          onChange={(id: string | undefined) => choices.give(kind, id)}
          options={options}
        />
        {told[kind].names.length > 0 && <span className="t3 s12 handover-hint">{listed(told[kind].names)}</span>}
      </div>
    </section>
  ))
}

function of(list: readonly { name: string }[]): { n: number; names: string[] } {
  const names = list.slice(0, NAMES_AT_MOST).map(({ name }) => name)
  return { n: list.length, names: list.length > NAMES_AT_MOST ? [...names, '…'] : names }
}
