import type { Approval, Condition, NamedStep, Seat } from '../../../src-shared/features/approvals/model.ts'
import type { Tone } from '../../components/marks.tsx'
import { formatMoneyShort } from '../../kernel/format.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { listed, type Translate } from '../../kernel/text.ts'
import type { ApprovalWord } from './text.ts'

type T = Translate<ApprovalWord>
export const STATUS_TONE: Readonly<Record<Approval['status'], Tone>> = {
  pending: 'warn',
  approved: 'ok',
  rejected: 'bad',
  withdrawn: 'ink',
}
/** Where the records that are approved have their pages. */
const PLACES: Readonly<Record<Approval['subject'], string>> = {
  quote: '/quotes',
  order: '/orders',
  refund: '/payments',
  purchase: '/purchases',
}
/** A payment has no page of its own; it is found in its list by its number. */
export const placeOf = ({ subject, subjectId, title }: Pick<Approval, 'subject' | 'subjectId' | 'title'>) =>
  subject === 'refund'
    ? { to: PLACES[subject], search: { q: title } as never }
    : { to: `${PLACES[subject]}/${subjectId}`, search: {} as never }
export const subjectWord = (subject: Approval['subject']): string => sliceWord('approvals', `subjects.${subject}`) ?? subject

type Why = { conditions: readonly Condition[]; discountBp: number | null; kept?: boolean }
/** Why it had to be asked for, in one sentence; what the reader must not know of that stands for itself. */
export function whyText(t: T, { conditions, discountBp, kept = false }: Why): string {
  const said = conditions.map((one) => {
    if (one.kind === 'belowCost') return t('whyCost')
    if (one.kind === 'amountAtLeast') return t('whyAmount', { bound: formatMoneyShort(one.fen) })
    return t('whyDiscount', { n: (discountBp ?? 0) / 100, bound: one.percent })
  })
  if (said.length > 0) return listed(said)
  return t(kept ? 'whyKept' : 'whyAlways')
}

/** Who is asked now, and why he instead of somebody else. */
export function seatsText(t: T, seats: readonly Seat[]): string {
  return listed(
    seats
      .filter(({ decided }) => !decided)
      .map(({ name, insteadOf, because }) => {
        const who = insteadOf === null ? name : t('insteadOf', { name, of: insteadOf })
        return because === null ? who : `${who} · ${t(`because_${because}`)}`
      }),
  )
}

export function stepText(t: T, step: NamedStep): string {
  const who = step.kind === 'manager' ? (step.level === 1 ? t('level1') : t('level', { n: step.level })) : (step.name ?? '')
  return step.mode === 'all' ? `${who}${t('all')}` : who
}

const conditionText = (t: T, one: Condition): string => {
  if (one.kind === 'belowCost') return t('if_belowCost')
  return one.kind === 'amountAtLeast'
    ? `${t('if_amountAtLeast')} ${formatMoneyShort(one.fen)}`
    : `${t('if_discountAtLeast')} ${one.percent}%`
}
/** What follows another condition stands inside its sentence. */
const inside = (words: string, n: number): string => (n === 0 ? words : `${words.charAt(0).toLowerCase()}${words.slice(1)}`)
type Said = { subject: Approval['subject']; conditions: readonly Condition[]; steps: readonly NamedStep[] }
/** A flow in one sentence. */
export function flowText(t: T, { subject, conditions, steps }: Said): string {
  const by = `${conditions.length > 0 ? t('by') : ''}${steps.map((step) => stepText(t, step)).join(t('next'))}`
  const values = { subject: subjectWord(subject), steps: by }
  if (conditions.length === 0) return t('sentenceAlways', values)
  return t('sentence', { ...values, when: conditions.map((one, n) => inside(conditionText(t, one), n)).join(t('or')) })
}
