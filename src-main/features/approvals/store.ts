import { type RawBuilder, sql } from 'kysely'
import type {
  Approval,
  Because,
  Condition,
  Decision,
  Flow,
  FlowValues,
  NamedStep,
  Subject,
  Summary,
} from '../../../src-shared/features/approvals/model.ts'
import type { Passed } from '../../../src-shared/features/approvals/rules.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'

type Db = ReadDb | WriteTx

type FlowRow = Omit<Flow, 'conditions' | 'enabled' | 'steps'> & { conditions: string; enabled: number }
type StepRow = {
  flowId: string
  kind: NamedStep['kind']
  roleId: string | null
  level: number | null
  employeeId: string | null
  mode: 'any' | 'all'
  name: string | null
}

const stepOf = ({ kind, roleId, level, employeeId, mode, name }: StepRow): NamedStep => {
  if (kind === 'role') return { kind, roleId: roleId ?? '', mode, name }
  return kind === 'manager' ? { kind, level: level ?? 1, mode, name } : { kind, employeeId: employeeId ?? '', mode, name }
}

/** Every flow, or those of one subject, in the order in which they count. */
export async function readFlows(db: Db, subject?: Subject): Promise<Flow[]> {
  const { rows } = await sql<FlowRow>`
    select id, subject, name, conditions, enabled, position, version from approval_flow
    where ${subject === undefined ? sql`1 = 1` : sql`subject = ${subject}`} order by subject, position, id`.execute(db)
  const { rows: steps } = await sql<StepRow>`
    select s.flow_id, s.kind, s.role_id, s.level, s.employee_id, s.mode, coalesce(r.name, e.name) as name
    from approval_step s left join role r on r.id = s.role_id left join employee e on e.id = s.employee_id order by s.flow_id, s.position`.execute(
    db,
  )
  return rows.map((row) => ({
    ...row,
    conditions: JSON.parse(row.conditions) as Condition[],
    enabled: row.enabled === 1,
    steps: steps.filter(({ flowId }) => flowId === row.id).map(stepOf),
  }))
}

export async function readFlow(db: Db, id: string): Promise<Flow> {
  const found = (await readFlows(db)).find((one) => one.id === id)
  if (!found) throw new NotFound('approvalFlow', id)
  return found
}

const flowColumns = ({ subject, name, conditions, enabled }: FlowValues) => ({
  subject,
  name,
  conditions: JSON.stringify(conditions),
  enabled: enabled ? 1 : 0,
})

export async function insertFlow(context: CommandContext, values: FlowValues, position: number): Promise<string> {
  const id = context.newId()
  const at = context.now()
  await context.tx
    .insertInto('approvalFlow')
    .values({ id, ...flowColumns(values), position, createdAt: at, createdBy: context.actor.userId || null, updatedAt: at })
    .execute()
  await writeSteps(context, id, values)
  return id
}

export async function updateFlow(context: CommandContext, id: string, values: FlowValues, position: number): Promise<void> {
  await context.tx
    .updateTable('approvalFlow')
    .set((eb) => ({ ...flowColumns(values), position, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await context.tx.deleteFrom('approvalStep').where('flowId', '=', id).execute()
  await writeSteps(context, id, values)
}

async function writeSteps(context: CommandContext, flowId: string, { steps }: FlowValues): Promise<void> {
  const at = context.now()
  for (const [position, step] of steps.entries())
    await context.tx
      .insertInto('approvalStep')
      .values({
        id: context.newId(),
        flowId,
        position,
        kind: step.kind,
        roleId: step.kind === 'role' ? step.roleId : null,
        level: step.kind === 'manager' ? step.level : null,
        employeeId: step.kind === 'employee' ? step.employeeId : null,
        mode: step.mode,
        createdAt: at,
        updatedAt: at,
      })
      .execute()
}

export async function deleteFlow(context: CommandContext, id: string): Promise<void> {
  await context.tx.deleteFrom('approvalStep').where('flowId', '=', id).execute()
  await context.tx.deleteFrom('approvalFlow').where('id', '=', id).execute()
}

export async function flowIsUsed(tx: WriteTx, id: string): Promise<boolean> {
  const row = await tx.selectFrom('approval').select('id').where('flowId', '=', id).limit(1).executeTakeFirst()
  return row !== undefined
}

/** A request as it is stored. */
export type Stored = Omit<Approval, 'opens' | 'seats' | 'applicantName' | 'summary' | 'steps'> & {
  flowId: string
  mark: string
  summary: Summary
  steps: NamedStep[]
}
type StoredText = Omit<Stored, 'summary' | 'steps'> & { summary: string; steps: string }

const COLUMNS = sql`a.id, a.subject, a.subject_id, a.flow_id, a.title, a.flow_name, a.summary, a.note, a.applicant_id, a.status, a.step, a.steps,
  a.started_at, a.ended_at, a.mark, a.version`
export async function readApprovals(db: Db, where: RawBuilder<unknown>): Promise<Stored[]> {
  const { rows } = await sql<StoredText>`select ${COLUMNS} from approval a where ${where}`.execute(db)
  return rows.map((row) => ({ ...row, summary: JSON.parse(row.summary) as Summary, steps: JSON.parse(row.steps) as NamedStep[] }))
}

export async function approvalById(db: Db, id: string): Promise<Stored> {
  const [found] = await readApprovals(db, sql`a.id = ${id}`)
  if (!found) throw new NotFound('approval', id)
  return found
}

export type StoredDecision = Omit<Decision, 'approverName' | 'delegateOfName' | 'passedToName'> & {
  approvalId: string
  approverId: string | null
  delegateOf: string | null
  passedTo: string | null
}
/** What was decided about these requests, in its order. */
export async function decisionsOf(db: Db, ids: readonly string[]): Promise<Map<string, StoredDecision[]>> {
  const { rows } = await sql<StoredDecision>`
    select id, approval_id, step, approver_id, delegate_of, passed_to, decision, because, note, at from approval_decision
    where approval_id in (select value from json_each(${JSON.stringify(ids)})) order by id`.execute(db)
  const found = new Map<string, StoredDecision[]>()
  for (const row of rows) found.set(row.approvalId, [...(found.get(row.approvalId) ?? []), row])
  return found
}

/** Of one step: who agreed, and who gave his place to whom. */
export const inStep = (decisions: readonly StoredDecision[], step: number): { agreed: string[]; passed: Passed[] } => {
  const here = decisions.filter((one) => one.step === step)
  return {
    agreed: here.flatMap(({ decision, approverId }) => (decision === 'approved' && approverId !== null ? [approverId] : [])),
    passed: here.flatMap(({ approverId, passedTo }) =>
      approverId !== null && passedTo !== null ? [{ from: approverId, to: passedTo }] : [],
    ),
  }
}

type NewDecision = {
  approvalId: string
  step: number
  decision: Decision['decision']
  delegateOf?: string | null
  passedTo?: string | null
  because?: Because | null
  note: string | null
}
export async function insertDecision(context: CommandContext, made: NewDecision): Promise<void> {
  const at = context.now()
  const { delegateOf = null, passedTo = null, because = null, ...own } = made
  await context.tx
    .insertInto('approvalDecision')
    .values({
      id: context.newId(),
      ...own,
      delegateOf,
      passedTo,
      because,
      approverId: context.actor.employeeId,
      at,
      createdAt: at,
    })
    .execute()
}

export async function writeApproval(
  context: CommandContext,
  id: string,
  values: { step?: number; status?: Approval['status'] },
): Promise<void> {
  const ended = values.status !== undefined && values.status !== 'pending'
  await context.tx
    .updateTable('approval')
    .set((eb) => ({
      ...values,
      ...(ended && { endedAt: context.now() }),
      updatedAt: context.now(),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}
