import { z } from 'zod'
import { EntityName, query } from '../../kernel/procedure.ts'
import { LONGEST_SEARCH } from '../../kernel/searchWords.ts'

export const SearchHit = z.strictObject({
  entity: EntityName,
  id: z.string(),
  title: z.string(),
  subtitle: z.string().nullable(),
  customerId: z.string().nullable(),
})
export type SearchHit = z.infer<typeof SearchHit>

export const searchContract = {
  /**
   * Records by name fragment, pinyin, initials, number or digits of a phone, deals and papers by their customers as well; only what
   * the caller sees; best first, unranked when capped.
   */
  records: query('signed-in', ['customer', 'contact', 'product', 'lead', 'opportunity', 'quote', 'order', 'payment', 'invoice'])
    .input(z.strictObject({ text: z.string().max(LONGEST_SEARCH), limit: z.number().int().min(1).max(50).default(20) }))
    .output(z.strictObject({ hits: z.array(SearchHit), capped: z.boolean() })),
}
