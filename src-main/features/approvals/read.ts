import { type RawBuilder, sql } from 'kysely'
import type { Approval, ApprovalInFull, Subject } from '../../../src-shared/features/approvals/model.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { NotFound } from '../../kernel/errors.ts'
import { type Member, readCompany } from './company.ts'
import { askedNow, mayWithdraw, subjectOf } from './decide.ts'
import { approvalById, decisionsOf, inStep, readApprovals, type Stored, type StoredDecision } from './store.ts'
import type { ApprovalSubject } from './subjects.ts'

export type Reading = Pick<QueryContext, 'db' | 'actor' | 'entities' | 'now' | 'services'>
type Scene = {
  readonly company: ReadonlyMap<string, Member>
  readonly decisions: ReadonlyMap<string, StoredDecision[]>
}

/** The same for a command that has just written. */
export const readingOf = ({ tx, ...rest }: CommandContext): Reading => ({ ...rest, db: tx as unknown as QueryContext['db'] })

async function sceneOf(reading: Reading, rows: readonly Stored[]): Promise<Scene> {
  return {
    company: await readCompany(reading.db, dateIn(reading.now(), reading.services.timeZone())),
    decisions: await decisionsOf(
      reading.db,
      rows.map(({ id }) => id),
    ),
  }
}

const nameIn = ({ company }: Scene, id: string | null): string | null => (id === null ? null : (company.get(id)?.name ?? null))

function toldOf(scene: Scene, row: Stored, opens: boolean): Approval {
  const decisions = scene.decisions.get(row.id) ?? []
  const { agreed } = inStep(decisions, row.step)
  const { mark: _mark, flowId: _flow, ...own } = row
  return {
    ...own,
    opens,
    applicantName: nameIn(scene, row.applicantId),
    seats: askedNow(row, scene.company, decisions).map(({ employeeId, insteadOf, because }) => ({
      employeeId,
      name: nameIn(scene, employeeId) ?? '',
      insteadOf: nameIn(scene, insteadOf),
      because,
      decided: agreed.includes(employeeId),
    })),
  }
}

async function openable(reading: Reading, rows: readonly Stored[], subjects: readonly ApprovalSubject[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const kind of new Set(rows.map(({ subject }) => subject))) {
    const ids = rows.filter(({ subject }) => subject === kind).map(({ subjectId }) => subjectId)
    for (const id of await subjectOf(subjects, { subject: kind }).seen(reading, ids)) found.add(`${kind} ${id}`)
  }
  return found
}
const keyOf = ({ subject, subjectId }: Pick<Stored, 'subject' | 'subjectId'>): string => `${subject} ${subjectId}`

/** Requests that wait for the caller, the oldest first. Those under way are few, and who is asked depends on who is here today. */
export async function waitingFor(reading: Reading): Promise<Stored[]> {
  const { employeeId } = reading.actor
  if (employeeId === null) return []
  const rows = await readApprovals(reading.db, sql`a.status = 'pending' order by a.started_at, a.id`)
  const scene = await sceneOf(reading, rows)
  return rows.filter((row) => {
    const decisions = scene.decisions.get(row.id) ?? []
    const { agreed } = inStep(decisions, row.step)
    return !agreed.includes(employeeId) && askedNow(row, scene.company, decisions).some((one) => one.employeeId === employeeId)
  })
}

type Asked = { which: 'mine' | 'started' | 'decided'; offset: number; limit: number }
/** A page of the caller's requests. */
export async function pageOf(reading: Reading, { which, offset, limit }: Asked, subjects: readonly ApprovalSubject[]) {
  const me = reading.actor.employeeId ?? ''
  const paged = (where: RawBuilder<unknown>) =>
    sql`${where} order by a.started_at desc, a.id desc limit ${BigInt(limit + 1)} offset ${BigInt(offset)}`
  const found =
    which === 'mine'
      ? (await waitingFor(reading)).slice(offset, offset + limit + 1)
      : await readApprovals(
          reading.db,
          paged(
            which === 'started'
              ? sql`a.applicant_id = ${me}`
              : sql`a.id in (select d.approval_id from approval_decision d where d.approver_id = ${me} and d.decision <> 'withdrawn')`,
          ),
        )
  const rows = found.slice(0, limit)
  const scene = await sceneOf(reading, rows)
  const seen = await openable(reading, rows, subjects)
  return { rows: rows.map((row) => toldOf(scene, row, seen.has(keyOf(row)))), hasMore: found.length > limit, capped: false }
}

/** Whether the caller has to do with a request: he asked, is or was asked, manages flows, or sees the record. */
function concerns({ actor }: Reading, scene: Scene, row: Stored, opens: boolean): boolean {
  const decisions = scene.decisions.get(row.id) ?? []
  const me = actor.employeeId
  if (opens || may(actor, 'approvals.manage')) return true
  if (me === null) return false
  const took = decisions.some(({ approverId, passedTo }) => approverId === me || passedTo === me)
  return row.applicantId === me || took || askedNow(row, scene.company, decisions).some(({ employeeId }) => employeeId === me)
}

function inFull(reading: Reading, scene: Scene, row: Stored, opens: boolean): ApprovalInFull {
  const told = toldOf(scene, row, opens)
  const me = reading.actor.employeeId
  return {
    ...told,
    history: (scene.decisions.get(row.id) ?? []).map(
      ({ id, step, approverId, delegateOf, passedTo, decision, because, note, at }) => ({
        id,
        step,
        approverName: nameIn(scene, approverId),
        delegateOfName: nameIn(scene, delegateOf),
        passedToName: nameIn(scene, passedTo),
        decision,
        because,
        note,
        at,
      }),
    ),
    may: {
      decide: told.seats.some(({ employeeId, decided }) => employeeId === me && !decided),
      withdraw: row.status === 'pending' && mayWithdraw(reading, row),
    },
  }
}

/** @throws NotFound for who has nothing to do with it, as for one that is not there */
export async function readInFull(reading: Reading, id: string, subjects: readonly ApprovalSubject[]): Promise<ApprovalInFull> {
  const row = await approvalById(reading.db, id)
  const scene = await sceneOf(reading, [row])
  const opens = (await openable(reading, [row], subjects)).has(keyOf(row))
  if (!concerns(reading, scene, row, opens)) throw new NotFound('approval', id)
  return inFull(reading, scene, row, opens)
}

/** Every request about one record that the caller may see, the newest first. */
export async function readOfRecord(
  reading: Reading,
  { subject, id }: { subject: Subject; id: string },
  subjects: readonly ApprovalSubject[],
): Promise<ApprovalInFull[]> {
  const rows = await readApprovals(
    reading.db,
    sql`a.subject_id = ${id} and a.subject = ${subject} order by a.started_at desc, a.id desc`,
  )
  const scene = await sceneOf(reading, rows)
  const seen = await openable(reading, rows, subjects)
  return rows.flatMap((row) => {
    const opens = seen.has(keyOf(row))
    return concerns(reading, scene, row, opens) ? [inFull(reading, scene, row, opens)] : []
  })
}

/** Colleagues to whom a place in the step that is on may be given. */
export async function readDelegates(reading: Reading, id: string): Promise<{ id: string; name: string }[]> {
  const row = await approvalById(reading.db, id)
  const { company, decisions } = await sceneOf(reading, [row])
  const asked = new Set(askedNow(row, company, decisions.get(id) ?? []).map(({ employeeId }) => employeeId))
  if (!asked.has(reading.actor.employeeId ?? '')) return []
  return [...company.values()].flatMap((one) =>
    one.here && one.id !== row.applicantId && !asked.has(one.id) ? [{ id: one.id, name: one.name }] : [],
  )
}
