import type { LeadEdit, NewLead } from '../../../src-shared/features/leads/model.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import {
  type Asked,
  editedValues,
  keptOf,
  type Parts,
  type RowResult,
  type RowWrite,
  type Values,
  type WriteRules,
} from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { tried } from '../../kernel/records/sound.ts'
import { loadManyForWrite, setDeleted } from '../../kernel/records/write.ts'
import { wholeOrNot } from '../../kernel/savepoint.ts'
import { createLead, editLead } from './write.ts'

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
const leadOf = ({ parts }: { readonly parts: Parts }): Values => parts.lead?.[0] ?? {}
/** What a sheet says of a new lead alone. */
const ONCE: ReadonlySet<string> = new Set(['id', 'nameSort', 'number', 'status', 'createdAt', 'createdBy'])
const MUST: ReadonlySet<string> = new Set(['name', 'arrivedAt'])

const plainValues = (file: Values): Values =>
  Object.fromEntries(Object.entries(file).filter(([key, value]) => !ONCE.has(key) && !isEmpty(value)))

export const askedOfNew = (context: Pick<CommandContext, 'entities'>, parts: Parts): Asked => [
  [entityIn(context, 'lead'), leadOf({ parts })],
]

/** Whom leads were given to while a chunk was written: each is told once, of all of them. */
function quietly(context: CommandContext): { quiet: CommandContext; tell: () => void } {
  const given = new Map<string, string[]>()
  const notify: CommandContext['notify'] = (notice) => {
    if (notice.kind !== 'leadAssigned') return context.notify(notice)
    for (const id of notice.employeeIds) given.set(id, [...(given.get(id) ?? []), notice.recordId ?? ''])
  }
  const tell = (): void => {
    for (const [employeeId, [first = '', ...others]] of given)
      context.notify({
        employeeIds: [employeeId],
        kind: 'leadAssigned',
        entity: 'lead',
        recordId: first,
        many: 1 + others.length,
      })
  }
  return { quiet: Object.create(context, { notify: { value: notify } }) as CommandContext, tell }
}

/** One chunk of leads: new ones as a form makes them, owned, or given by the rules of the company. */
export async function writeLeads(context: CommandContext, rows: readonly RowWrite[], rules: WriteRules): Promise<RowResult[]> {
  const { quiet, tell } = quietly(context)
  const results: RowResult[] = []
  for (const write of rows)
    results.push(
      await tried(quiet, [entityIn(context, 'lead')], write.row, () =>
        toldWhy(quiet, write, () => (write.mode === 'create' ? createOne(quiet, write, rules) : updateOne(quiet, write, rules))),
      ),
    )
  tell()
  return results
}

/** What the rules of a lead refuse fails its row and nothing else. */
async function toldWhy(context: CommandContext, { row }: RowWrite, work: () => Promise<RowResult>): Promise<RowResult> {
  try {
    return await wholeOrNot(context.tx, work)
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason === 'requiredMissing' || error.reason === 'uniqueTaken') throw error
    return { row, outcome: 'failed', reason: error.reason === 'converted' ? 'lead.converted' : 'notSound' }
  }
}

async function createOne(context: CommandContext, write: RowWrite, rules: WriteRules): Promise<RowResult> {
  const file = leadOf(write)
  if (isEmpty(file['name'])) return { row: write.row, outcome: 'failed', reason: 'leadless' }
  const isMapped = (key: string): boolean => rules.mapped.includes(`lead.${key}`)
  const given = plainValues(file) as Omit<NewLead, 'custom'>
  const id = await createLead(context, { ...given, ...(!isEmpty(file['number']) && { number: file['number'] }) }, write.id)
  const once = {
    ...(!isEmpty(file['status']) && { status: String(file['status']) }),
    ...(!isEmpty(file['createdAt']) && { createdAt: String(file['createdAt']) }),
    ...(isMapped('createdBy') && { createdBy: isEmpty(file['createdBy']) ? null : String(file['createdBy']) }),
    // What was kept before arrived when it was written down, unless a column says when.
    ...(isEmpty(file['arrivedAt']) && !isEmpty(file['createdAt']) && { arrivedAt: String(file['createdAt']) }),
  }
  if (Object.keys(once).length > 0) await context.tx.updateTable('lead').set(once).where('id', '=', id).execute()
  return { row: write.row, outcome: 'created', recordId: id }
}

type Update = Extract<RowWrite, { mode: 'update' | 'fill' }>
async function updateOne(context: CommandContext, write: Update, rules: WriteRules): Promise<RowResult> {
  const entity = entityIn(context, 'lead')
  const verbs = write.restore ? (['edit', 'delete'] as const) : (['edit'] as const)
  const load = async (deleted: boolean) => (await loadManyForWrite(context, entity, [write.id], { verbs, deleted })).rows[0]
  let stored = await load(write.restore)
  if (!stored) return { row: write.row, outcome: 'skipped', reason: 'notYours' }
  if (write.restore) {
    await setDeleted(context, entity, write.id, false)
    stored = (await load(false)) ?? stored
  }
  const values = changesOf(stored, leadOf(write), write, rules)
  const ownerKept = await withoutForeignOwner(context, stored, values)
  const wrote = await editLead(context, stored, values as LeadEdit)
  const reason = ownerKept ? 'ownerKept' : keptOf(leadOf(write), stored, write, { status: 'lead.statusKept' })
  if (wrote === null && !write.restore)
    return { row: write.row, outcome: 'skipped', reason: reason ?? 'unchanged', recordId: write.id }
  return { row: write.row, outcome: 'updated', recordId: write.id, ...(reason && { reason }) }
}

function changesOf(stored: Values, file: Values, { mode, edit }: Update, rules: WriteRules): Values {
  const fields = rules.mapped.flatMap((key) => {
    const field = key.startsWith('lead.') ? key.slice(5) : ''
    return field === '' || (ONCE.has(field) && !isCustomKey(field)) ? [] : [field]
  })
  if (edit) return editedValues(file, fields, { edit, mode, empty: rules.empty, stored, must: MUST })
  const values: Values = {}
  for (const key of fields) {
    if (!isEmpty(file[key])) {
      if (mode === 'update' || isEmpty(stored[key])) values[key] = file[key]
    } else if (mode === 'update' && rules.empty === 'clear' && !MUST.has(key)) values[key] = null
  }
  return values
}

/** An owner is changed only by who may transfer the lead. */
async function withoutForeignOwner(context: CommandContext, stored: Values & { id: string }, values: Values): Promise<boolean> {
  if (values['ownerId'] === undefined || values['ownerId'] === stored['ownerId']) return false
  const { rows } = await loadManyForWrite(context, entityIn(context, 'lead'), [stored.id], { verbs: ['transfer'] })
  if (rows.length > 0) return false
  delete values['ownerId']
  return true
}
