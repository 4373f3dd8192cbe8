import { z } from 'zod'
import { cleanText } from '../../kernel/cleaning/text.ts'
import { idOf } from '../../kernel/ids.ts'
import { BusinessDate } from '../../kernel/time.ts'
import { Fen } from '../products/model.ts'

export const SourceCostId = idOf<'sourceCost'>()
export type SourceCostId = z.infer<typeof SourceCostId>

/** What a source cost in fen from one day to another, both of them with it. The source is a word, as leads, customers and opportunities say it. */
export const SourceCostValues = z.strictObject({
  source: z.string().overwrite(cleanText).min(1, 'required').max(100),
  from: BusinessDate,
  to: BusinessDate,
  amountFen: Fen.min(1, 'required'),
  note: z.string().trim().max(500).nullable(),
})
export type SourceCostValues = z.infer<typeof SourceCostValues>

export const SourceCost = SourceCostValues.extend({
  id: SourceCostId,
  source: z.string(),
  note: z.string().nullable(),
  createdByName: z.string().nullable(),
  version: z.number().int(),
})
export type SourceCost = z.infer<typeof SourceCost>
