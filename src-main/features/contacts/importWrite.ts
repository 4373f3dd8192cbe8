import type { CommandContext } from '../../kernel/context.ts'
import {
  type Asked,
  type Edit,
  editedValues,
  type Parts,
  type RowResult,
  type RowWrite,
  type Values,
  type WriteRules,
} from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { soundRows, tried } from '../../kernel/records/sound.ts'
import { loadManyForWrite, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import {
  CONTACT_KEYS,
  customersForRows,
  customersMade,
  insertRecords,
  newCustomerKey,
  requireContacts,
} from '../customers/public.ts'
import { clearPrimary } from './store.ts'

type Create = Extract<RowWrite, { mode: 'create' }>
type Update = Extract<RowWrite, { mode: 'update' | 'fill' }>
const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
const contactOf = ({ parts }: Pick<RowWrite, 'parts'>): Values => parts.contact?.[0] ?? {}
/** What a new row would make. */
export const askedOfNew = (context: Pick<CommandContext, 'entities'>, parts: Parts): Asked => [
  [entityIn(context, 'contact'), contactOf({ parts })],
]

/** One chunk of people: new ones in one statement, then the others one by one. */
export async function writeContacts(context: CommandContext, rows: readonly RowWrite[], rules: WriteRules): Promise<RowResult[]> {
  requireContacts(context, rows.filter(({ mode }) => mode === 'create').map(contactOf))
  const results = await createAll(
    context,
    rows.filter((row): row is Create => row.mode === 'create'),
  )
  for (const write of rows)
    if (write.mode !== 'create')
      results.push(await tried(context, [entityIn(context, 'contact')], write.row, () => updateOne(context, write, rules)))
  return results
}

async function createAll(context: CommandContext, rows: readonly Create[]): Promise<RowResult[]> {
  if (rows.length === 0) return []
  const nowhere = rows.filter((row) => isEmpty(contactOf(row)['customerId']))
  const made = await customersMade(
    context,
    nowhere.map(({ parts }) => parts.customer?.[0] ?? {}),
    'edit',
  )
  const homeOf = (row: Create): string =>
    String(contactOf(row)['customerId'] ?? made.get(newCustomerKey(row.parts.customer?.[0] ?? {})) ?? '')
  const faults = await soundRows(
    context,
    rows.map((row) => ({ row: row.row, parts: askedOfNew(context, row.parts) })),
  )
  const homes = await customersForRows(context, rows.map(homeOf), 'edit')
  const peopled = await withContacts(context, [...homes.keys()])
  const at = context.now()
  const stamp = { createdAt: at, updatedAt: at, createdBy: context.actor.userId || null }
  const results: RowResult[] = []
  const inserts: Values[] = []
  for (const row of rows) {
    const fault = faults.get(row.row)
    if (fault) {
      results.push(fault)
      continue
    }
    const customerId = homeOf(row)
    if (!homes.has(customerId)) {
      results.push({ row: row.row, outcome: 'failed', reason: 'customerGone' })
      continue
    }
    const contact = contactOf(row)
    const isPrimary = contact['isPrimary'] === true || !peopled.has(customerId)
    if (contact['isPrimary'] === true) await clearPrimary(context, customerId)
    peopled.add(customerId)
    inserts.push({ ...contact, id: row.id, customerId, isPrimary: isPrimary ? 1 : 0, ...stamp })
    results.push({ row: row.row, outcome: 'created', recordId: row.id })
  }
  await insertRecords(context, entityIn(context, 'contact'), CONTACT_KEYS, lastIsPrimary(inserts))
  return results
}

/** A customer has one main contact at most: of several in one sheet the last that says so. */
function lastIsPrimary(rows: Values[]): Values[] {
  const last = new Map<unknown, Values>()
  for (const row of rows) {
    if (row['isPrimary'] !== 1) continue
    const before = last.get(row['customerId'])
    if (before) before['isPrimary'] = 0
    last.set(row['customerId'], row)
  }
  return rows
}

async function withContacts(context: CommandContext, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await context.tx
    .selectFrom('contact')
    .select('customerId')
    .distinct()
    .where('customerId', 'in', [...ids])
    .where('deletedAt', 'is', null)
    .execute()
  return new Set(rows.map(({ customerId }) => customerId))
}

async function updateOne(context: CommandContext, write: Update, rules: WriteRules): Promise<RowResult> {
  const { rows } = await loadManyForWrite(context, entityIn(context, 'contact'), [write.id], { verbs: ['edit'] })
  const [stored] = rows
  if (!stored) return { row: write.row, outcome: 'skipped', reason: 'notYours' }
  const file = contactOf(write)
  const values = changesOf(stored, file, { mode: write.mode, rules, edit: write.edit })
  if (values['isPrimary'] === true && stored['isPrimary'] !== 1) await clearPrimary(context, String(stored['customerId']))
  const derived = values['name'] === undefined ? {} : { nameSort: file['nameSort'] }
  if (await updateRow(context, entityIn(context, 'contact'), stored, { values, derived }))
    return { row: write.row, outcome: 'updated', recordId: write.id }
  return {
    row: write.row,
    outcome: 'skipped',
    reason: saysOther(stored, file, rules) ? 'nothingToFill' : 'unchanged',
    recordId: write.id,
  }
}

const MUST: ReadonlySet<string> = new Set(['name', 'isPrimary'])
const mappedOf = (rules: WriteRules): string[] =>
  rules.mapped.flatMap((key) => (key.startsWith('contact.') && key !== 'contact.id' ? [key.slice(8)] : []))

function changesOf(
  stored: StoredRow,
  file: Values,
  how: { mode: 'update' | 'fill'; rules: WriteRules; edit: Edit | undefined },
): Values {
  const { edit, mode, rules } = how
  if (edit) return editedValues(file, mappedOf(rules), { edit, mode, empty: rules.empty, stored, must: MUST })
  const values: Values = {}
  for (const key of mappedOf(how.rules)) {
    if (!isEmpty(file[key])) {
      if (how.mode === 'update' || isEmpty(stored[key])) values[key] = file[key]
    } else if (how.mode === 'update' && how.rules.empty === 'clear' && key !== 'name' && key !== 'isPrimary') values[key] = null
  }
  // 主联系人 is taken away by naming another one.
  if (values['isPrimary'] !== true) delete values['isPrimary']
  // Another number than the stored one finds the second place when that is free.
  const known = [values['phone'] ?? stored['phone'], values['phone2'] ?? stored['phone2']]
  const spare = [file['phone'], file['phone2']].find((phone) => !isEmpty(phone) && !known.includes(phone))
  if (spare !== undefined && isEmpty(values['phone2']) && isEmpty(stored['phone2'])) values['phone2'] = spare
  return values
}

const saysOther = (stored: StoredRow, file: Values, rules: WriteRules): boolean =>
  mappedOf(rules).some((key) => key !== 'isPrimary' && !isEmpty(file[key]) && file[key] !== stored[key])
