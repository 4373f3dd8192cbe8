import { sql } from 'kysely'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { CommandContext } from '../../kernel/context.ts'
import {
  type Asked,
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
  customersForRows,
  customersMade,
  FOLLOW_UP_KEYS,
  insertRecords,
  newCustomerKey,
  requireFollowUps,
} from '../customers/public.ts'

type Create = Extract<RowWrite, { mode: 'create' }>
type Update = Extract<RowWrite, { mode: 'update' | 'fill' }>
const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
const saidOf = ({ parts }: Pick<RowWrite, 'parts'>): Values => parts.followUp?.[0] ?? {}
/** What a new row would make. */
export const askedOfNew = (context: Pick<CommandContext, 'entities'>, parts: Parts): Asked => [
  [entityIn(context, 'followUp'), saidOf({ parts })],
]

/** One chunk of history: what was said keeps its own author and time; nobody becomes its author by importing it. */
export async function writeFollowUps(
  context: CommandContext,
  rows: readonly RowWrite[],
  rules: WriteRules,
): Promise<RowResult[]> {
  requireFollowUps(context.actor, rows.filter(({ mode }) => mode === 'create').map(saidOf))
  const results = await createAll(
    context,
    rows.filter((row): row is Create => row.mode === 'create'),
  )
  for (const write of rows)
    if (write.mode !== 'create')
      results.push(await tried(context, [entityIn(context, 'followUp')], write.row, () => updateOne(context, write, rules)))
  return results
}

async function createAll(context: CommandContext, rows: readonly Create[]): Promise<RowResult[]> {
  if (rows.length === 0) return []
  const nowhere = rows.filter((row) => isEmpty(saidOf(row)['customerId']))
  const made = await customersMade(
    context,
    nowhere.map(({ parts }) => parts.customer?.[0] ?? {}),
    'read',
  )
  const homeOf = (row: Create): string =>
    String(saidOf(row)['customerId'] ?? made.get(newCustomerKey(row.parts.customer?.[0] ?? {})) ?? '')
  const faults = await soundRows(
    context,
    rows.map((row) => ({ row: row.row, parts: askedOfNew(context, row.parts) })),
  )
  const homes = await customersForRows(context, rows.map(homeOf), 'read')
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
    const said = saidOf(row)
    inserts.push({ kind: 'note', ...said, happenedAt: said['happenedAt'] ?? at, id: row.id, customerId, ...stamp })
    results.push({ row: row.row, outcome: 'created', recordId: row.id })
  }
  await insertRecords(context, entityIn(context, 'followUp'), FOLLOW_UP_KEYS, inserts)
  await carry(context, inserts)
  return results
}

/**
 * The customer's row repeats when he was last contacted. A plan that history brings along counts only while it lies ahead and nothing
 * nearer is planned: an old file must not fill everybody's list of today.
 */
async function carry(context: CommandContext, rows: readonly Values[]): Promise<void> {
  const now = context.now()
  const plans = new Map<string, string | null>()
  for (const row of rows) {
    const id = String(row['customerId'])
    const next = typeof row['nextAt'] === 'string' && row['nextAt'] > now ? row['nextAt'] : null
    const known = plans.get(id) ?? null
    plans.set(id, next !== null && (known === null || next < known) ? next : known)
  }
  const list = JSON.stringify([...plans])
  await sql`update customer set
      last_follow_up_at = (select max(f.happened_at) from follow_up f where f.customer_id = customer.id and f.deleted_at is null and f.internal = 0),
      next_follow_up_at = coalesce(next_follow_up_at, p.next), updated_at = ${now}, version = version + 1
    from (select w.value ->> 0 as id, w.value ->> 1 as next from json_each(${list}) w) p
    where customer.id = p.id and (last_follow_up_at is not (select max(f.happened_at) from follow_up f where f.customer_id = customer.id and f.deleted_at is null and f.internal = 0)
      or (next_follow_up_at is null and p.next is not null))`.execute(context.tx)
}

async function updateOne(context: CommandContext, write: Update, rules: WriteRules): Promise<RowResult> {
  const { rows } = await loadManyForWrite(context, entityIn(context, 'followUp'), [write.id], { verbs: ['read'] })
  const [stored] = rows
  if (!stored) return { row: write.row, outcome: 'skipped', reason: 'notYours' }
  // What somebody said is his: only its author changes it, or who may edit every customer.
  const mayChange =
    context.actor.permissions['customers.edit'] === 'all' ||
    (stored['authorId'] !== null && stored['authorId'] === context.actor.employeeId)
  if (!mayChange) return { row: write.row, outcome: 'skipped', reason: write.edit ? 'notYours' : 'unchanged', recordId: write.id }
  const values = changesOf(stored, write, rules)
  if (!(await updateRow(context, entityIn(context, 'followUp'), stored, { values })))
    return { row: write.row, outcome: 'skipped', reason: 'unchanged', recordId: write.id }
  await carry(context, [{ customerId: stored['customerId'], nextAt: values['nextAt'] }])
  return { row: write.row, outcome: 'updated', recordId: write.id }
}

const fieldsOf = (rules: WriteRules): string[] => [
  ...FIELDS,
  ...rules.mapped.flatMap((key) => (key.startsWith('followUp.') && isCustomKey(key.slice(9)) ? [key.slice(9)] : [])),
]
const FIELDS = ['text', 'kind', 'happenedAt', 'nextAt', 'authorId', 'contactId']
const MUST: ReadonlySet<string> = new Set(['text', 'kind', 'happenedAt'])

function changesOf(stored: StoredRow, write: Update, rules: WriteRules): Values {
  const file = saidOf(write)
  if (write.edit) {
    const mapped = fieldsOf(rules).filter((key) => rules.mapped.includes(`followUp.${key}`))
    return editedValues(file, mapped, { edit: write.edit, mode: write.mode, empty: rules.empty, stored, must: MUST })
  }
  const values: Values = {}
  for (const key of fieldsOf(rules)) {
    const isMapped = rules.mapped.includes(`followUp.${key}`)
    if (!isEmpty(file[key])) {
      if (write.mode === 'update' || isEmpty(stored[key])) values[key] = file[key]
    } else if (
      isMapped &&
      write.mode === 'update' &&
      rules.empty === 'clear' &&
      (key === 'nextAt' || key === 'contactId' || isCustomKey(key))
    )
      values[key] = null
  }
  // The minute of the file stands for the second of the base.
  if (sameMinute(values['happenedAt'], stored['happenedAt'])) delete values['happenedAt']
  return values
}

const sameMinute = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' && a.slice(0, 16) === b.slice(0, 16)
