import { HANGING, type Hanging } from '../../../src-shared/features/merges/limits.ts'
import type { MergeSide } from '../../../src-shared/features/merges/model.ts'
import type { Me } from '../../../src-shared/features/session/contract.ts'
import { mayDo } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import type { Translate } from '../../kernel/text.ts'
import type { MergeWord } from './text.ts'

type Counts = MergeSide['hanging']

/** How much hangs on these together; a kind that the reader sees nothing of is left out. */
export function hangingOn(sides: readonly MergeSide[]): Counts {
  const sum: Counts = {}
  for (const { hanging } of sides)
    for (const kind of HANGING) if (hanging[kind] !== undefined) sum[kind] = (sum[kind] ?? 0) + hanging[kind]
  return sum
}

const ALWAYS: readonly Hanging[] = ['contacts', 'followUps', 'addresses']

/** "联系人 2 · 跟进 3 · 地址 0 · 商机 1": of business only what there is. */
export const countsText = (hanging: Counts, t: Translate<MergeWord>): string =>
  HANGING.filter((kind) => (ALWAYS.includes(kind) ? hanging[kind] !== undefined : (hanging[kind] ?? 0) > 0))
    .map((kind) => t(`${kind}Count`, { n: formatNumber(hanging[kind] ?? 0) }))
    .join(' · ')

/** The kinds that hang on a customer as far as the reader may see them. */
export const seenKinds = (me: Me): Hanging[] => HANGING.filter((kind) => mayDo(me, `${kind}.read`))
