import { ContactEdit } from '../../../src-shared/features/contacts/model.ts'
import { type Entities, entityIn } from '../../kernel/livingEntities.ts'
import type { CellWriter } from '../../kernel/records/editCells.ts'
import { cleanContact, derivedOf } from './clean.ts'
import { clearPrimary } from './store.ts'

const { shape } = ContactEdit
const isOwn = (key: string): key is keyof typeof shape => key in shape && key !== 'custom'

/** Cells of contacts, in the list and pasted into it; new contacts come into being under their customer. */
export const contactCells = (context: { readonly entities: Entities }): CellWriter => ({
  entity: entityIn(context, 'contact'),
  words: {},
  schemaOf: (key) => (isOwn(key) ? shape[key] : null),
  clean: (values) => cleanContact(values),
  over: (_actor, values) => values,
  derived: derivedOf,
  before: async (command, row, values) => {
    if (values['isPrimary'] === true && row['isPrimary'] !== 1) await clearPrimary(command, String(row['customerId']))
  },
})
