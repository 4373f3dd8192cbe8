import { BUSINESS } from '../../../src-shared/features/merges/limits.ts'
import type { MergeSide } from '../../../src-shared/features/merges/model.ts'
import type { Me } from '../../../src-shared/features/session/contract.ts'
import { mayDo } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import type { Translate } from '../../kernel/text.ts'
import type { MergeWord } from './text.ts'

const ALWAYS = ['contacts', 'followUps', 'addresses'] as const
const KINDS = [...ALWAYS, ...BUSINESS] as const
type Kind = (typeof KINDS)[number]
export type Hanging = Partial<Record<Kind, number>>

/** How much hangs on these together; a kind that the reader sees nothing of is left out. */
export function hangingOn(sides: readonly MergeSide[]): Hanging {
  const sum: Hanging = {}
  for (const { contacts, followUps, addresses, business } of sides)
    for (const [kind, n] of Object.entries({ contacts, followUps, addresses, ...business }) as [Kind, number][])
      sum[kind] = (sum[kind] ?? 0) + n
  return sum
}

/** "联系人 2 · 跟进 3 · 地址 0 · 商机 1": of business only what there is. */
export const countsText = (hanging: Hanging, t: Translate<MergeWord>): string =>
  KINDS.filter((kind) => (ALWAYS as readonly string[]).includes(kind) || (hanging[kind] ?? 0) > 0)
    .map((kind) => t(`${kind}Count`, { n: formatNumber(hanging[kind] ?? 0) }))
    .join(' · ')

/** The kinds that hang on a customer as far as the reader may see them. */
export const seenKinds = (me: Me): Kind[] => [...ALWAYS, ...BUSINESS.filter((kind) => mayDo(me, `${kind}.read`))]
