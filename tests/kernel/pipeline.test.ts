// architecture.md 3.2: one road for every call, the same over all three wires.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCommand } from '../../src-main/kernel/commands.ts'
import { verifyChain } from '../../src-main/kernel/journal.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, freshKey } from '../support/backend.ts'
import { bySystem, failureOf, type Office, openOffice } from '../support/factories.ts'
import { type Connection, transports } from '../support/transports.ts'

process.env['KEZHAN_QUIET_FAULTS'] = '1'
let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const raw = () => office.running.backend.database.raw
const count = (table: string): number => raw().prepare(`select count(*) from "${table}"`).pluck().get() as number
const lastSeq = (): number => raw().prepare('select max(seq) from command').pluck().get() as number
const state = () => ({
  customers: count('customer'),
  commands: count('command'),
  journal: count('journal'),
  keys: count('idempotency'),
})

describe.each(Object.keys(transports))('over %s', (name) => {
  const open: Connection[] = []
  let nextKey: string | null = null
  const connect = async (actor: Actor | null): Promise<Client> => {
    const connection = await transports[name]?.(office.running, actor, () => nextKey ?? freshKey())
    if (!connection) throw new Error(name)
    open.push(connection)
    return connection.client
  }
  const withKey = async <Output>(key: string, call: () => Promise<Output>): Promise<Output> => {
    nextKey = key
    try {
      return await call()
    } finally {
      nextKey = null
    }
  }
  afterAll(async () => {
    for (const connection of open) await connection.close()
  })

  it('a repeated key answers as the first time and writes once', async () => {
    const client = await connect(office.admin)
    const key = freshKey()
    const first = await withKey(key, () => client.customers.create({ name: '重复请求公司' }))
    const before = state()
    const second = await withKey(key, () => client.customers.create({ name: '重复请求公司' }))
    expect(second).toEqual(first)
    expect(state()).toEqual(before)
  })

  it('the same key for another input or call is refused and writes nothing', async () => {
    const client = await connect(office.admin)
    const key = freshKey()
    await withKey(key, () => client.customers.create({ name: '第一家' }))
    const before = state()
    const other = await failureOf(withKey(key, () => client.customers.create({ name: '第二家' })))
    expect(other).toMatchObject({ code: 'BAD_REQUEST', data: { reason: 'idempotencyKeyReused' } })
    const otherCall = await failureOf(withKey(key, () => client.tags.create({ name: `标签${key}` })))
    expect(otherCall).toMatchObject({ code: 'BAD_REQUEST', data: { reason: 'idempotencyKeyReused' } })
    expect(state()).toEqual(before)
  })

  it('the same key of another user is another key', async () => {
    const key = freshKey()
    const mine = await withKey(key, async () => (await connect(office.admin)).customers.create({ name: '我的' }))
    const theirs = await withKey(key, async () => (await connect(office.sales)).customers.create({ name: '他的' }))
    expect(theirs.id).not.toBe(mine.id)
  })

  it('a bulk call that is repeated answers as the first time, although its filter finds nothing any more', async () => {
    const client = await connect(office.admin)
    const source = `批量来源${freshKey()}`
    for (let n = 0; n < 3; n++) await client.customers.create({ name: `批量${n}`, source })
    const selection = {
      which: { filter: { combinator: 'and' as const, rules: [{ field: 'source', operator: '=' as const, value: source }] } },
      except: [],
    }
    const key = freshKey()
    const first = await withKey(key, () => client.customers.removeMany({ selection }))
    expect(first).toMatchObject({ changed: 3, refused: 0, unchanged: 0 })
    const before = state()
    expect(await withKey(key, () => client.customers.removeMany({ selection }))).toEqual(first)
    expect(state()).toEqual(before)
    const reused = await failureOf(withKey(key, () => client.customers.removeMany({ selection: { ids: ['A'] } })))
    expect(reused).toMatchObject({ code: 'BAD_REQUEST', data: { reason: 'idempotencyKeyReused' } })
  })

  it('undo that is repeated answers as the first time', async () => {
    const client = await connect(office.admin)
    const { id } = await client.customers.create({ name: '撤销两次' })
    const seq = lastSeq()
    const key = freshKey()
    const first = await withKey(key, () => client.history.undo({ seq }))
    expect(first).toMatchObject({ reversed: 1, kept: 0, failed: 0 })
    expect(await withKey(key, () => client.history.undo({ seq }))).toEqual(first)
    expect(await failureOf(client.history.undo({ seq }))).toMatchObject({ code: 'REFUSED', data: { reason: 'alreadyUndone' } })
    expect(await failureOf(withKey(key, () => client.history.undo({ seq: seq - 1 })))).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await failureOf(client.customers.get({ id }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it.each(['short', 'with spaces in it', `x${'y'.repeat(64)}`])('a key like "%s" is refused', async (key) => {
    const client = await connect(office.admin)
    const before = state()
    const failure = await failureOf(withKey(key, () => client.customers.create({ name: '不该有' })))
    expect(failure).toMatchObject({ code: 'BAD_REQUEST', data: { reason: 'idempotencyKeyMalformed' } })
    expect(state()).toEqual(before)
  })

  it('bad input names its fields and opens no transaction', async () => {
    const client = await connect(office.admin)
    const write = vi.spyOn(office.running.backend.database.write, 'transaction')
    const bad: unknown = { name: '  ', level: 'Z', phone: 13800000000 }
    const failure = await failureOf(client.customers.create(bad as { name: string }))
    expect(write).not.toHaveBeenCalled()
    write.mockRestore()
    expect(failure.code).toBe('BAD_REQUEST')
    const paths = (failure.data['issues'] as { path: unknown[] }[]).map(({ path }) => path.map(plain).join('.'))
    expect(paths).toEqual(expect.arrayContaining(['name', 'level', 'phone']))
  })

  it('unknown keys are refused, in commands and in queries', async () => {
    const client = await connect(office.admin)
    const before = state()
    const write: unknown = { name: '多余的', isAdmin: true }
    expect(await failureOf(client.customers.create(write as { name: string }))).toMatchObject({ code: 'BAD_REQUEST' })
    const read: unknown = { limit: 10, offset: 0, sql: '1=1' }
    expect(await failureOf(client.customers.list(read as { limit: number }))).toMatchObject({ code: 'BAD_REQUEST' })
    expect(state()).toEqual(before)
  })

  it('nobody is UNAUTHORIZED, without the right FORBIDDEN with its name', async () => {
    const before = state()
    const nobody = await connect(null)
    expect(await failureOf(nobody.customers.list({}))).toMatchObject({ code: 'UNAUTHORIZED' })
    expect(await failureOf(nobody.customers.create({ name: '无名' }))).toMatchObject({ code: 'UNAUTHORIZED' })
    const viewer = await connect(office.viewer)
    expect(await failureOf(viewer.customers.create({ name: '越权' }))).toMatchObject({
      code: 'FORBIDDEN',
      data: { needs: 'customers.create' },
    })
    expect(state()).toEqual(before)
  })

  it('an unexpected fault rolls back and tells an incident number only', async () => {
    const client = await connect(office.admin)
    // A value that the output promise does not allow: seen only after the row was written.
    const { id } = await client.customers.create({ name: '坏掉的一行' })
    await bySystem(office.running, async ({ tx }) => {
      await tx.updateTable('customer').set({ createdAt: 'not an instant' }).where('id', '=', id).execute()
    })
    const before = state()
    office.running.faults.length = 0
    const failure = await failureOf(client.customers.edit({ id, version: 1, values: { level: 'A' } }))
    expect(failure).toEqual({ code: 'INTERNAL_SERVER_ERROR', data: { incident: 'test-incident' } })
    expect(office.running.faults).toHaveLength(1)
    expect(state()).toEqual(before)
    expect(raw().prepare('select level from customer where id = ?').pluck().get(id)).toBeNull()
    await bySystem(office.running, async ({ tx, now }) => {
      await tx.updateTable('customer').set({ createdAt: now() }).where('id', '=', id).execute()
    })
  })

  it('an edit on an older version merges when the fields differ and is STALE when they are the same', async () => {
    const client = await connect(office.admin)
    const row = await client.customers.create({ name: '两人同改', city: '苏州市' })
    const first = await client.customers.edit({ id: row.id, version: row.version, values: { level: 'A' } })
    const merged = await client.customers.edit({ id: row.id, version: row.version, values: { city: '杭州市' } })
    expect(merged).toMatchObject({ level: 'A', city: '杭州市', version: first.version + 1 })
    let before = state()
    const stale = await failureOf(client.customers.edit({ id: row.id, version: row.version, values: { level: 'B' } }))
    expect(stale).toMatchObject({ code: 'STALE', data: { entity: 'customer', id: row.id } })
    expect(stale.data['conflict']).toEqual({
      version: merged.version,
      names: {},
      fields: [
        {
          field: 'level',
          type: 'select',
          original: null,
          current: 'A',
          mine: 'B',
          by: office.admin.name,
          at: expect.any(String),
        },
      ],
    })
    // Changed and changed back: nothing of anybody's is lost.
    const there = await client.customers.edit({ id: row.id, version: merged.version, values: { source: '展会' } })
    const back = await client.customers.edit({ id: row.id, version: there.version, values: { source: null } })
    expect(await client.customers.edit({ id: row.id, version: merged.version, values: { source: '老客户' } })).toMatchObject({
      source: '老客户',
      version: back.version + 1,
    })
    before = state()
    // One stale field refuses the whole edit: the other one is not written either.
    const mixed = await failureOf(client.customers.edit({ id: row.id, version: row.version, values: { level: 'B', note: '新' } }))
    expect(mixed.code).toBe('STALE')
    expect(state()).toEqual(before)
  })

  it('two edits of one field at once: one is written, one is STALE', async () => {
    const client = await connect(office.admin)
    const { id, version } = await client.customers.create({ name: '同时' })
    const outcomes = await Promise.allSettled(
      (['A', 'B'] as const).map((level) => client.customers.edit({ id, version, values: { level } })),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const [lost] = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(lost?.reason).toMatchObject({ code: 'STALE' })
  })

  it('what changes nothing leaves no history', async () => {
    const client = await connect(office.admin)
    const { id, version } = await client.customers.create({ name: '不变', level: 'A' })
    const before = count('command')
    expect(await client.customers.edit({ id, version, values: { level: 'A' } })).toMatchObject({ version })
    expect(count('command')).toBe(before)
  })

  it('errors are a closed set', async () => {
    const client = await connect(office.sales)
    const admin = await connect(office.admin)
    const { id, version } = await admin.customers.create({ name: '别人的', ownerId: office.colleague.employeeId })
    const CLOSED = ['BAD_REQUEST', 'UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'STALE', 'REFUSED', 'INTERNAL_SERVER_ERROR']
    const own = await client.customers.create({ name: '自己的' })
    const found = [
      await failureOf(client.customers.get({ id })),
      await failureOf(client.customers.edit({ id, version, values: { level: 'A' } })),
      await failureOf(client.customers.edit({ id: own.id, version: 1, values: { ownerId: 'nobody' } })),
      await failureOf(client.customers.list({ sort: [{ field: 'nothing', direction: 'asc' }] })),
      await failureOf(client.customers.list({ filter: { combinator: 'and', rules: [{ field: 'x', operator: '=', value: 1 }] } })),
      await failureOf(client.customers.purgeMany({ selection: { ids: [own.id] }, confirmCount: 1 })),
      await failureOf(client.history.undo({ seq: 1 })),
    ]
    expect(found.map(({ code }) => code)).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
      'FORBIDDEN',
      'BAD_REQUEST',
      'BAD_REQUEST',
      'FORBIDDEN',
      'REFUSED',
    ])
    for (const { code } of found) expect(CLOSED).toContain(code)
  })
})

const plain = (part: unknown): unknown => (typeof part === 'object' && part !== null && 'key' in part ? part.key : part)

describe('inside a command', () => {
  const call = (work: Parameters<typeof runCommand<unknown>>[2], irreversible?: string) =>
    runCommand(
      office.running.backend,
      { procedure: 'test.call', actor: office.admin, key: null, input: null, irreversible },
      work,
    )
  const insertTag = async (context: Parameters<Parameters<typeof call>[0]>[0], name: string) => {
    const at = context.now()
    await context.tx
      .insertInto('tag')
      .values({ id: context.newId(), name, nameKey: name, tone: 'ink', createdAt: at, updatedAt: at })
      .execute()
  }

  it('rows without a recorded action throw and roll back', async () => {
    const before = { ...state(), tags: count('tag') }
    await expect(call((context) => insertTag(context, '无名之改'))).rejects.toThrow(/without recording an action/)
    expect({ ...state(), tags: count('tag') }).toEqual(before)
  })

  it('an action without rows throws, unless the command is irreversible', async () => {
    const record = (context: Parameters<Parameters<typeof call>[0]>[0]) => {
      context.record({ entity: 'tag', id: 'x', action: 'created' })
      return Promise.resolve(null)
    }
    const before = state()
    await expect(call(record)).rejects.toThrow(/without changing a row/)
    expect(state()).toEqual(before)
    await call(record, 'it reaches out of the program')
    expect(state().commands).toBe(before.commands + 1)
  })

  it('neither rows nor a word that this is right throws', async () => {
    await expect(call(() => Promise.resolve(null))).rejects.toThrow(/neither changed anything nor said so/)
  })

  it('a fault after the rows rolls everything back, the search keys too, and the next command takes the same number', async () => {
    const next = lastSeq() + 1
    const docs = count('search_doc')
    await expect(
      call(async (context) => {
        await insertTag(context, '半途')
        context.record({ entity: 'tag', id: 'x', action: 'created' })
        throw new Error('half way')
      }),
    ).rejects.toThrow('half way')
    expect(count('search_doc')).toBe(docs)
    await call(async (context) => {
      await insertTag(context, '整个')
      context.record({ entity: 'tag', id: 'x', action: 'created' })
      return null
    })
    expect(lastSeq()).toBe(next)
  })

  it('nobody is told of a change that was rolled back, and what waits for the commit does not run', async () => {
    const told: number[] = []
    const stop = office.running.backend.bus.listen(({ seq }) => told.push(seq))
    let ran = false
    await expect(
      call(async (context) => {
        await insertTag(context, '不说')
        context.record({ entity: 'tag', id: 'x', action: 'created' })
        context.afterCommit(() => {
          ran = true
        })
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect({ told, ran }).toEqual({ told: [], ran: false })
    await office.as(office.admin).tags.create({ name: '说' })
    stop()
    expect(told).toEqual([lastSeq()])
  })

  it('commands that are sent at once get numbers in a row, each with its own rows', async () => {
    const before = lastSeq()
    const client = office.as(office.admin)
    await Promise.all(Array.from({ length: 30 }, (_, n) => client.customers.create({ name: `并发${n}` })))
    expect(lastSeq()).toBe(before + 30)
    const perCommand = raw().prepare('select count(*) from journal where seq > ? group by seq').pluck().all(before) as number[]
    expect(perCommand).toEqual(Array.from({ length: 30 }, () => 1))
    expect(verifyChain(raw()).faults).toEqual([])
  })
})
