import type { Given, OtherKind } from '../../../src-shared/features/handover/kinds.ts'
import { OTHER_KINDS } from '../../../src-shared/features/handover/kinds.ts'
import type { Estate, Plan } from '../../../src-shared/features/handover/model.ts'
import { othersIn, successorsIn } from '../../../src-shared/features/handover/rules.ts'
import { formatNumber } from '../../kernel/format.ts'
import { listed, type Translate } from '../../kernel/text.ts'
import { givenText } from './given.ts'
import type { HandoverWord } from './text.ts'

const NAMES_AT_MOST = 3
const KEPT = ['opportunities', 'quotes', 'orders', 'leads', 'views'] as const
const LOST = ['departments', 'reports', 'teams', 'pools'] as const

const countOf = (estate: Estate, kind: OtherKind): number => {
  const held = estate[kind]
  return typeof held === 'number' ? held : held.length
}
export const hasAnything = (estate: Estate): boolean =>
  estate.customers > 0 || OTHER_KINDS.some((kind) => countOf(estate, kind) > 0)

type Names = readonly { value: string; label: string }[]
/** What goes, to whom, and what stays, as it is said before anything is done. `onlyCustomers`: nothing else goes. */
export function outlookOf(estate: Estate, plan: Plan, names: Names, t: Translate<HandoverWord>) {
  const given = othersIn(plan).filter(({ kind }) => countOf(estate, kind) > 0)
  const goes: Given = {
    customers: estate.customers,
    ...Object.fromEntries(given.map(({ kind }) => [kind, countOf(estate, kind)])),
  }
  const stays = (kind: OtherKind): Given => (plan[`${kind}To`] === null ? { [kind]: countOf(estate, kind) } : {})
  const binned = estate.binned > 0 ? t('doneBinned', { n: formatNumber(estate.binned) }) : ''
  const ids = [...new Set([...successorsIn(plan.customers), ...given.map(({ to }) => to)])]
  const who = ids.flatMap((id) => names.find(({ value }) => value === id)?.label ?? [])
  const some = listed(who.slice(0, NAMES_AT_MOST))
  const whom = who.length > NAMES_AT_MOST ? t('andMore', { names: some, n: formatNumber(who.length) }) : some
  const kept = givenText(Object.assign({}, ...KEPT.map(stays)) as Given)
  const parts = [
    ids.length === 0 ? t('nothingGoes') : t('goesTo', { what: `${givenText(goes)}${binned}`, whom }),
    ...(kept === '' ? [] : [t('stays', { what: kept })]),
    ...LOST.flatMap((kind) => {
      const what = givenText(stays(kind))
      return what === '' ? [] : [t(`${kind}Lost`, { what })]
    }),
  ]
  return { sentence: parts.join(t('between')), onlyCustomers: estate.customers > 0 && given.length === 0 }
}
