import { sql } from 'kysely'
import type { Decision } from '../../../src-shared/features/approvals/model.ts'
import { type Asked, askedIn, flowFor, isThrough, requireDelegate, seatOf } from '../../../src-shared/features/approvals/rules.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { type Member, readCompany, todayOf } from './company.ts'
import {
  approvalById,
  decisionsOf,
  inStep,
  insertDecision,
  readApprovals,
  readFlows,
  type Stored,
  type StoredDecision,
  writeApproval,
} from './store.ts'
import type { ApprovalSubject, HandedIn } from './subjects.ts'

type Company = ReadonlyMap<string, Member>

/** Who is asked in the step that is on. */
export function askedNow(row: Stored, company: Company, decisions: readonly StoredDecision[]): Asked[] {
  const step = row.steps[row.step]
  if (row.status !== 'pending' || !step) return []
  return askedIn(step, row.applicantId, company, inStep(decisions, row.step).passed)
}

type Called = ReturnType<typeof flowFor<Awaited<ReturnType<typeof readFlows>>[number]>>
/** Asked of many records of a kind: the flow that is called for by figures and what calls for it, or null where nobody need be asked. */
export async function calledFor(
  { tx }: Pick<CommandContext, 'tx'>,
  subject: HandedIn['subject'],
): Promise<(figures: HandedIn['figures']) => Called> {
  const flows = await readFlows(tx, subject)
  return (figures) => flowFor(flows, figures)
}

/** The same of one record. */
export const neededFor = async (
  context: Pick<CommandContext, 'tx'>,
  { subject, figures }: Pick<HandedIn, 'subject' | 'figures'>,
): Promise<Called> => (await calledFor(context, subject))(figures)

/**
 * Hands a record in by the flow that is called for. The steps are kept as they are today.
 * @returns the id of the request, or null when nobody need be asked
 * @throws Refusal alreadyPending
 */
export async function handIn(context: CommandContext, handed: HandedIn): Promise<string | null> {
  const called = await neededFor(context, handed)
  if (!called) return null
  const [open] = await readApprovals(
    context.tx,
    sql`a.subject = ${handed.subject} and a.subject_id = ${handed.subjectId} and a.status = 'pending'`,
  )
  if (open) throw new Refusal('alreadyPending')
  const id = context.newId()
  const at = context.now()
  const { subject, subjectId, title, customerName, figures, mark, note } = handed
  await context.tx
    .insertInto('approval')
    .values({
      id,
      subject,
      subjectId,
      flowId: called.flow.id,
      flowName: called.flow.name,
      steps: JSON.stringify(called.flow.steps),
      applicantId: context.actor.employeeId,
      status: 'pending',
      title,
      summary: JSON.stringify({ ...figures, customerName, conditions: called.because }),
      mark,
      note,
      startedAt: at,
      endedAt: null,
      createdAt: at,
      updatedAt: at,
    })
    .execute()
  await ask(context, await approvalById(context.tx, id))
  return id
}

/** Tells those who are asked in the step that is on. */
async function ask(context: CommandContext, row: Stored): Promise<void> {
  const company = await readCompany(context.tx, todayOf(context))
  const asked = askedNow(row, company, (await decisionsOf(context.tx, [row.id])).get(row.id) ?? [])
  tell(
    context,
    row,
    'approvalAsked',
    asked.map(({ employeeId }) => employeeId),
  )
}

function tell(
  context: CommandContext,
  { id, subject, applicantId }: Stored,
  kind: 'approvalAsked' | 'approvalPassed' | 'approvalRefused' | 'approvalWithdrawn',
  to: readonly (string | null)[] = [applicantId],
): void {
  const employeeIds = to.filter((one): one is string => one !== null)
  if (employeeIds.length > 0) context.notify({ employeeIds, kind, entity: 'approval', recordId: id, detail: { subject } })
}

type Wanted = { id: string; version: number; note: string | null }
/** `standing`: what is agreed to must be there as it was handed in; saying no needs nothing to be there. */
async function toDecide(
  context: CommandContext,
  { id, version }: Wanted,
  subjects: readonly ApprovalSubject[],
  { standing = true }: { standing?: boolean } = {},
) {
  const row = await approvalById(context.tx, id)
  const company = await readCompany(context.tx, todayOf(context))
  const decisions = (await decisionsOf(context.tx, [id])).get(id) ?? []
  const asked = askedNow(row, company, decisions)
  const { agreed } = inStep(decisions, row.step)
  const seat = seatOf(row.status, context.actor.employeeId, asked, agreed)
  if (row.version !== version) throw new Stale('approval', id)
  const subject = subjectOf(subjects, row)
  if (standing) await subject.requireStanding(context, row.subjectId, row.mark)
  return { row, company, asked, agreed, seat, subject }
}

export function subjectOf(subjects: readonly ApprovalSubject[], { subject }: Pick<Stored, 'subject'>): ApprovalSubject {
  const found = subjects.find(({ kind }) => kind === subject)
  if (!found) throw new Error(`nothing says what a ${subject} is`)
  return found
}

const placeOf = (seat: Asked) => ({ delegateOf: seat.insteadOf, because: seat.because })

/** Agrees; where that was the last word of the last step, the record is told. @throws Refusal ended | notAsked | alreadyDecided | subjectGone */
export async function approve(context: CommandContext, wanted: Wanted, subjects: readonly ApprovalSubject[]): Promise<void> {
  const { row, asked, agreed, seat, subject } = await toDecide(context, wanted, subjects)
  const step = row.steps[row.step]
  await insertDecision(context, {
    approvalId: row.id,
    step: row.step,
    decision: 'approved',
    note: wanted.note || null,
    ...placeOf(seat),
  })
  const through = step !== undefined && isThrough(step, asked, [...agreed, seat.employeeId])
  const last = row.step + 1 >= row.steps.length
  if (!through) await writeApproval(context, row.id, {})
  else if (!last) {
    await writeApproval(context, row.id, { step: row.step + 1 })
    await ask(context, { ...row, step: row.step + 1 })
  } else {
    await writeApproval(context, row.id, { status: 'approved' })
    await subject.settled(context, row.subjectId, 'approved')
    tell(context, row, 'approvalPassed')
  }
  note(context, row, 'approved')
}

/** Says no, with the reason. @throws Refusal noteMissing | ended | notAsked | alreadyDecided */
export async function reject(context: CommandContext, wanted: Wanted, subjects: readonly ApprovalSubject[]): Promise<void> {
  const { row, seat, subject } = await toDecide(context, wanted, subjects, { standing: false })
  if (!wanted.note) throw new Refusal('noteMissing')
  await insertDecision(context, { approvalId: row.id, step: row.step, decision: 'rejected', note: wanted.note, ...placeOf(seat) })
  await writeApproval(context, row.id, { status: 'rejected' })
  await subject.settled(context, row.subjectId, 'rejected')
  tell(context, row, 'approvalRefused')
  note(context, row, 'rejected')
}

/** Gives his place in this step to a colleague. @throws Refusal delegateUnfit | ended | notAsked | alreadyDecided | subjectGone */
export async function delegate(
  context: CommandContext,
  wanted: Wanted & { to: string },
  subjects: readonly ApprovalSubject[],
): Promise<void> {
  const { row, company, asked, seat } = await toDecide(context, wanted, subjects)
  requireDelegate(wanted.to, row.applicantId, company, asked)
  await insertDecision(context, {
    approvalId: row.id,
    step: row.step,
    decision: 'delegated',
    passedTo: wanted.to,
    note: wanted.note || null,
    ...placeOf(seat),
  })
  await writeApproval(context, row.id, {})
  tell(context, row, 'approvalAsked', [wanted.to])
  note(context, row, 'delegated')
}

/** Takes the request back before it is decided. @throws Refusal ended | notYours */
export async function withdraw(context: CommandContext, wanted: Wanted, subjects: readonly ApprovalSubject[]): Promise<void> {
  const row = await approvalById(context.tx, wanted.id)
  if (!mayWithdraw(context, row)) throw new Refusal('notYours')
  if (row.status !== 'pending') throw new Refusal('ended')
  if (row.version !== wanted.version) throw new Stale('approval', row.id)
  const asked = askedNow(
    row,
    await readCompany(context.tx, todayOf(context)),
    (await decisionsOf(context.tx, [row.id])).get(row.id) ?? [],
  )
  await insertDecision(context, { approvalId: row.id, step: row.step, decision: 'withdrawn', note: wanted.note || null })
  await writeApproval(context, row.id, { status: 'withdrawn' })
  await subjectOf(subjects, row).settled(context, row.subjectId, 'withdrawn')
  tell(
    context,
    row,
    'approvalWithdrawn',
    asked.map(({ employeeId }) => employeeId),
  )
  note(context, row, 'withdrawn')
}

export const mayWithdraw = ({ actor }: Pick<CommandContext, 'actor'>, { applicantId }: Pick<Stored, 'applicantId'>): boolean =>
  may(actor, 'approvals.manage') || (applicantId !== null && applicantId === actor.employeeId)

const note = (context: CommandContext, { id, subject }: Stored, action: Decision['decision']): void =>
  context.record({ entity: 'approval', id, action, detail: { subject } })

/** Requests about a record that goes for good. @returns the ids of the rows */
export async function purgeApprovals(
  context: CommandContext,
  kind: HandedIn['subject'],
  ids: readonly string[],
): Promise<string[]> {
  const of = sql`select id from approval where subject = ${kind} and subject_id in (select value from json_each(${JSON.stringify(ids)}))`
  const { rows } = await sql<{ id: string }>`delete from approval_decision where approval_id in (${of}) returning id`.execute(
    context.tx,
  )
  const { rows: gone } = await sql<{ id: string }>`delete from approval where id in (${of}) returning id`.execute(context.tx)
  return [...rows, ...gone].map(({ id }) => id)
}

/**
 * What was decided is taken back by who decided it, and only while nobody has decided after him; a request only while nobody has decided.
 * @throws Refusal notYours | decidedSince
 */
export async function requireLastWord(
  context: CommandContext,
  { seq, byHimself }: { seq: number; byHimself: boolean },
): Promise<void> {
  const { rows } = await sql<{ isDecision: number; later: number }>`
    select touched.is_decision, exists (select 1 from approval_decision d where d.approval_id = touched.approval and d.id > touched.last) as later
    from (
      select coalesce(j.before ->> 'approval_id', x.approval_id) as approval, j.row_id as last, 1 as is_decision
        from journal j left join approval_decision x on x.id = j.row_id where j.seq = ${seq} and j.tbl = 'approval_decision'
      union all select j.row_id, '', 0 from journal j where j.seq = ${seq} and j.tbl = 'approval' and j.op in ('i', 'd')) touched`.execute(
    context.tx,
  )
  if (rows.some(({ isDecision }) => isDecision === 1) && !byHimself) throw new Refusal('notYours')
  if (rows.some(({ later }) => later === 1)) throw new Refusal('decidedSince')
}
