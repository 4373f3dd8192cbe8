import { missingFor } from '../../../src-shared/features/opportunities/rules.ts'
import { bornAt, historyOf } from '../../../src-shared/features/opportunities/history.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { RowResult, RowWrite, Values, WriteRules } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { markWon } from '../../kernel/markWon.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { soundRows, tried } from '../../kernel/records/sound.ts'
import { customersForRows, customersMade, insertMany, insertRecords, newCustomerKey } from '../customers/public.ts'
import {
  askedOfNew,
  historyRows,
  isEmpty,
  KEYS,
  LINE_KEYS,
  lineOf,
  opportunityOf,
  type Places,
  placesOf,
  plainValues,
  saidOf,
  STAGE_KEYS,
  stagesOf,
  standing,
  str,
} from './importRows.ts'
import { updateOne } from './importUpdate.ts'
import { type NamedProduct, productsByIds } from './lines.ts'
import type { ImportStage } from './store.ts'

type Create = Extract<RowWrite, { mode: 'create' }>
/** One chunk of opportunities: new ones in a few statements with their stages and lines, the others one by one. */
export async function writeOpportunities(
  context: CommandContext,
  rows: readonly RowWrite[],
  rules: WriteRules,
): Promise<RowResult[]> {
  const entity = entityIn(context, 'opportunity')
  const places = await placesOf(context)
  const results = await createAll(
    context,
    rows.filter((row): row is Create => row.mode === 'create'),
    { rules, places },
  )
  for (const write of rows)
    if (write.mode !== 'create')
      results.push(await tried(context, [entity], write.row, () => updateOne(context, write, { rules, places })))
  return results
}

type Tables = Record<'opportunities' | 'stages' | 'lines', Values[]>
type How = { readonly rules: WriteRules; readonly places: Places }

async function createAll(context: CommandContext, rows: readonly Create[], { rules, places }: How): Promise<RowResult[]> {
  if (rows.length === 0) return []
  const homes = await homesOf(context, rows)
  const faults = await soundRows(
    context,
    rows.map((row) => ({ row: row.row, parts: askedOfNew(context, row.parts) })),
  )
  const products = await productsByIds(
    context.tx,
    rows.flatMap((row) => str(opportunityOf(row)['productId']) ?? []),
  )
  const tables: Tables = { opportunities: [], stages: [], lines: [] }
  const results: RowResult[] = []
  for (const row of rows) {
    const file = opportunityOf(row)
    const stage = places.stages.get(str(file['stageId']) ?? stageOfPipeline(places, str(file['pipelineId'])))
    const customerId = homes.idOf(row)
    const fault =
      faults.get(row.row) ??
      (isEmpty(file['name'])
        ? failed(row, 'opportunityless')
        : stage === undefined
          ? failed(row, 'stageGone')
          : customerId !== null && !homes.reached.has(customerId)
            ? failed(row, 'customerGone')
            : null)
    if (fault || !stage) {
      if (fault) results.push(fault)
      continue
    }
    const { lacks } = await layOne(context, tables, { row, stage, customerId, rules, places, products })
    results.push({ row: row.row, outcome: 'created', recordId: row.id, ...(lacks && { reason: 'stageAsksMore' }) })
  }
  await insertRecords(context, entityIn(context, 'opportunity'), KEYS, tables.opportunities)
  await insertMany(context, 'opportunity_stage', STAGE_KEYS, tables.stages)
  await insertMany(context, 'opportunity_line', LINE_KEYS, tables.lines)
  const won = tables.opportunities.filter(({ state }) => state === 'won')
  await markWon(
    context,
    won.map(({ customerId, closedOn }) => ({ customerId, on: str(closedOn) })),
  )
  return results
}

const failed = ({ row }: Create, reason: string): RowResult => ({ row, outcome: 'failed', reason })
const stageOfPipeline = ({ stages, firstId }: Places, pipelineId: string | null): string =>
  (pipelineId === null ? undefined : [...stages.values()].find((one) => one.pipelineId === pipelineId)?.first) ?? firstId

/** The customers that rows hang on, those made that nobody knew among them; a row may have none. */
async function homesOf(context: CommandContext, rows: readonly Create[]) {
  const unknown = rows.filter((row) => isEmpty(opportunityOf(row)['customerId']) && row.parts.customer?.[0] !== undefined)
  const made =
    unknown.length === 0
      ? new Map<string, string>()
      : await customersMade(
          context,
          unknown.map(({ parts }) => parts.customer?.[0] ?? {}),
          'edit',
        )
  const idOf = (row: Create): string | null =>
    str(opportunityOf(row)['customerId']) ??
    (row.parts.customer?.[0] === undefined ? null : (made.get(newCustomerKey(row.parts.customer[0])) ?? ''))
  const ids = rows.flatMap((row) => idOf(row) ?? [])
  const reached = ids.length === 0 ? new Map<string, unknown>() : await customersForRows(context, ids, 'edit')
  return { idOf, reached }
}

type Laying = How & {
  row: Create
  stage: ImportStage
  customerId: string | null
  products: ReadonlyMap<string, NamedProduct>
}
/** @returns whether it stands where more is asked for than it brings: what another program has is taken over as it is, and told */
async function layOne(context: CommandContext, tables: Tables, given: Laying): Promise<{ lacks: boolean }> {
  const { row, stage, customerId, rules, places, products } = given
  const file = opportunityOf(row)
  const now = context.now()
  const said = saidOf(file, places.zone)
  const history = historyOf(stagesOf(stage), said, now)
  const at = history.at(-1)?.enteredAt ?? now
  const born = bornAt(said, history)
  const isMapped = (key: string): boolean => rules.mapped.includes(`opportunity.${key}`)
  tables.opportunities.push({
    ...plainValues(file),
    ...(isMapped('ownerId') ? {} : { ownerId: context.actor.employeeId }),
    ...standing(stage, at, file, places.zone),
    nameSort: file['nameSort'],
    customerId,
    id: row.id,
    number: str(file['number']) ?? (await takeNumber(context, entityIn(context, 'opportunity'))),
    createdAt: born !== '' && born < now ? born : now,
    createdBy: isMapped('createdBy') ? (file['createdBy'] ?? null) : context.actor.userId || null,
    updatedAt: now,
  })
  tables.stages.push(...historyRows(context, row.id, history))
  const line = lineOf(context, row.id, file, products)
  if (line) tables.lines.push(line)
  const brought = { ...plainValues(file), customerId, lines: line && 1 }
  return { lacks: missingFor({ required: stage.asked }, brought).length > 0 }
}
