import { LeadEdit, type NewLead } from '../../../src-shared/features/leads/model.ts'
import { requireOpen } from '../../../src-shared/features/leads/rules.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { type Entities, entityIn } from '../../kernel/livingEntities.ts'
import type { CellWriter } from '../../kernel/records/editCells.ts'
import { cleanLead, derivedOf } from './store.ts'
import { createLead, noteTransfer, passedOn } from './write.ts'

const { shape } = LeadEdit
/** Which source is meant is chosen in the record; when it arrived is said in its form. */
const ELSEWHERE: ReadonlySet<string> = new Set(['custom', 'sourceId', 'arrivedAt'])
const isOwn = (key: string): key is keyof typeof shape => key in shape && !ELSEWHERE.has(key)

/** Cells of leads, in the list and pasted into it. */
export const leadCells = (context: { readonly entities: Entities }): CellWriter => ({
  entity: entityIn(context, 'lead'),
  words: {},
  schemaOf: (key) => (isOwn(key) ? shape[key] : null),
  clean: (values) => cleanLead(values as LeadEdit),
  over: (_actor, values) => values,
  derived: (values, row, at) => ({
    ...derivedOf(values as LeadEdit),
    ...passedOn({ now: () => at }, row, values as LeadEdit),
  }),
  before: async (command, row, values) => {
    requireOpen(row)
    const { ownerId } = values as LeadEdit
    if (ownerId !== undefined && ownerId !== row['ownerId']) await noteTransfer(command, row, ownerId)
  },
  verbOf: (key) => (key === 'ownerId' ? 'transfer' : null),
  create: {
    needs: 'leads.create',
    row: (command: CommandContext, values) => createLead(command, values as NewLead),
  },
})
