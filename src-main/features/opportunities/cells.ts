import { type NewOpportunity, OpportunityEdit } from '../../../src-shared/features/opportunities/model.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { type Entities, entityIn } from '../../kernel/livingEntities.ts'
import type { CellWriter } from '../../kernel/records/editCells.ts'
import { cleanOpportunity, derivedOf } from './store.ts'
import { createOpportunity } from './write.ts'

const { shape } = OpportunityEdit
/** Which customer or person is meant is chosen in the record. */
const ELSEWHERE: ReadonlySet<string> = new Set(['custom', 'customerId', 'contactId'])
const isOwn = (key: string): key is keyof typeof shape => key in shape && !ELSEWHERE.has(key)

/** Cells of opportunities, in the list and pasted into it. */
export const opportunityCells = (context: { readonly entities: Entities }): CellWriter => ({
  entity: entityIn(context, 'opportunity'),
  words: {},
  schemaOf: (key) => (isOwn(key) ? shape[key] : null),
  clean: (values) => cleanOpportunity(values as OpportunityEdit),
  over: (_actor, values) => values,
  derived: derivedOf,
  verbOf: (key) => (key === 'ownerId' ? 'transfer' : null),
  create: {
    needs: 'opportunities.create',
    row: (command: CommandContext, values) => createOpportunity(command, values as NewOpportunity),
  },
})
