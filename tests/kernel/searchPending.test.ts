// decisions.md "Search": what a long run has written stands in the full-text index a little later than the rows. Nobody may notice:
// not who searches, not who changes such a record meanwhile, and not the next start after a kill.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inGroup } from '../../src-main/kernel/commandGroup.ts'
import { runCommand } from '../../src-main/kernel/commands.ts'
import type { CommandContext } from '../../src-main/kernel/context.ts'
import type { CustomerId } from '../../src-shared/features/customers/model.ts'
import { plain } from '../../src-main/kernel/database.ts'
import { bind } from '../../src-main/kernel/dialect/sqliteDialect.ts'
import { doctor } from '../../src-main/kernel/doctor.ts'
import { searchStatement } from '../../src-main/kernel/searchQuery.ts'
import { type Client, startBackend, type TestBackend } from '../support/backend.ts'
import { type Office, openOffice } from '../support/factories.ts'

let office: Office
let letGo: () => void
beforeEach(async () => {
  office = await openOffice()
  // As a run does: nothing comes into the index by itself.
  letGo = await office.running.backend.services.searchIndex.hold()
})
afterEach(async () => {
  await office.close()
})

const one = (running: Pick<TestBackend, 'backend'>, sql: string): unknown =>
  running.backend.database.raw.prepare(sql).pluck().get()
const count = (sql: string): unknown => one(office.running, sql)
const pending = (running: Pick<TestBackend, 'backend'> = office.running): unknown =>
  one(running, 'select count(*) from search_pending')
const indexed = () => count('select count(*) from search_index_docsize')
async function settled(running: Pick<TestBackend, 'backend'> = office.running): Promise<void> {
  for (let tries = 0; tries < 400 && pending(running) !== 0; tries++) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(pending(running)).toBe(0)
}

type Row = { id: string; name: string; phone?: string; ownerId?: string; person?: boolean }
let batches = 0
const idOf = (short: string): CustomerId => `01PEND${short.toUpperCase().padStart(20, '0')}` as CustomerId
/** Customers as a chunk of an import writes them; each `work` is a command of the same transaction. */
const inOneGroup = (...works: ((command: CommandContext) => Promise<void>)[]): Promise<void> =>
  inGroup(office.running.backend, async (group) => {
    for (const work of works)
      await runCommand(
        office.running.backend,
        {
          procedure: 'test',
          actor: office.admin,
          key: null,
          input: null,
          options: { batchId: `batch${batches}`, relaxed: true, group },
        },
        async (command) => {
          await work(command)
          command.record({ entity: 'customer', id: 'any', action: 'edited' })
        },
      )
    batches++
  })
const makes =
  (...rows: Row[]) =>
  async (command: CommandContext): Promise<void> => {
    const at = command.now()
    const values = rows.map(({ person, ...row }) => ({
      ...row,
      kind: person ? 'person' : 'company',
      createdAt: at,
      updatedAt: at,
    }))
    await command.tx.insertInto('customer').values(values).execute()
  }
const renames = (id: string, name: string) => async (command: CommandContext) => {
  await command.tx.updateTable('customer').set({ name }).where('id', '=', id).execute()
}
const removes = (id: string) => async (command: CommandContext) => {
  await command.tx.deleteFrom('customer').where('id', '=', id).execute()
}
const titles = async (text: string, as: Client = office.as(office.admin)): Promise<string[]> =>
  (await as.search.records({ text, limit: 50 })).hits.map(({ title }) => title)
/** How often a word stands in the index itself, gone documents included. */
const inIndex = (name: string) =>
  count(`select count(*) from search_index where search_index match 'name : "${[...name].join(' ')}"'`)
const diagnosis = (folder = office.running.folder) => {
  const newestSchema = count('pragma user_version') as number
  const { searchIndexConsistent, matchKeysConsistent } = doctor(folder, { version: 'test', newestSchema })
  return { searchIndexConsistent, matchKeysConsistent }
}
const SOUND = { searchIndexConsistent: true, matchKeysConsistent: true }

describe('who searches', () => {
  const NAMES = [
    '苏州博远精密机械有限公司',
    '重庆山城火锅餐饮公司',
    '仇氏木业',
    'Siemens（China）西门子',
    'ＡＢＣ贸易',
    '长乐路9号店',
    "O'Neill & Söhne",
    '石墨烯A9材料',
  ]
  const ASKED = [
    '苏',
    '博远',
    '密机',
    '远博',
    'suzhou',
    'boyuan',
    'szby',
    'by',
    'chongqing',
    'zhongqing',
    'cqsc',
    'qiushi',
    'choushi',
    'siem',
    'China',
    '西门',
    'chinax',
    'abc',
    'ａｂｃ',
    '贸易 abc',
    '苏州 重庆',
    '9',
    '号店',
    'neill',
    "o'neill",
    'söhne',
    'so',
    'a9',
    'smxa9',
    'clx',
    'cll',
    '!!!',
    '*',
    '"',
    '138',
    '0000',
    '13800001',
    '1380000',
    '+8613800001111',
    '138 0000 1111',
    '0512',
    '8001',
  ]
  const asked = async (as: Client): Promise<Record<string, string[]>> => {
    const answers: Record<string, string[]> = {}
    for (const text of ASKED) answers[text] = await titles(text, as)
    return answers
  }

  it('finds what is pending by the same words, in the same order and within the same rights as afterwards', async () => {
    const ownerId = office.sales.employeeId ?? ''
    const other = office.colleague.employeeId ?? ''
    await inOneGroup(
      makes(
        ...NAMES.map((name, at) => ({
          id: idOf(`p${at}`),
          name,
          phone: `+861380000${String(1111 + at * 1000)}`,
          ownerId: at % 2 ? other : ownerId,
        })),
      ),
      makes({ id: idOf('q1'), name: '单雄信', phone: '+8651266218001', person: true }),
    )
    expect([pending(), indexed()]).toEqual([9, 0])
    const rights = {
      'customer.phone': 'masked',
      'customer.phone2': 'masked',
      'contact.phone': 'masked',
      'contact.phone2': 'masked',
    } as const
    const readers = [office.as(office.admin), office.as(office.sales), office.as({ ...office.admin, fieldRights: rights })]
    const before = await Promise.all(readers.map(asked))
    expect(before[0]?.['szby']).toEqual([NAMES[0]])
    expect(before[0]?.['8001']).toEqual(['单雄信'])
    expect(before[1]?.['cqsc']).toEqual([])
    expect(before[2]?.['13800001']).toEqual([])
    expect((await office.as(office.admin).customers.list({ search: 'szby' })).rows).toHaveLength(1)
    expect(diagnosis()).toEqual(SOUND)
    letGo()
    await settled()
    expect(indexed()).toBe(9)
    expect(await Promise.all(readers.map(asked))).toEqual(before)
    expect(diagnosis()).toEqual(SOUND)
  })

  it('looks through what the index and the pending ones hit, never through all documents', () => {
    const { database } = office.running.backend
    for (const entity of ['customer', null] as const) {
      const asked = searchStatement(office.sales, '公司 138', { entity, limit: 50 })?.compile(plain(database.read))
      const steps = database.raw.prepare(`explain query plan ${asked?.sql}`).all(asked?.parameters.map(bind)) as {
        detail: string
      }[]
      const scans = steps.map(({ detail }) => detail).filter((detail) => /^SCAN (?!\(subquery|CONSTANT|json_each)/.test(detail))
      expect(scans.map((detail) => detail.slice(0, 6)).toSorted()).toEqual(['SCAN i', 'SCAN p'])
    }
  })

  it('is told when more was found than is shown, newest first, of both together', async () => {
    const client = office.as(office.admin)
    for (let at = 0; at < 4; at++) await client.customers.create({ name: `南山旧店${at}` })
    await inOneGroup(makes(...[0, 1, 2].map((at) => ({ id: idOf(`n${at}`), name: `南山新店${at}` }))))
    const found = (await client.search.records({ text: '南山', limit: 50 })).hits
    expect(found).toHaveLength(7)
    const { rows, capped } = await client.customers.list({ search: '南山' })
    expect([rows.length, capped]).toEqual([7, false])
  })
})

describe('what happens to a record while it is pending', () => {
  it('an edit of somebody else is found by the new name only, then and afterwards, and stands in the index once', async () => {
    await inOneGroup(makes({ id: idOf('p1'), name: '云杉科技' }, { id: idOf('p2'), name: '柏舟机械' }))
    await office.as(office.admin).customers.edit({ id: idOf('p1'), version: 1, values: { name: '红枫科技' } })
    expect([await titles('云杉'), await titles('红枫'), await titles('柏舟')]).toEqual([[], ['红枫科技'], ['柏舟机械']])
    expect([pending(), inIndex('红枫')]).toEqual([1, 1])
    expect(diagnosis()).toEqual(SOUND)
    letGo()
    await settled()
    expect([await titles('云杉'), await titles('红枫'), await titles('柏舟')]).toEqual([[], ['红枫科技'], ['柏舟机械']])
    expect([inIndex('云杉'), inIndex('红枫'), inIndex('柏舟')]).toEqual([0, 1, 1])
  })

  it('a change by the run of what stands in the index already is found by the new name only', async () => {
    const { id } = await office.as(office.admin).customers.create({ name: '云杉科技' })
    await inOneGroup(renames(id, '红枫科技'), renames(id, '青松科技'))
    expect([inIndex('云杉'), await titles('云杉'), await titles('红枫'), await titles('青松')]).toEqual([1, [], [], ['青松科技']])
    expect(diagnosis()).toEqual(SOUND)
    letGo()
    await settled()
    expect([inIndex('云杉'), inIndex('红枫'), inIndex('青松')]).toEqual([0, 0, 1])
  })

  it('recycled and restored, it is gone and there again', async () => {
    const client = office.as(office.admin)
    await inOneGroup(makes({ id: idOf('p1'), name: '云杉科技' }))
    await client.customers.removeMany({ selection: { ids: [idOf('p1')] } })
    expect([await titles('云杉'), pending()]).toEqual([[], 0])
    expect(diagnosis()).toEqual(SOUND)
    await client.customers.restoreMany({ selection: { ids: [idOf('p1')] } })
    letGo()
    await settled()
    expect([await titles('云杉'), inIndex('云杉')]).toEqual([['云杉科技'], 1])
  })

  it('taken back by the run, it is gone; its number goes to nobody while the index may still hold it', async () => {
    await office.as(office.admin).customers.create({ name: '先来商行' })
    const { id } = await office.as(office.admin).customers.create({ name: '云杉科技' })
    const number = count(`select id from search_doc where record_id = '${id}'`) as number
    await inOneGroup(makes({ id: idOf('p1'), name: '柏舟机械' }))
    await inOneGroup(removes(idOf('p1')), removes(id))
    expect([await titles('云杉'), await titles('柏舟'), inIndex('云杉')]).toEqual([[], [], 1])
    expect(diagnosis()).toEqual(SOUND)
    const next = await office.as(office.admin).customers.create({ name: '后来商行' })
    expect(count(`select id from search_doc where record_id = '${next.id}'`)).toBe(number + 2)
    await inOneGroup(makes({ id: idOf('p2'), name: '再来商行' }))
    letGo()
    await settled()
    expect(await titles('商行')).toEqual(expect.arrayContaining(['先来商行', '后来商行', '再来商行']))
    expect([inIndex('云杉'), inIndex('柏舟'), inIndex('商行')]).toEqual([0, 0, 3])
    expect(diagnosis()).toEqual(SOUND)
  })
})

describe('keys for duplicates within one transaction', () => {
  const keysOf = (id: string) =>
    count(`select count(*) from match_key where doc = (select id from search_doc where record_id = '${id}')`)

  it('fit the records that were made, changed and taken back in it', async () => {
    await inOneGroup(
      makes(
        { id: idOf('p1'), name: '云杉科技', phone: '+8613800001111' },
        { id: idOf('p2'), name: '柏舟机械', phone: '+8613800002222' },
      ),
      renames(idOf('p1'), '红枫科技'),
      renames(idOf('p1'), '青松科技'),
      removes(idOf('p2')),
      makes({ id: idOf('p3'), name: '竹海食品', phone: '+8613800002222' }),
    )
    expect(diagnosis()).toEqual(SOUND)
    // Phone, core, sound and whole name.
    expect([keysOf(idOf('p1')), keysOf(idOf('p3'))]).toEqual([4, 4])
    await inOneGroup(removes(idOf('p1')), renames(idOf('p3'), '竹海公司'), removes(idOf('p3')))
    expect(count('select count(*) from match_key')).toBe(0)
    expect(diagnosis()).toEqual(SOUND)
  })

  it('of a transaction that failed are nobody’s', async () => {
    const failing = inOneGroup(makes({ id: idOf('p1'), name: '云杉科技', phone: '+8613800001111' }), () =>
      Promise.reject(new Error('no')),
    )
    await expect(failing).rejects.toThrow('no')
    await office.as(office.admin).customers.create({ name: '柏舟机械', phone: '13800002222' })
    await inOneGroup(makes({ id: idOf('p2'), name: '竹海食品' }))
    expect(diagnosis()).toEqual(SOUND)
    expect(count('select count(distinct doc) from match_key')).toBe(2)
  })
})

it('a group whose run holds nothing is followed by the index as well', async () => {
  letGo()
  await inOneGroup(makes({ id: idOf('p1'), name: '云杉科技' }))
  await settled()
  expect(inIndex('云杉')).toBe(1)
})

it('a run that goes on for long leaves no more pending than a search can look through', async () => {
  const rows = Array.from({ length: 4000 }, (_, at) => ({ id: idOf(`r${String(at).padStart(5, '0')}`), name: `云杉${at}` }))
  await inOneGroup(...[0, 1, 2, 3].map((part) => makes(...rows.slice(part * 1000, part * 1000 + 1000))))
  expect(pending()).toBe(4000)
  // Somebody else's write between the transactions of the index neither waits for all of it nor is lost.
  const { searchIndex } = office.running.backend.services
  const [made] = await Promise.all([office.as(office.admin).customers.create({ name: '插队商行' }), searchIndex.breathe()])
  expect(pending()).toBeLessThanOrEqual(3000)
  expect(await titles('插队商行')).toEqual(['插队商行'])
  expect(made.id).not.toBe('')
  letGo()
  await settled()
  expect(inIndex('云杉')).toBe(4000)
  office.running.backend.database.raw.exec("insert into search_index (search_index) values ('integrity-check')")
  expect(diagnosis()).toEqual(SOUND)
}, 60_000)

it('killed while documents are pending, the next start finds them and brings them into the index', async () => {
  const old = await office.as(office.admin).customers.create({ name: '云杉科技' })
  await inOneGroup(makes({ id: idOf('p1'), name: '柏舟机械' }), renames(old.id, '红枫科技'))
  const folder = mkdtempSync(join(tmpdir(), 'kezhan-pending-'))
  // What a kill leaves: the file and its log, as they are.
  for (const name of ['kezhan.db', 'kezhan.db-wal'])
    if (existsSync(join(office.running.folder, name))) copyFileSync(join(office.running.folder, name), join(folder, name))
  expect(diagnosis(folder)).toEqual(SOUND)
  const again = await startBackend({ folder, setUp: false })
  try {
    await settled(again)
    const stands = (name: string) =>
      one(again, `select count(*) from search_index where search_index match 'name : "${[...name].join(' ')}"'`)
    expect([stands('柏舟'), stands('红枫'), stands('云杉')]).toEqual([1, 1, 0])
  } finally {
    await again.close()
  }
  expect(diagnosis(folder)).toEqual(SOUND)
  rmSync(folder, { recursive: true, force: true })
})
