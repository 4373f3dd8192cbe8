import { sql } from 'kysely'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import { text } from '../../../src-shared/features/setup/text.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { CommandContext, StagedContext } from '../../kernel/context.ts'
import { undoneBy } from '../../kernel/undone.ts'
import type { RowOutcome } from '../../kernel/undo.ts'
import { derivedFrom } from '../customers/public.ts'
import { insertDepartment, insertEmployee } from '../people/public.ts'
import { todayOf } from '../../kernel/clock.ts'
import { type Invented, inventFirms, randomFrom } from './invent.ts'
import { COLLEAGUES, TAGS } from './seedWords.ts'

const FIRMS = 60
const FIRMS_A_COMMAND = 5
const SEED = 20_261
const SAMPLE_COLLEAGUES = COLLEAGUES.slice(0, 4)
const TONES = ['brand', 'ok', 'warn', 'info', 'plum', 'lamp'] as const

type Owners = { ids: readonly string[]; tags: readonly string[] }

/** Firms, colleagues and conversations to try things on, under one batch id that the workspace remembers. @returns how many customers. */
export async function addSampleData(context: StagedContext, actor?: Actor): Promise<number> {
  // The call's own number: repeated after a cut, the rest comes under the number that the workspace remembers.
  const { batchId } = context
  const options = { batchId, ...(actor ? { actor } : {}) }
  const owners = await context.commit((write) => sampleColleagues(write, batchId), { ...options, part: 'colleagues' })
  const random = randomFrom(SEED)
  for (let done = 0; done < FIRMS; done += FIRMS_A_COMMAND) {
    const firms = inventFirms(random, FIRMS_A_COMMAND, { now: context.now(), owners: owners.ids })
    const work = async (write: CommandContext): Promise<null> => {
      for (const [index, firm] of firms.entries())
        await writeFirm(write, firm, owners.tags[(done + index) % (owners.tags.length * 2)] ?? null)
      write.record({ entity: 'customer', id: '', action: 'seeded', detail: { count: firms.length } })
      return null
    }
    await context.commit(work, { ...options, part: `firms-${done}` })
  }
  return FIRMS
}

async function sampleColleagues(context: CommandContext, batchId: string): Promise<Owners> {
  const { tx } = context
  const workspace = await tx.selectFrom('workspace').select(['id', 'sampleBatchId', 'language']).executeTakeFirstOrThrow()
  if (workspace.sampleBatchId !== null) throw new Refusal('hasSampleData')
  await tx
    .updateTable('workspace')
    .set((eb) => ({ sampleBatchId: batchId, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', workspace.id)
    .execute()
  const root = await tx
    .selectFrom('department')
    .select('id')
    .where('parentId', 'is', null)
    .orderBy('createdAt')
    .executeTakeFirst()
  const departmentId = await insertDepartment(context, {
    name: await freeName(
      context,
      root?.id ?? null,
      text[workspace.language === 'en-US' ? 'en-US' : 'zh-CN']['sample.department'],
    ),
    parentId: root?.id ?? null,
  })
  const ids: string[] = context.actor.employeeId === null ? [] : [context.actor.employeeId]
  for (const name of SAMPLE_COLLEAGUES)
    ids.push(await insertEmployee(context, { name, hiredOn: '2024-03-01' }, { departmentId, from: '2024-03-01' }))
  const tags: string[] = []
  for (const [index, name] of TAGS.entries()) tags.push(await tagNamed(context, name, TONES[index % TONES.length] ?? 'ink'))
  context.record({
    entity: 'workspace',
    id: workspace.id,
    action: 'seeded',
    detail: { colleagues: SAMPLE_COLLEAGUES.length, since: todayOf(context) },
  })
  return { ids, tags }
}

async function freeName(context: CommandContext, parentId: string | null, name: string): Promise<string> {
  const taken = await context.tx
    .selectFrom('department')
    .select('id')
    .where('name', '=', name)
    .where('parentId', parentId === null ? 'is' : '=', parentId)
    .executeTakeFirst()
  return taken ? `${name} ${context.seq}` : name
}

async function tagNamed(context: CommandContext, name: string, tone: string): Promise<string> {
  const known = await context.tx.selectFrom('tag').select('id').where('nameKey', '=', name.toLowerCase()).executeTakeFirst()
  if (known) return known.id
  const id = context.newId()
  const at = context.now()
  await context.tx
    .insertInto('tag')
    .values({ id, name, nameKey: name.toLowerCase(), tone, createdAt: at, updatedAt: at })
    .execute()
  return id
}

async function writeFirm(context: CommandContext, firm: Invented, tagId: string | null): Promise<void> {
  const { contacts, followUps, createdAt, nextAt, ...values } = firm
  const id = context.newId()
  const record = { createdAt, updatedAt: createdAt, createdBy: context.actor.userId || null }
  await context.tx
    .insertInto('customer')
    .values({
      ...values,
      ...derivedFrom(values),
      id,
      kind: 'company',
      nextFollowUpAt: nextAt,
      lastFollowUpAt: followUps[0]?.at ?? null,
      ...record,
    })
    .execute()
  let firstContact: string | null = null
  for (const person of contacts) {
    const contactId = context.newId()
    await context.tx
      .insertInto('contact')
      .values({
        id: contactId,
        customerId: id,
        nameSort: sortKey(person.name),
        isPrimary: firstContact === null ? 1 : 0,
        ...person,
        ...record,
      })
      .execute()
    firstContact ??= contactId
  }
  for (const { at, ...spoken } of followUps) {
    await context.tx
      .insertInto('followUp')
      .values({
        id: context.newId(),
        customerId: id,
        contactId: firstContact,
        ...spoken,
        happenedAt: at,
        nextAt: null,
        authorId: firm.ownerId,
        ...record,
        createdAt: at,
        updatedAt: at,
      })
      .execute()
  }
  if (tagId !== null)
    await context.tx
      .insertInto('recordTag')
      .values({ id: context.newId(), tagId, entity: 'customer', recordId: id, createdAt: context.now() })
      .execute()
}

/** Takes the batch back, newest command first. What somebody hung on a sample, or changed on it, keeps it. */
export async function removeSampleData(context: StagedContext): Promise<{ removed: number; kept: number }> {
  const workspace = await context.db.selectFrom('workspace').select('sampleBatchId').executeTakeFirst()
  const batchId = workspace?.sampleBatchId ?? null
  if (batchId === null) throw new Refusal('noSampleData')
  const commands = await context.db
    .selectFrom('command')
    .select('seq')
    .where('batchId', '=', batchId)
    .where('undoes', 'is', null)
    .orderBy('seq', 'desc')
    .execute()
  const oldest = commands.at(-1)?.seq
  const outcome = { removed: 0, kept: 0 }
  for (const { seq } of commands) {
    const rows = await context.commit((write) => takeBack(write, seq, seq === oldest ? batchId : null), {
      undoes: seq,
      part: `undo-${seq}`,
    })
    outcome.removed += countCustomers(rows, true)
    outcome.kept += countCustomers(rows, false)
  }
  return outcome
}

/** The mark goes with the oldest command, so that a removal which was cut off can be begun again; and even when somebody touched the workspace since. */
async function takeBack(context: CommandContext, seq: number, batchId: string | null): Promise<RowOutcome[]> {
  const { rows: undone } = await sql`
    select 1 from command c where c.seq = ${BigInt(seq)} and ${undoneBy('c')} is not null`.execute(context.tx)
  const rows = undone.length > 0 ? [] : context.reverse(seq, () => true)
  const { numUpdatedRows } = await context.tx
    .updateTable('workspace')
    .set((eb) => ({ sampleBatchId: null, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('sampleBatchId', '=', batchId ?? '')
    .executeTakeFirstOrThrow()
  if (numUpdatedRows > 0n || rows.some((row) => row.outcome === 'reversed'))
    context.record({ entity: 'workspace', id: '', action: 'sampleRemoved', detail: { rows: rows.length } })
  else context.unchanged()
  context.afterCommit(() => context.services.rightsChanged())
  return rows
}

const countCustomers = (rows: readonly RowOutcome[], reversed: boolean): number =>
  rows.filter((row) => row.tbl === 'customer' && (row.outcome === 'reversed') === reversed).length
