import { type RawBuilder, sql } from 'kysely'
import type { Approval, ApprovalInFull, Subject } from '../../../src-shared/features/approvals/model.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { NotFound } from '../../kernel/errors.ts'
import { type Member, readCompany } from './company.ts'
import { askedNow, mayWithdraw, subjectOf } from './decide.ts'
import { approvalById, decisionsOf, inStep, readApprovals, type Stored, type StoredDecision } from './store.ts'
import type { ApprovalSubject, Seen, Tells } from './subjects.ts'

export type Reading = Pick<QueryContext, 'db' | 'actor' | 'entities' | 'now' | 'services'>
type Subjects = readonly ApprovalSubject[]
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

/** What the reader is to a request: its applicant, or one who decides it or has had to do with deciding it. */
function partOf({ actor }: Reading, scene: Scene, row: Stored): 'seat' | 'applicant' | null {
  const me = actor.employeeId
  if (me === null) return null
  const decisions = scene.decisions.get(row.id) ?? []
  const took = decisions.some(({ approverId, passedTo }) => approverId === me || passedTo === me)
  if (took || askedNow(row, scene.company, decisions).some(({ employeeId }) => employeeId === me)) return 'seat'
  return row.applicantId === me ? 'applicant' : null
}

const NOTHING: Tells = { amount: false, discount: false, cost: false }
/**
 * Who decides sees what he decides on. Whoever else reads it is told no more than the record itself would tell him; the applicant knows why
 * he had to ask.
 */
function saidTo(part: ReturnType<typeof partOf>, row: Stored, { seen, tells }: { seen: Seen | undefined; tells: Tells }) {
  const { title, summary } = row
  if (part === 'seat') return { title, summary: { ...summary, kept: false } }
  const asked = part === 'applicant'
  const may = seen || asked ? tells : NOTHING
  const TOLD = { amountAtLeast: may.amount, discountAtLeast: may.discount, belowCost: may.cost || asked }
  const conditions = summary.conditions.filter(({ kind }) => TOLD[kind])
  return {
    title: asked ? title : (seen?.title ?? title),
    summary: {
      amountFen: may.amount ? summary.amountFen : null,
      discountBp: may.discount ? summary.discountBp : null,
      belowCost: TOLD.belowCost ? summary.belowCost : null,
      customerName: asked ? summary.customerName : (seen?.customerName ?? null),
      conditions,
      kept: conditions.length < summary.conditions.length,
    },
  }
}

type Opened = ReadonlyMap<string, Seen>
function toldOf(
  reading: Reading,
  scene: Scene,
  row: Stored,
  { opened, subjects }: { opened: Opened; subjects: Subjects },
): Approval {
  const decisions = scene.decisions.get(row.id) ?? []
  const { agreed } = inStep(decisions, row.step)
  const { mark: _mark, flowId: _flow, ...own } = row
  const seen = opened.get(keyOf(row))
  return {
    ...own,
    ...saidTo(partOf(reading, scene, row), row, { seen, tells: subjectOf(subjects, row).tells(reading) }),
    opens: seen !== undefined,
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

async function openable(reading: Reading, rows: readonly Stored[], subjects: Subjects): Promise<Map<string, Seen>> {
  const found = new Map<string, Seen>()
  for (const kind of new Set(rows.map(({ subject }) => subject))) {
    const ids = rows.filter(({ subject }) => subject === kind).map(({ subjectId }) => subjectId)
    for (const [id, seen] of await subjectOf(subjects, { subject: kind }).seen(reading, ids)) found.set(`${kind} ${id}`, seen)
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
  const opened = await openable(reading, rows, subjects)
  return {
    rows: rows.map((row) => toldOf(reading, scene, row, { opened, subjects })),
    hasMore: found.length > limit,
    capped: false,
  }
}

/** Whether the caller has to do with a request: he asked, is or was asked, manages flows, or sees the record. */
const concerns = (reading: Reading, scene: Scene, row: Stored, opened: Opened): boolean =>
  opened.has(keyOf(row)) || may(reading.actor, 'approvals.manage') || partOf(reading, scene, row) !== null

function inFull(reading: Reading, scene: Scene, row: Stored, by: { opened: Opened; subjects: Subjects }): ApprovalInFull {
  const told = toldOf(reading, scene, row, by)
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
  const opened = await openable(reading, [row], subjects)
  if (!concerns(reading, scene, row, opened)) throw new NotFound('approval', id)
  return inFull(reading, scene, row, { opened, subjects })
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
  const opened = await openable(reading, rows, subjects)
  return rows.flatMap((row) => (concerns(reading, scene, row, opened) ? [inFull(reading, scene, row, { opened, subjects })] : []))
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
