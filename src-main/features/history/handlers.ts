import { setImmediate } from 'node:timers/promises'
import type { FieldChange, HistoryEntry, UndoResult } from '../../../src-shared/features/history/model.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import type { Permission } from '../../../src-shared/kernel/permissions.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { UNDO_PART } from '../../../src-shared/kernel/undo.ts'
import type { CommandContext, QueryContext, StagedContext } from '../../kernel/context.ts'
import { Forbidden } from '../../kernel/errors.ts'
import { onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { rememberWhole, WHOLE } from '../../kernel/records/bulk.ts'
import { getRow } from '../../kernel/records/select.ts'
import { mayReadKind } from '../../kernel/policy.ts'
import { type RowOutcome, wrote } from '../../kernel/undo.ts'
import { predecessorsOf } from '../customers/public.ts'
import { reverseMerge } from '../merges/public.ts'
import { requireSoundPeople, requireTouchedCovered, rightsTouchedBy } from '../people/public.ts'
import { MONEY_TABLES, REFUND_TABLES, requireSoundMoney, requireSoundRefunds } from '../payments/public.ts'
import { requireLastWord } from '../approvals/public.ts'
import { requireSoundCategories } from '../products/public.ts'
import { requireSoundCustomers } from '../customers/public.ts'
import { ORDER_TABLES, requireSoundOrders } from '../orders/public.ts'
import { PURCHASE_TABLES, requireSoundPurchases } from '../purchases/public.ts'
import { requireSoundQuotes } from '../quotes/public.ts'
import { requireSoundStock, STOCK_TABLES } from '../stock/public.ts'
import { countsOf, kindOf, ownersOfParts, recordsAmong, resultOf, type Undone } from './counted.ts'
import { factsTeller, recordsIn, rootsOf, type Sums, sumsOf } from './lines.ts'
import { firstNames, recordNames } from './names.ts'
import {
  changesOfRow,
  commandsOfRow,
  getCommand,
  openCommandsOfBatch,
  recentCommands,
  type StoredCommand,
  sumOfBatch,
  turnsOf,
} from './store.ts'
import { rightsToReverse } from './undoer.ts'

type BatchResult = UndoResult & { remaining: number; before: number | null }
const PEOPLE: ReadonlySet<string> = new Set([
  'department',
  'employee',
  'employment',
  'role',
  'role_permission',
  'role_field_right',
  'user_account',
  'user_role',
])
const QUOTED: ReadonlySet<string> = new Set(['quote', 'quote_line', 'approval'])
const GUARDS: Partial<Record<Entity, Permission>> = {
  employee: 'people.read',
  department: 'people.read',
  role: 'people.read',
  user: 'people.read',
  workspace: 'settings.manage',
  calendar: 'settings.manage',
  tag: 'tags.manage',
  productCategory: 'products.read',
  priceList: 'products.read',
  customField: 'fields.manage',
  pool: 'pools.manage',
  poolRule: 'pools.manage',
  holdingLimit: 'pools.manage',
  pipeline: 'pipelines.manage',
  stage: 'pipelines.manage',
  lostReason: 'pipelines.manage',
  evaluationDimension: 'pipelines.manage',
  target: 'targets.manage',
  sourceCost: 'sourceCosts.read',
  approvalFlow: 'approvals.manage',
  documentTemplate: 'settings.manage',
  leadSource: 'leadPools.manage',
  leadReason: 'leadPools.manage',
  leadPool: 'leadPools.manage',
  leadRule: 'leadPools.manage',
  warehouse: 'warehouses.manage',
}

export const historyHandlers = {
  ofRecord: onQuery.history.ofRecord.handler(async ({ input, context }) => {
    const entity = context.entities.get(input.entity)
    if (entity) await getRow(context.db, context.actor, entity, input.id, { deleted: true })
    else requireGuard(context, input.entity)
    const ids = [input.id, ...(input.entity === 'customer' ? await predecessorsOf(context.db, input.id) : [])]
    const commands = await commandsOfRow(context.db, {
      entity: input.entity,
      table: entity?.table ?? tableByEntity[input.entity] ?? input.entity,
      ids,
      before: input.before,
      limit: input.limit,
    })
    const page = commands.slice(0, input.limit).map((command) => seenThrough(context, command, input))
    const changes = entity
      ? await changesOfRow(
          context,
          entity,
          ids,
          page.map((command) => command.seq),
        )
      : new Map<number, FieldChange[]>()
    return { entries: await entriesOf(context, page, { changes, record: input }), hasMore: commands.length > input.limit }
  }),

  recent: onQuery.history.recent.handler(async ({ input, context }) => {
    if (!input.mine && !may(context.actor, 'history.readAll')) throw new Forbidden('history.readAll')
    const commands = await recentCommands(context.db, {
      actorId: input.mine ? context.actor.userId : null,
      before: input.before,
      limit: input.limit,
    })
    const page = commands.slice(0, input.limit)
    return {
      entries: await entriesOf(context, page, { sums: await sumsOf(context.db, page) }),
      hasMore: commands.length > input.limit,
    }
  }),

  batch: onQuery.history.batch.handler(({ input, context }) =>
    sumOfBatch(context.db, input.batchId, may(context.actor, 'history.readAll') ? null : context.actor.userId),
  ),

  undo: onStagedCommand.history.undo.handler(async ({ input, context }) => {
    const outcome = await undoOne(context, input.seq)
    return resultOf({ batchId: null, ...outcome })
  }),

  undoBatch: onStagedCommand.history.undoBatch.handler(async ({ input, context }) => {
    const answered = context.answered<BatchResult>(WHOLE)
    if (answered) return answered
    const { seqs, total } = await openCommandsOfBatch(context.db, {
      batchId: input.batchId,
      before: input.before,
      limit: input.most ?? UNDO_PART,
    })
    if (seqs.length === 0 && input.before === undefined) throw new Refusal('alreadyUndone')
    const rows: RowOutcome[] = []
    const done: Undone[] = []
    let entity: string | null = null
    let written: number | null = null
    for (const seq of seqs) {
      const one = await undoOne(context, seq, `undo-${seq}`)
      rows.push(...one.rows)
      done.push(one)
      entity = one.entity
      written ??= one.seq
      await setImmediate()
    }
    // By number, not by what is still open: a chunk of which every row is kept stays open, and would come first for ever.
    const result = {
      ...resultOf({
        seq: null,
        batchId: written === null ? null : (await getCommand(context.db, written)).batchId,
        entity,
        rows,
        // In the kind the batch began with: of a hand-over the leaving comes behind it.
        records: done.flatMap((one) => (one.entity === entity ? one.records : [])),
      }),
      remaining: total - seqs.length,
      before: seqs.at(-1) ?? null,
    }
    return rememberWhole(context, result)
  }),
}

const tableByEntity: Partial<Record<Entity, string>> = {
  user: 'user_account',
  calendar: 'calendar_day',
  productCategory: 'product_category',
  priceList: 'price_list',
  lostReason: 'lost_reason',
  sourceCost: 'source_cost',
  evaluationDimension: 'evaluation_dimension',
  approvalFlow: 'approval_flow',
  documentTemplate: 'document_template',
  leadSource: 'lead_source',
  leadReason: 'lead_invalid_reason',
  leadPool: 'lead_pool',
  leadRule: 'lead_rule',
}

function requireGuard(context: QueryContext, entity: Entity): void {
  const needed = GUARDS[entity]
  if (!needed || !may(context.actor, needed)) throw new Forbidden(needed ?? 'history.readAll')
}

/** Takes one command back as a command of its own. */
async function undoOne(context: StagedContext, seq: number, part?: string): Promise<Undone & { isOfOne: boolean }> {
  const command = await getCommand(context.db, seq)
  const { root, turns } = await turnsOf(context.db, command)
  if (command.actorId !== context.actor.userId && !may(context.actor, 'history.readAll')) throw new Refusal('notYours')
  if (command.irreversible !== null || root.irreversible !== null) throw new Refusal('irreversible')
  const undone = await context.commit((write) => reverseInside(write, command, { root, isRedo: turns % 2 === 1 }), {
    undoes: seq,
    // A step of many: their answer is what is waited for.
    ...(part ? { part, relaxed: true } : {}),
  })
  return { ...undone, isOfOne: root.batchId === null && root.recordId !== '' }
}

type Turn = { root: StoredCommand; isRedo: boolean }
async function reverseInside(context: CommandContext, command: StoredCommand, { root, isRedo }: Turn): Promise<Undone> {
  // Asked again inside the transaction: two people may press the same button.
  if ((await getCommand(context.tx, command.seq)).undoneBySeq !== null) throw new Refusal('alreadyUndone')
  // Who may give what is asked as the commands of people ask it, for what stood before and for what comes back.
  const touched = await rightsTouchedBy(context.tx, command.seq)
  await requireTouchedCovered(context, touched)
  await requireLastWord(context, { seq: command.seq, byHimself: root.actorId === context.actor.userId })
  const entity = kindOf(root)
  const owners = await ownersOfParts(context.tx, command.seq, entity)
  const rows = await reversedRows(context, command, root)
  const records = recordsAmong(rows, entity, owners)
  if (rows.some(wrote)) {
    const { because: _because, ...counts } = countsOf(rows)
    const { reversed } = countsOf(records)
    context.record({
      entity: command.entity ?? 'command',
      id: command.recordId ?? '',
      action: isRedo ? 'redone' : 'undone',
      detail: { of: command.action, ...counts, ...(reversed > 0 && { count: reversed }) },
    })
    if (rows.some((row) => row.tbl === 'customer')) await requireSoundCustomers(context)
    if (rows.some((row) => QUOTED.has(row.tbl))) await requireSoundQuotes(context, command.seq)
    if (rows.some((row) => ORDER_TABLES.has(row.tbl))) await requireSoundOrders(context)
    if (rows.some((row) => REFUND_TABLES.has(row.tbl))) await requireSoundRefunds(context)
    if (rows.some((row) => row.tbl === 'product_category')) await requireSoundCategories(context)
    if (rows.some((row) => MONEY_TABLES.has(row.tbl))) await requireSoundMoney(context)
    if (rows.some((row) => STOCK_TABLES.has(row.tbl))) await requireSoundStock(context)
    if (rows.some((row) => PURCHASE_TABLES.has(row.tbl))) await requireSoundPurchases(context)
    if (rows.some((row) => PEOPLE.has(row.tbl))) {
      // Taking back must not leave nobody who can sign in as administrator, nor a circle of departments.
      await requireSoundPeople(context.tx)
      await requireTouchedCovered(context, touched)
      context.afterCommit(() => context.services.rightsChanged())
    }
  } else context.unchanged()
  // Nothing was written when nothing was reversed: the number would be another command's.
  return { seq: rows.some(wrote) ? context.seq : null, rows, records, entity }
}

async function reversedRows(context: CommandContext, command: StoredCommand, root: StoredCommand): Promise<RowOutcome[]> {
  if (root.procedure === 'merges.merge') return (await reverseMerge(context, command.seq)).rows
  return context.reverse(command.seq, await rightsToReverse(context, command.seq, root))
}

/** Records out of reach today keep their number to themselves. */
const isInSight = (
  context: QueryContext,
  command: Pick<StoredCommand, 'entity' | 'recordId'>,
  names: ReadonlyMap<string, string>,
): boolean => !context.entities.has(command.entity ?? 'command') || names.has(command.recordId ?? '')

type AskedRecord = { entity: Entity; id: string }
type Told = { changes?: ReadonlyMap<number, FieldChange[]>; sums?: Sums; record?: AskedRecord }

/** A step about a kind of which the caller sees none, a follow-up for finance, is told only as a change of the record asked for. */
function seenThrough(context: QueryContext, command: StoredCommand, { entity, id }: AskedRecord): StoredCommand {
  const about = command.entity === null ? undefined : context.entities.get(command.entity)
  if (!about || mayReadKind(context.actor, about)) return command
  return { ...command, entity, recordId: id, action: 'edited', procedure: 'history.change', rows: 1, detail: null }
}

async function entriesOf(
  context: QueryContext,
  commands: readonly StoredCommand[],
  { changes, sums, record }: Told,
): Promise<HistoryEntry[]> {
  const names = await recordNames(context, commands)
  const first = await firstNames(context, commands)
  const roots = await rootsOf(context.db, commands)
  const tell = await factsTeller(context.db, [...commands, ...roots.values()])
  return commands.map((stored) => {
    const { actorId, detail: _detail, isLastTurn, ...command } = stored
    const found = roots.get(command.seq)
    const root = found && (record ? seenThrough(context, found, record) : found)
    const open = command.undoneBySeq === null ? 1 : 0
    const sum = sums?.(stored) ?? { steps: 1, rows: command.rows, open, last: isLastTurn, records: null }
    const mayUndo = actorId === context.actor.userId || may(context.actor, 'history.readAll')
    return {
      ...command,
      recordId: isInSight(context, command, names) ? command.recordId : null,
      recordName: names.get(command.recordId ?? '') ?? null,
      firstNames: first.get(command.seq) ?? [],
      rows: sum.rows,
      steps: sum.steps,
      undoneBySeq: sum.open > 0 ? null : command.undoneBySeq,
      undoable: command.irreversible === null && sum.last > 0 && mayUndo,
      changes: changes?.get(command.seq) ?? [],
      // Of an undo what was taken back, and as many of it as were.
      facts: tell(root ?? stored, sum.records ?? (root ? recordsIn(stored) : null), sum.steps),
      about: root ? { procedure: root.procedure, action: root.action, entity: root.entity } : null,
    }
  })
}
