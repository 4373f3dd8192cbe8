// decisions.md "Undo": a command of its own with the same rights and scope; kept and failed rows are named; the sums add up.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import { verifyChain } from '../../src-main/kernel/journal.ts'
import { actorOf, addPerson, bySystem, failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(verifyChain(raw()).faults).toEqual([])
  expect(office.running.faults).toEqual([])
  await office.close()
})

const raw = () => office.running.backend.database.raw
const seq = (): number => raw().prepare('select max(seq) from command').pluck().get() as number
const digest = (): string => wholeDigest(tableDigests(raw()))
const column = (table: string, name: string, id: string) =>
  raw().prepare(`select "${name}" from "${table}" where id = ?`).pluck().get(id)

describe('one command', () => {
  it('undo, redo and undo again lead back and forth, version growing', async () => {
    const client = office.as(office.admin)
    const row = await client.customers.create({ name: '来回', level: 'A', tags: ['来回标签'] })
    const created = digest()
    await client.customers.edit({ id: row.id, version: 1, values: { level: 'B', removeTags: row.tags } })
    const edited = digest()
    const undo = await client.history.undo({ seq: seq() })
    expect(undo).toMatchObject({ reversed: 2, kept: 0, failed: 0, seq: seq() })
    expect(digest()).toBe(created)
    const redo = await client.history.undo({ seq: seq() })
    expect(redo).toMatchObject({ reversed: 2, kept: 0, failed: 0 })
    expect(digest()).toBe(edited)
    await client.history.undo({ seq: seq() })
    expect(digest()).toBe(created)
    expect(column('customer', 'version', row.id)).toBe(5)
  })

  it('undo of a create takes the row, its tags and the tag it made; redo brings them back', async () => {
    const client = office.as(office.sales)
    const before = digest()
    const row = await client.customers.create({ name: '新客户', tags: ['只有这里'] })
    const after = digest()
    expect(await client.history.undo({ seq: seq() })).toMatchObject({ reversed: 3, kept: 0 })
    expect(digest()).toBe(before)
    await client.history.undo({ seq: seq() })
    expect(digest()).toBe(after)
    expect(column('customer', 'version', row.id)).toBe(2)
  })

  it('a row that somebody changed since is kept and named', async () => {
    const client = office.as(office.admin)
    const row = await client.customers.create({ name: '之后改过' })
    const edit = await client.customers.edit({ id: row.id, version: 1, values: { level: 'A' } })
    const editSeq = seq()
    await client.customers.edit({ id: row.id, version: edit.version, values: { level: 'B' } })
    const before = { digest: digest(), seq: seq() }
    const result = await client.history.undo({ seq: editSeq })
    expect(result).toEqual({
      seq: null,
      batchId: null,
      reversed: 0,
      kept: 1,
      failed: 0,
      because: { changedSince: 1 },
      records: { entity: 'customer', reversed: 0, kept: 1, failed: 0, because: { changedSince: 1 } },
      details: [{ entity: 'customer', id: row.id, outcome: 'kept', why: 'changedSince' }],
    })
    // Nothing was reversed, so there is no command to redo, and the step may be tried again.
    expect({ digest: digest(), seq: seq() }).toEqual(before)
    const again = await client.history.undo({ seq: editSeq })
    expect(again.kept).toBe(1)
  })

  it('a change of another field since does not stand in the way', async () => {
    const client = office.as(office.admin)
    const row = await client.customers.create({ name: '别的字段', level: 'C' })
    await client.customers.edit({ id: row.id, version: 1, values: { level: 'A' } })
    const editSeq = seq()
    await client.customers.edit({ id: row.id, version: 2, values: { city: '绍兴市' } })
    expect(await client.history.undo({ seq: editSeq })).toMatchObject({ reversed: 1, kept: 0 })
    expect(column('customer', 'level', row.id)).toBe('C')
    expect(column('customer', 'city', row.id)).toBe('绍兴市')
  })

  it('a create on which others hang is kept whole', async () => {
    const client = office.as(office.admin)
    const row = await client.customers.create({ name: '有人在用', tags: ['在用标签'] })
    const createSeq = seq()
    await client.contacts.create({ customerId: row.id, name: '后来的人' })
    const before = digest()
    const result = await client.history.undo({ seq: createSeq })
    expect(result).toMatchObject({ reversed: 0, kept: 3, failed: 0 })
    expect(result.details.map(({ why }) => why).sort()).toEqual(['belongsToKept', 'referenced', 'referenced'])
    expect(digest()).toBe(before)
  })

  it('a tag that others took over stays, the customer who brought it goes with his link', async () => {
    const client = office.as(office.admin)
    const first = await client.customers.create({ name: '带来标签', tags: ['共用标签'] })
    const createSeq = seq()
    await client.customers.create({ name: '也用标签', tags: ['共用标签'] })
    const result = await client.history.undo({ seq: createSeq })
    expect(result).toMatchObject({ reversed: 2, kept: 1, failed: 0, details: [{ entity: 'tag', why: 'referenced' }] })
    expect(column('customer', 'name', first.id)).toBeUndefined()
    expect(raw().prepare('select count(*) from record_tag where record_id = ?').pluck().get(first.id)).toBe(0)
  })

  it('a created row that was edited since is kept with what belongs to it', async () => {
    const client = office.as(office.admin)
    const row = await client.customers.create({ name: '建了又改', tags: ['建了又改标签'] })
    const createSeq = seq()
    await client.customers.edit({ id: row.id, version: 1, values: { note: '改了' } })
    const result = await client.history.undo({ seq: createSeq })
    expect(result).toMatchObject({ reversed: 0, kept: 3 })
    expect(result.details.map(({ why }) => why).sort()).toEqual(['belongsToKept', 'changedSince', 'referenced'])
  })

  it('a row that collides with a newer one fails and is named', async () => {
    const client = office.as(office.admin)
    const tag = await client.tags.create({ name: '撞名' })
    await client.tags.remove({ id: tag.id })
    const removeSeq = seq()
    await client.tags.create({ name: '撞名' })
    const result = await client.history.undo({ seq: removeSeq })
    expect(result).toMatchObject({ seq: null, reversed: 0, kept: 0, failed: 1, details: [{ entity: 'tag', why: 'conflict' }] })
  })

  it('a row that is gone cannot get its old values back', async () => {
    const client = office.as(office.admin)
    const tag = await client.tags.create({ name: '将要没有' })
    await client.tags.edit({ id: tag.id, version: 1, name: '改过名' })
    const editSeq = seq()
    await client.tags.remove({ id: tag.id })
    expect((await client.history.undo({ seq: editSeq })).details).toMatchObject([{ outcome: 'kept', why: 'gone' }])
  })

  it('a column that a migration took away keeps the row', async () => {
    const client = office.as(office.admin)
    await client.tags.remove({ id: (await client.tags.create({ name: '旧列' })).id })
    const removeSeq = seq()
    const journal = raw().prepare("select id, before from journal where seq = ? and op = 'd'").get(removeSeq) as {
      id: number
      before: string
    }
    raw().exec('begin immediate; update current_command set seq = -1')
    raw()
      .prepare('update journal set before = ? where id = ?')
      .run(JSON.stringify({ ...JSON.parse(journal.before), shade: 'x' }), journal.id)
    const result = await reopen(() => client.history.undo({ seq: removeSeq }))
    expect(result.details).toMatchObject([{ outcome: 'kept', why: 'reshaped' }])
    raw().exec('begin immediate; update current_command set seq = -1')
    raw().prepare('update journal set before = ? where id = ?').run(journal.before, journal.id)
    await reopen(() => Promise.resolve(null))
  })
  const reopen = <Output>(work: () => Promise<Output>): Promise<Output> => {
    raw().exec('update current_command set seq = null; commit')
    return work()
  }
})

describe('rights', () => {
  it("somebody else's command is refused, unless one may see all history", async () => {
    await office.as(office.sales).customers.create({ name: '王海峰的' })
    const sequence = seq()
    expect(await failureOf(office.as(office.manager).history.undo({ seq: sequence }))).toEqual({
      code: 'REFUSED',
      data: { reason: 'notYours' },
    })
    expect(await office.as(office.admin).history.undo({ seq: sequence })).toMatchObject({ reversed: 1 })
  })

  it('the right of the command itself is asked for again', async () => {
    const { userId } = await addPerson(office.running, {
      name: '曾经能改',
      roles: [{ permissions: { 'customers.read': 'all', 'customers.edit': 'all', 'customers.create': 'all' } }],
    })
    const before = actorOf(office.running, userId)
    const row = await office.as(before).customers.create({ name: '权限没了' })
    await office.as(before).customers.edit({ id: row.id, version: 1, values: { level: 'A' } })
    const sequence = seq()
    const { 'customers.edit': _edit, ...permissions } = before.permissions
    expect(await failureOf(office.as({ ...before, permissions }).history.undo({ seq: sequence }))).toEqual({
      code: 'FORBIDDEN',
      data: { needs: 'customers.edit' },
    })
  })

  it('a row outside today’s scope is kept, and so is a field one may no longer write', async () => {
    const client = office.as(office.sales)
    const row = await client.customers.create({ name: '转走了', level: 'C' })
    await client.customers.edit({ id: row.id, version: 1, values: { level: 'A' } })
    const sequence = seq()
    const narrowed = office.as({ ...office.sales, fieldRights: { 'customer.level': 'read' } })
    expect((await narrowed.history.undo({ seq: sequence })).details).toMatchObject([{ outcome: 'kept', why: 'noRight' }])
    const admin = office.as(office.admin)
    await admin.customers.edit({ id: row.id, version: 2, values: { ownerId: office.colleague.employeeId } })
    expect((await client.history.undo({ seq: sequence })).details).toMatchObject([{ outcome: 'kept', why: 'noRight' }])
  })

  it('whoever gave a customer away may take the gift back', async () => {
    const client = office.as(office.manager)
    const row = await client.customers.create({ name: '送出去', ownerId: office.sales.employeeId })
    await client.customers.edit({ id: row.id, version: 1, values: { ownerId: null } })
    expect(await failureOf(client.customers.get({ id: row.id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await client.history.undo({ seq: seq() })).toMatchObject({ reversed: 1, kept: 0 })
    expect((await client.customers.get({ id: row.id })).ownerId).toBe(office.sales.employeeId)
  })

  it('an owner comes back only by who may transfer', async () => {
    const group = { permissions: { 'customers.read': 'all', 'customers.edit': 'all', 'history.readAll': 'all' } } as const
    const editing = actorOf(office.running, (await addPerson(office.running, { name: '只改', roles: [group] })).userId)
    const admin = office.as(office.admin)
    const row = await admin.customers.create({ name: '换过人', ownerId: office.sales.employeeId })
    await admin.customers.edit({ id: row.id, version: 1, values: { ownerId: office.colleague.employeeId, city: '宁波' } })
    const single = seq()
    const many = await admin.customers.create({ name: '批量换过人', ownerId: office.sales.employeeId })
    const { batchId } = await admin.customers.editMany({
      selection: { ids: [many.id] },
      values: { ownerId: office.colleague.employeeId },
    })
    expect(
      await failureOf(office.as(editing).customers.edit({ id: row.id, version: 2, values: { ownerId: null } })),
    ).toMatchObject({
      code: 'FORBIDDEN',
    })
    const kept = { reversed: 0, kept: 1, details: [{ id: row.id, why: 'noRight' }] }
    expect(await office.as(editing).history.undo({ seq: single })).toMatchObject(kept)
    expect(await office.as(editing).history.undoBatch({ batchId: batchId ?? '' })).toMatchObject({ reversed: 0, kept: 1 })
    for (const id of [row.id, many.id]) expect((await admin.customers.get({ id })).ownerId).toBe(office.colleague.employeeId)
    expect(await office.as(office.manager).customers.get({ id: row.id })).toMatchObject({ city: '宁波' })
    expect(await admin.history.undo({ seq: single })).toMatchObject({ reversed: 1, kept: 0 })
  })

  it('whoever created a customer for nobody may take him back', async () => {
    const client = office.as(office.sales)
    await client.customers.create({ name: '没有负责人', ownerId: null })
    expect(await client.history.undo({ seq: seq() })).toMatchObject({ reversed: 1, kept: 0 })
  })

  it('what was taken back once is refused the second time; what is irreversible always', async () => {
    const client = office.as(office.admin)
    const row = await client.customers.create({ name: '只一次' })
    const sequence = seq()
    await client.history.undo({ seq: sequence })
    expect(await failureOf(client.history.undo({ seq: sequence }))).toMatchObject({
      code: 'REFUSED',
      data: { reason: 'alreadyUndone' },
    })
    await client.history.undo({ seq: seq() })
    await client.customers.removeMany({ selection: { ids: [row.id] } })
    await client.customers.purgeMany({ selection: { ids: [row.id] }, confirmCount: 1 })
    expect(await failureOf(client.history.undo({ seq: seq() }))).toMatchObject({
      code: 'REFUSED',
      data: { reason: 'irreversible' },
    })
    expect(await failureOf(client.history.undo({ seq: 1 }))).toMatchObject({ code: 'REFUSED', data: { reason: 'irreversible' } })
    expect(await failureOf(client.history.undo({ seq: 9_999_999 }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a batch', () => {
  /** As the page does it: part by part until nothing remains. */
  const takeBack = async (batchId: string | null) => {
    const sums = { reversed: 0, kept: 0, failed: 0, calls: 0 }
    let before: number | null = null
    for (let remaining = 1; remaining > 0; ) {
      const asked: { batchId: string; before?: number } = { batchId: batchId ?? '', ...(before === null ? {} : { before }) }
      const part = await office.as(office.admin).history.undoBatch(asked)
      for (const key of ['reversed', 'kept', 'failed'] as const) sums[key] += part[key]
      expect(part.details.every(({ why }) => why === 'changedSince')).toBe(true)
      ;({ remaining, before } = part)
      if (++sums.calls > 5) break
    }
    return sums
  }

  it('of more chunks than one call takes back adds up, kept rows included', { timeout: 60_000 }, async () => {
    const client = office.as(office.admin)
    await bySystem(office.running, async ({ tx, newId, now }) => {
      const at = now()
      for (let n = 0; n < 2150; n++)
        await tx
          .insertInto('customer')
          .values({ id: newId(), name: `批次${n}`, source: '批次', createdAt: at, updatedAt: at })
          .execute()
    })
    const before = digest()
    const which = { filter: { combinator: 'and' as const, rules: [{ field: 'source', operator: '=' as const, value: '批次' }] } }
    const done = await client.customers.editMany({ selection: { which, except: [] }, values: { level: 'B' } })
    expect(done).toMatchObject({ changed: 2150, refused: 0, unchanged: 0 })
    const touched = raw().prepare("select id from customer where source = '批次' order by id limit 3").pluck().all() as string[]
    for (const id of touched) await client.customers.edit({ id: id as never, version: 2, values: { level: 'C' } })
    expect(await takeBack(done.batchId)).toEqual({ reversed: 2147, kept: 3, failed: 0, calls: 2 })
    expect(await failureOf(client.history.undoBatch({ batchId: done.batchId ?? '' }))).toMatchObject({
      data: { reason: 'alreadyUndone' },
    })
    for (const id of touched) await client.customers.edit({ id: id as never, version: 3, values: { level: null } })
    expect(digest()).toBe(before)
  })

  it('of which every row is kept comes to its end, each row counted once', { timeout: 60_000 }, async () => {
    const client = office.as(office.admin)
    const which = { filter: { combinator: 'and' as const, rules: [{ field: 'source', operator: '=' as const, value: '批次' }] } }
    const edit = (level: 'A' | 'B') => client.customers.editMany({ selection: { which, except: [] }, values: { level } })
    const [first, second] = [await edit('A'), await edit('B')]
    expect(await takeBack(first.batchId)).toEqual({ reversed: 0, kept: 2150, failed: 0, calls: 2 })
    expect(await takeBack(second.batchId)).toEqual({ reversed: 2150, kept: 0, failed: 0, calls: 2 })
    expect(await takeBack(first.batchId)).toEqual({ reversed: 2150, kept: 0, failed: 0, calls: 2 })
  })

  it('of somebody else is refused', async () => {
    const client = office.as(office.admin)
    const { id } = await client.customers.create({ name: '别人的批次' })
    const { batchId } = await client.customers.editMany({ selection: { ids: [id] }, values: { level: 'A' } })
    expect(await failureOf(office.as(office.manager).history.undoBatch({ batchId: batchId ?? '' }))).toMatchObject({
      data: { reason: 'notYours' },
    })
  })
})
