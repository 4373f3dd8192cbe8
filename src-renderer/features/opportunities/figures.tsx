import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { rotting } from '../../../src-shared/features/opportunities/rules.ts'
import type { Figure } from '../../components/RecordLayout.tsx'
import { Dash, InstantText, Money } from '../../components/values.tsx'
import { fieldRightOf, useClock, useMe } from '../../kernel/context.tsx'
import { formatInstant, formatNumber } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { type OpportunityWord, text } from './text.ts'
import { usePipelines } from './words.ts'

/** The strip of six; only what one may see. */
export function useFigures(row: Opportunity): Figure[] {
  const t = useText(text)
  const me = useMe()
  const clock = useClock()
  const stage = usePipelines()
    .flatMap(({ stages }) => stages)
    .find(({ id }) => id === row.stageId)
  const label = (key: string) => fieldWord('opportunities', key)
  const { stageEnteredAt: since, rotsAt } = row
  const standing = since === null ? null : rotting(since, stage?.rotDays ?? null, new Date(clock.nowMs).toISOString())
  const rots = rotsAt !== null && Date.parse(rotsAt) <= clock.nowMs
  const all: Figure[] = [
    { key: 'amount', label: label('amount'), value: <Money fen={row.amount} short /> },
    {
      key: 'weighted',
      label: label('weighted'),
      value: <Money fen={row.weighted} short />,
      note: row.probability === null ? null : `${row.probability}%`,
    },
    { key: 'expectedOn', label: label('expectedOn'), value: row.expectedOn ?? <Dash /> },
    {
      key: 'stageEnteredAt',
      label: t('inStage'),
      value: standing ? (
        <span className={rots ? 'tbad' : undefined}>{t('days', { n: formatNumber(standing.days) })}</span>
      ) : (
        <Dash />
      ),
      note: rots ? (
        <span className="tbad">{t('rots', { n: stage?.rotDays ?? 0 })}</span>
      ) : (
        since && t('since', { at: formatInstant(since, clock) })
      ),
    },
    {
      key: 'nextAt',
      label: label('nextStep'),
      value: row.nextAt ? <InstantText at={row.nextAt} late={row.state === 'open'} /> : <Dash />,
      note: row.nextStep ?? (row.nextAt ? null : t('noNext')),
    },
    last(t, label, row),
  ]
  return all.filter(({ key }) => fieldRightOf(me, 'opportunity', key) !== 'hidden')
}

/** How good it looks while it is open, how it ended afterwards. */
function last(t: Translate<OpportunityWord>, label: (key: string) => string, row: Opportunity): Figure {
  const { state, score, lostReasonName, lostNote, closedOn } = row
  if (state === 'lost')
    return { key: 'lostReasonId', label: label('lostReasonId'), value: lostReasonName ?? <Dash />, note: lostNote }
  if (state === 'won') return { key: 'closedOn', label: label('closedOn'), value: closedOn ?? <Dash /> }
  if (score === null) return { key: 'score', label: label('score'), value: <Dash />, note: t('unrated') }
  return { key: 'score', label: label('score'), value: formatNumber(score) }
}
