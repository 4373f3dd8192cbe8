import type { ApprovalInFull, Flow, FlowValues } from '../../../src-shared/features/approvals/model.ts'
import { CONDITIONS_OF, MOST_FLOWS } from '../../../src-shared/features/approvals/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { approve, delegate, reject, withdraw } from './decide.ts'
import { pageOf, readDelegates, readInFull, readingOf, readOfRecord, waitingFor } from './read.ts'
import { deleteFlow, flowIsUsed, insertFlow, readFlow, readFlows, updateFlow } from './store.ts'
import type { ApprovalSubject } from './subjects.ts'

const nameKey = (name: string): string => name.toLowerCase()

/** @throws Refusal nameTaken | tooMany | conditionUnfit | roleUnknown | employeeUnknown */
async function requireSound(
  context: CommandContext,
  flows: readonly Flow[],
  values: FlowValues,
  id: string | null,
): Promise<void> {
  if (flows.some((one) => one.id !== id && nameKey(one.name) === nameKey(values.name)))
    throw new Refusal('nameTaken', { name: values.name })
  if (id === null && flows.length >= MOST_FLOWS) throw new Refusal('tooMany')
  if (values.conditions.some(({ kind }) => !CONDITIONS_OF[values.subject].includes(kind))) throw new Refusal('conditionUnfit')
  for (const step of values.steps) {
    if (step.kind === 'role' && !(await isThere(context, 'role', step.roleId))) throw new Refusal('roleUnknown')
    if (step.kind === 'employee' && !(await isThere(context, 'employee', step.employeeId))) throw new Refusal('employeeUnknown')
  }
}

const isThere = async ({ tx }: CommandContext, table: 'role' | 'employee', id: string): Promise<boolean> =>
  (await tx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()) !== undefined

/** What a flow says, without the names beside it. */
const saidBy = ({ subject, name, conditions, enabled, steps }: FlowValues, position: number): string =>
  JSON.stringify([
    subject,
    name,
    conditions,
    enabled,
    position,
    steps.map((step) => [
      step.kind,
      step.mode,
      step.kind === 'role' ? step.roleId : step.kind === 'manager' ? step.level : step.employeeId,
    ]),
  ])

/** The calls of approvals, for these kinds of records. */
export const approvalsHandlers = (subjects: readonly ApprovalSubject[]) => {
  const after = (context: CommandContext, id: string): Promise<ApprovalInFull> => readInFull(readingOf(context), id, subjects)
  return {
    list: onQuery.approvals.list.handler(({ input, context }) => pageOf(context, input, subjects)),
    waiting: onQuery.approvals.waiting.handler(async ({ context }) => ({ count: (await waitingFor(context)).length })),
    get: onQuery.approvals.get.handler(({ input, context }) => readInFull(context, input.id, subjects)),
    ofRecord: onQuery.approvals.ofRecord.handler(({ input, context }) => readOfRecord(context, input, subjects)),
    delegates: onQuery.approvals.delegates.handler(({ input, context }) => readDelegates(context, input.id)),

    approve: onCommand.approvals.approve.handler(async ({ input, context }) => {
      await approve(context, input, subjects)
      return after(context, input.id)
    }),
    reject: onCommand.approvals.reject.handler(async ({ input, context }) => {
      await reject(context, input, subjects)
      return after(context, input.id)
    }),
    delegate: onCommand.approvals.delegate.handler(async ({ input, context }) => {
      await delegate(context, input, subjects)
      return after(context, input.id)
    }),
    withdraw: onCommand.approvals.withdraw.handler(async ({ input, context }) => {
      await withdraw(context, input, subjects)
      return after(context, input.id)
    }),

    flows: onQuery.approvals.flows.handler(({ context }) => readFlows(context.db)),
    createFlow: onCommand.approvals.createFlow.handler(async ({ input, context }) => {
      const flows = await readFlows(context.tx)
      await requireSound(context, flows, input, null)
      const id = await insertFlow(context, input, 1 + Math.max(-1, ...flows.map(({ position }) => position)))
      context.record({ entity: 'approvalFlow', id, action: 'flowCreated' })
      return readFlow(context.tx, id)
    }),
    editFlow: onCommand.approvals.editFlow.handler(async ({ input, context }) => {
      const row = await readFlow(context.tx, input.id)
      if (row.version !== input.version) throw new Stale('approvalFlow', row.id)
      const position = input.position ?? row.position
      await requireSound(context, await readFlows(context.tx), input.values, row.id)
      if (saidBy(row, row.position) === saidBy(input.values, position)) context.unchanged()
      else {
        await updateFlow(context, row.id, input.values, position)
        context.record({ entity: 'approvalFlow', id: row.id, action: 'flowEdited' })
      }
      return readFlow(context.tx, row.id)
    }),
    removeFlow: onCommand.approvals.removeFlow.handler(async ({ input, context }) => {
      const row = await readFlow(context.tx, input.id)
      if (await flowIsUsed(context.tx, row.id)) throw new Refusal('flowUsed')
      await deleteFlow(context, row.id)
      context.record({ entity: 'approvalFlow', id: row.id, action: 'flowRemoved', detail: { name: row.name } })
      return { id: row.id }
    }),
  }
}
