import { type Given, GIVEN_KINDS } from '../../../src-shared/features/handover/kinds.ts'
import { formatNumber } from '../../kernel/format.ts'
import { listed, translate } from '../../kernel/text.ts'
import { givenWords } from './givenText.ts'

/** "765 个客户、119 个商机": the kinds of which there is something; empty when there is nothing. */
export const givenText = (given: Given): string =>
  listed(
    GIVEN_KINDS.flatMap((kind) => {
      const count = given[kind] ?? 0
      return count === 0 ? [] : [translate(givenWords, kind, { n: formatNumber(count) })]
    }),
  )
