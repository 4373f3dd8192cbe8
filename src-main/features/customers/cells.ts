import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { CustomerEdit, type NewCustomer } from '../../../src-shared/features/customers/model.ts'
import { text } from '../../../src-shared/features/customers/text.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { type Entities, entityIn } from '../../kernel/livingEntities.ts'
import type { StoredRow } from '../../kernel/records/write.ts'
import type { CellWriter } from '../../kernel/records/editCells.ts'
import { optionWords } from '../../kernel/records/optionWords.ts'
import { createCustomer } from './create.ts'
import { customerImporter } from './importer.ts'
import { requireRoom } from '../pools/public.ts'
import { carriedBy } from './ownership.ts'
import { placed } from './place.ts'
import { changeTags, cleanCustomer, derivedFrom, tagNamesOfMany } from './store.ts'
import { tellOwner } from './tell.ts'

const { shape } = CustomerEdit
const isOwn = (key: string): key is keyof typeof shape => key in shape && !['custom', 'addTags', 'removeTags'].includes(key)
const WORDS = optionWords(customerEntity, text, customerImporter.words)

/** Cells of customers, in the list and pasted into it. */
export const customerCells = (context: { readonly entities: Entities }): CellWriter => ({
  entity: entityIn(context, 'customer'),
  words: WORDS,
  schemaOf: (key) => (isOwn(key) ? shape[key] : null),
  clean: (values) => cleanCustomer(values as NewCustomer),
  over: (actor, values, row) => placed({ actor }, values, row),
  derived: (values, row, now) => ({ ...derivedFrom(values), ...carriedBy(row, values, now) }),
  before: requireRoomFor,
  after: tellOwners,
  verbOf: (key) => (key === 'ownerId' ? 'transfer' : null),
  tagsOf: tagNamesOfMany,
  changeTags: (command, id, change) => changeTags(command, [id], change),
  create: { needs: 'customers.create', row: newRow },
})

async function newRow(context: CommandContext, values: Record<string, unknown>): Promise<string> {
  const { tags, ...rest } = values
  return createCustomer(context, rest as NewCustomer, Array.isArray(tags) ? (tags as string[]) : [])
}

/** Each new owner once for all that he was given. */
function tellOwners(context: CommandContext, written: readonly { row: StoredRow; values: Record<string, unknown> }[]): void {
  const given = new Map<string, string[]>()
  for (const { row, values } of written) {
    const owner = values['ownerId']
    if (typeof owner === 'string') given.set(owner, [...(given.get(owner) ?? []), row.id])
  }
  for (const [owner, ids] of given) tellOwner(context, owner, 'transferred', ids)
}

/** A new owner has room for one more, or the row stays with the old one. */
async function requireRoomFor(context: CommandContext, row: StoredRow, values: Record<string, unknown>): Promise<void> {
  const owner = values['ownerId']
  if (typeof owner === 'string') await requireRoom(context, owner, { ...row, ...(values as CustomerEdit) })
}
