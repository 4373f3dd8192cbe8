import type { HistoryStages, SaidTimes, StageEntry } from '../../../src-shared/features/opportunities/history.ts'
import { instantOf } from '../../../src-shared/kernel/cleaning/date.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Asked, Parts, Values, WriteRules } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import type { NamedProduct } from './lines.ts'
import { importStages, type ImportStage } from './store.ts'

export const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
export const opportunityOf = ({ parts }: { readonly parts: Parts }): Values => parts.opportunity?.[0] ?? {}
export const str = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
/** What the row says of its past and of its lines: it stands in no column of the opportunity, or follows from its stage. */
const APART: ReadonlySet<string> = new Set([
  'id',
  'nameSort',
  'productId',
  'engagedAt',
  'stageEnteredAt',
  'stageId',
  'pipelineId',
  'closedOn',
  'createdAt',
  'createdBy',
  'lostReasonId',
  'lostNote',
])

export const askedOfNew = (context: Pick<CommandContext, 'entities'>, parts: Parts): Asked => [
  [entityIn(context, 'opportunity'), opportunityOf({ parts })],
]

/** The plain fields of a row. */
export const plainValues = (file: Values): Values =>
  Object.fromEntries(Object.entries(file).filter(([key, value]) => !APART.has(key) && !isEmpty(value)))

/** Where rows of a sheet may stand, and the zone of their days. */
export type Places = { readonly stages: ReadonlyMap<string, ImportStage>; readonly firstId: string; readonly zone: string }

export async function placesOf(context: CommandContext): Promise<Places> {
  const { stages, firstId } = await importStages(context.tx)
  return { stages, firstId, zone: context.services.timeZone() }
}

/** What a row says of its past; a day without a clock counts from when offices open. */
export const saidOf = (file: Values, zone: string): SaidTimes => ({
  createdAt: str(file['createdAt']),
  engagedAt: str(file['engagedAt']),
  enteredAt: str(file['stageEnteredAt']),
  closedAt: str(file['closedOn']) && instantOf({ date: String(file['closedOn']), time: null, offset: null }, zone),
})

/** What standing in a stage since then means for the opportunity's own columns. */
export const standing = (stage: ImportStage, at: string, file: Values, zone: string): Values => ({
  stageId: stage.id,
  pipelineId: stage.pipelineId,
  state: stage.kind,
  stageEnteredAt: at,
  closedAt: stage.kind === 'open' ? null : at,
  closedOn: stage.kind === 'open' ? null : (str(file['closedOn']) ?? dateIn(at, zone)),
  lostReasonId: stage.kind === 'lost' ? str(file['lostReasonId']) : null,
  lostNote: stage.kind === 'lost' ? str(cleanText(str(file['lostNote']) ?? '')) : null,
})

export const KEYS = [
  'id',
  'number',
  'name',
  'nameSort',
  'customerId',
  'contactId',
  'ownerId',
  'pipelineId',
  'stageId',
  'state',
  'stageEnteredAt',
  'amount',
  'expectedOn',
  'nextStep',
  'nextAt',
  'source',
  'competitor',
  'note',
  'closedAt',
  'closedOn',
  'lostReasonId',
  'lostNote',
  'createdAt',
  'createdBy',
  'updatedAt',
] as const
export const STAGE_KEYS = [
  'id',
  'opportunityId',
  'stageId',
  'fromStageId',
  'enteredAt',
  'leftAt',
  'byEmployeeId',
  'createdAt',
] as const
export const LINE_KEYS = [
  'id',
  'opportunityId',
  'productId',
  'name',
  'unit',
  'quantity',
  'priceFen',
  'discount',
  'amountFen',
  'position',
  'createdAt',
  'createdBy',
  'updatedAt',
] as const
export const stagesOf = (stage: ImportStage): HistoryStages => ({
  own: { id: stage.id, kind: stage.kind },
  first: stage.first,
  second: stage.second,
})

/** Each time ends where the next begins. */
export const historyRows = (context: CommandContext, opportunityId: string, history: readonly StageEntry[]): Values[] =>
  history.map(({ stageId, enteredAt }, at) => ({
    id: context.newId(),
    opportunityId,
    stageId,
    fromStageId: history[at - 1]?.stageId ?? null,
    enteredAt,
    leftAt: history[at + 1]?.enteredAt ?? null,
    // Whoever brings the list has moved none of them.
    byEmployeeId: null,
    createdAt: context.now(),
  }))

/** The product of a row as its line: one piece at what the row says it comes to. */
export function lineOf(
  context: CommandContext,
  opportunityId: string,
  file: Values,
  products: ReadonlyMap<string, NamedProduct>,
): Values | null {
  const product = products.get(str(file['productId']) ?? '')
  if (!product) return null
  const amount = typeof file['amount'] === 'number' ? file['amount'] : null
  const at = context.now()
  return {
    id: context.newId(),
    opportunityId,
    productId: product.id,
    name: product.name,
    unit: product.unit,
    quantity: '1',
    priceFen: amount,
    discount: '0',
    amountFen: amount,
    position: 0,
    createdAt: at,
    createdBy: context.actor.userId || null,
    updatedAt: at,
  }
}

/** Fields with a column that are written as they stand. */
export const mappedPlain = (rules: WriteRules): string[] =>
  rules.mapped.flatMap((key) => {
    if (!key.startsWith('opportunity.')) return []
    const field = key.slice('opportunity.'.length)
    return (APART.has(field) || field === 'number') && !isCustomKey(field) ? [] : [field]
  })
