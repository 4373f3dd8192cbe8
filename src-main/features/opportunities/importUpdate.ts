import { sql } from 'kysely'
import { missingFor } from '../../../src-shared/features/opportunities/rules.ts'
import { instantOf } from '../../../src-shared/kernel/cleaning/date.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { editedValues, type RowResult, type RowWrite, type Values, type WriteRules } from '../../kernel/importer.ts'
import { markWon } from '../../kernel/markWon.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { loadManyForWrite, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import { customersForRows, insertMany } from '../customers/public.ts'
import { isEmpty, LINE_KEYS, lineOf, mappedPlain, opportunityOf, type Places, standing, str } from './importRows.ts'
import { productsByIds } from './lines.ts'
import { derivedOf, hangingOn, type ImportStage, noteStage, stageById, stageOnWay } from './store.ts'

type Update = Extract<RowWrite, { mode: 'update' | 'fill' }>
type How = { readonly rules: WriteRules; readonly places: Places }
const MUST: ReadonlySet<string> = new Set(['name'])

/** One row over an opportunity that is there: its fields, its stage with the history, its product. */
export async function updateOne(context: CommandContext, write: Update, how: How): Promise<RowResult> {
  const entity = entityIn(context, 'opportunity')
  const verbs = write.restore ? (['edit', 'delete'] as const) : (['edit'] as const)
  const { rows } = await loadManyForWrite(context, entity, [write.id], { verbs, deleted: write.restore })
  const [stored] = rows
  if (!stored) return { row: write.row, outcome: 'skipped', reason: 'notYours' }
  const values = changesOf(stored, write, how.rules)
  const ownerKept = await withoutForeignOwner(context, stored, values)
  await withHome(context, stored, write, values)
  if (write.restore) Object.assign(values, { deletedAt: null, deletedWith: null })
  let changed = await updateRow(context, entity, stored, { values, derived: derivedOf(values) })
  // Its product first: a stage may ask for lines.
  changed = (await withProduct(context, { ...stored, ...values, id: stored.id }, write)) || changed
  const staged = await stagedBy(context, stored, { write, values, places: how.places })
  changed = staged.changed || changed
  const reason = ownerKept ? 'ownerKept' : staged.reason
  if (!changed) return { row: write.row, outcome: 'skipped', reason: reason ?? 'unchanged', recordId: write.id }
  return { row: write.row, outcome: 'updated', recordId: write.id, ...(reason && { reason }) }
}

const isKept = ({ edit }: Update, key: string): boolean => edit?.keep.includes(key) === true

function changesOf(stored: StoredRow, write: Update, rules: WriteRules): Values {
  const file = opportunityOf(write)
  const fields = mappedPlain(rules)
  const { mode, edit } = write
  if (edit) return editedValues(file, fields, { edit, mode, empty: rules.empty, stored, must: MUST })
  const values: Values = {}
  for (const key of fields) {
    if (!isEmpty(file[key])) {
      if (mode === 'update' || isEmpty(stored[key])) values[key] = file[key]
    } else if (mode === 'update' && rules.empty === 'clear' && !MUST.has(key)) values[key] = null
  }
  return values
}

/** An owner is changed only by who may transfer the opportunity. */
async function withoutForeignOwner(context: CommandContext, stored: StoredRow, values: Values): Promise<boolean> {
  if (values['ownerId'] === undefined || values['ownerId'] === stored['ownerId']) return false
  const { rows } = await loadManyForWrite(context, entityIn(context, 'opportunity'), [stored.id], { verbs: ['transfer'] })
  if (rows.length > 0) return false
  delete values['ownerId']
  return true
}

/** Whom the row names becomes the customer of one that has none, or of one that is to say what the file says. */
async function withHome(context: CommandContext, stored: StoredRow, write: Update, values: Values): Promise<void> {
  const { customerId, contactId } = opportunityOf(write)
  if (write.edit || !str(customerId)) return
  const moves = customerId !== stored['customerId'] && (write.mode === 'update' || stored['customerId'] === null)
  if (moves && (await customersForRows(context, [String(customerId)], 'edit')).size === 0) return
  // Another customer has other people.
  if (moves) Object.assign(values, { customerId, contactId: contactId ?? null })
  else if (customerId === stored['customerId'] && str(contactId) && (write.mode === 'update' || stored['contactId'] === null))
    values['contactId'] = contactId
}

type Staged = { changed: boolean; reason?: string }

/** Into the stage that the row names, at the time it names; or its end on another day. */
async function stagedBy(
  context: CommandContext,
  stored: StoredRow,
  { write, values: now, places }: { write: Update; values: Values; places: Places },
): Promise<Staged> {
  if (write.mode === 'fill') return { changed: false }
  const file = opportunityOf(write)
  const entity = entityIn(context, 'opportunity')
  const day = isKept(write, 'closedOn') ? null : str(file['closedOn'])
  const wanted = isKept(write, 'stageId') ? undefined : stageWithin(places, str(file['stageId']), stored)
  if (wanted && wanted.id !== stored['stageId']) {
    if (await lacksFor(context, { ...stored, ...now }, wanted)) return { changed: false, reason: 'stageLacks' }
    const said = (wanted.kind !== 'open' && day ? opening(day, places.zone) : str(file['stageEnteredAt'])) ?? context.now()
    const since = String(stored['stageEnteredAt'])
    const at = said > since ? said : since
    const values = standing(wanted, at, { ...file, closedOn: day }, places.zone)
    const { stageId, ...derived } = values
    await updateRow(context, entity, stored, { values: { stageId }, derived })
    await noteStage(context, { opportunityId: stored.id, stageId: wanted.id, fromStageId: String(stored['stageId']), at })
    if (wanted.kind === 'won') await markWon(context, [{ customerId: stored['customerId'], on: day }])
    return { changed: true }
  }
  if (stored['state'] === 'open') return { changed: false }
  const loss = lossOf(stored, write)
  const at = day !== null && day !== stored['closedOn'] ? opening(day, places.zone) : null
  const redated = at !== null && (await redate(context, stored.id, at))
  const changed = await updateRow(context, entity, stored, {
    values: { ...loss, ...(redated && { closedOn: day }) },
    derived: redated ? { closedAt: at, stageEnteredAt: at } : {},
  })
  return { changed, ...(at !== null && !redated && { reason: 'closedKept' }) }
}

/** Whether a stage, or one that is passed over on the way there, asks for something that is not there. */
async function lacksFor(context: CommandContext, row: StoredRow, { id }: ImportStage): Promise<boolean> {
  const stage = await stageById(context.tx, id)
  if (!stage) return false
  const asking = await stageOnWay(context.tx, stage, String(row['stageId']))
  return missingFor(asking, { ...row, ...(await hangingOn(context.tx, row.id)) }).length > 0
}

const opening = (date: string, zone: string): string => instantOf({ date, time: null, offset: null }, zone)

function lossOf(stored: StoredRow, write: Update): Values {
  if (stored['state'] !== 'lost') return {}
  const file = opportunityOf(write)
  return Object.fromEntries(
    (['lostReasonId', 'lostNote'] as const).flatMap((key) => (str(file[key]) && !isKept(write, key) ? [[key, file[key]]] : [])),
  )
}

/** The stage in the opportunity's own pipeline, where that has one that is called so or that ends it alike. */
function stageWithin({ stages }: Places, id: string | null, stored: StoredRow): ImportStage | undefined {
  const named = stages.get(id ?? '')
  if (!named || named.pipelineId === stored['pipelineId']) return named
  const theirs = [...stages.values()].filter(({ pipelineId }) => pipelineId === stored['pipelineId'])
  return (
    theirs.find(({ name }) => name === named.name) ?? theirs.find(({ kind }) => kind === named.kind && kind !== 'open') ?? named
  )
}

/** It ended on another day; false where it would end before it began. */
async function redate(context: CommandContext, opportunityId: string, at: string): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from opportunity_stage where opportunity_id = ${opportunityId} and left_at is not null and entered_at > ${at}`.execute(
    context.tx,
  )
  if (rows[0]?.n !== 0) return false
  await sql`update opportunity_stage set left_at = ${at} where opportunity_id = ${opportunityId} and left_at =
    (select h.entered_at from opportunity_stage h where h.opportunity_id = ${opportunityId} and h.left_at is null)`.execute(
    context.tx,
  )
  await sql`update opportunity_stage set entered_at = ${at} where opportunity_id = ${opportunityId} and left_at is null`.execute(
    context.tx,
  )
  return true
}

/** The product of a row becomes the line of one that has none, or the product of its only line when that was edited. */
async function withProduct(context: CommandContext, row: StoredRow, write: Update): Promise<boolean> {
  const file = opportunityOf(write)
  const productId = str(file['productId'])
  if (productId === null || isKept(write, 'productId')) return false
  const lines = await context.tx
    .selectFrom('opportunityLine')
    .select(['id', 'productId'])
    .where('opportunityId', '=', row.id)
    .execute()
  const [only] = lines
  const products = await productsByIds(context.tx, [productId])
  if (only === undefined) {
    const line = lineOf(context, row.id, { productId, amount: row['amount'] }, products)
    if (line) await insertMany(context, 'opportunity_line', LINE_KEYS, [line])
    return line !== null
  }
  const product = products.get(productId)
  if (lines.length > 1 || only.productId === productId || !product || write.mode !== 'update') return false
  await context.tx
    .updateTable('opportunityLine')
    .set((eb) => ({
      productId,
      name: product.name,
      unit: product.unit,
      updatedAt: context.now(),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', only.id)
    .execute()
  return true
}
