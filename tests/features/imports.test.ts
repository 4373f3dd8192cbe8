import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { importFile, undoImport } from '../../src-main/features/imports/public.ts'
import { cellText, openWorkbook } from '../../src-main/kernel/workbook/sheet.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { Refusal } from '../../src-shared/kernel/refusal.ts'
import { startBackend, type TestBackend } from '../support/backend.ts'
import { bySystem } from '../support/factories.ts'
import { sharedFile } from '../support/sharedData.ts'
import { bring, csvFile, digestOf, outFile, rowsOf, sum, textFile, xlsxFile } from './importFixtures.ts'

let backend: TestBackend
let admin: Actor
beforeAll(async () => {
  backend = await startBackend()
  admin = backend.sessions.localAdmin('cli')
})
afterAll(() => backend.dispose())
/** Workers take seconds to start, so one backend serves all tests, emptied between them. */
afterEach(async () => {
  const tables = ['record_tag', 'follow_up', 'address', 'contact', 'customer', 'tag']
  const { raw } = backend.backend.database
  if (tables.some((table) => raw.prepare(`select 1 from "${table}" limit 1`).get() !== undefined))
    await bySystem(backend, async ({ tx }) => {
      for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(tx)
    })
  raw.exec('delete from import_run')
})

const HEADER = ['客户名称', '联系人', '手机', '地址', '级别', '来源', '备注', '跟进记录']
const YUE = [
  '绍兴越纺印染有限公司',
  '王海峰',
  '139 5751 1128',
  '浙江省绍兴市柯桥区轻纺城东区3幢',
  'A',
  '展会',
  '',
  '电话，等集团批复',
]
const BO = [
  '苏州博远精密机械有限公司',
  '沈立群',
  '０５１２－６６２１８８００',
  '江苏苏州工业园区星湖街328号',
  '重点',
  '转介绍',
  '老客户',
  '',
]
const customers = () => rowsOf(backend, 'select * from customer where deleted_at is null order by name')

describe('a workbook comes in', () => {
  it('as customers with contacts and a first follow-up, cleaned, in one batch that one undo takes back', async () => {
    const before = digestOf(backend)
    const result = await bring(backend, admin, await xlsxFile([HEADER, YUE, BO]))
    expect(result).toMatchObject({ rowsRead: 2, created: 2, updated: 0, skipped: 0, failed: 0 })
    const [yue, bo] = customers().sort((a, b) => String(b['name']).localeCompare(String(a['name']), 'zh'))
    expect([yue, bo].map((row) => row?.['name']).sort()).toEqual([BO[0], YUE[0]].sort())
    const shaoxing = customers().find((row) => row['name'] === YUE[0])
    expect(shaoxing).toMatchObject({
      // The number beside the contact is his, not the firm's.
      phone: null,
      province: '浙江省',
      city: '绍兴市',
      district: '柯桥区',
      address: '轻纺城东区3幢',
      level: 'A',
      source: '展会',
      kind: 'company',
    })
    const suzhou = customers().find((row) => row['name'] === BO[0])
    expect(suzhou).toMatchObject({ phone: null, city: '苏州市', level: 'A', note: '老客户' })
    expect(rowsOf(backend, 'select name, phone, is_primary from contact order by name')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: '王海峰', phone: '+8613957511128', is_primary: 1 }),
        expect.objectContaining({ name: '沈立群', phone: '+8651266218800' }),
      ]),
    )
    expect(rowsOf(backend, 'select text, author_id from follow_up')).toEqual([{ text: '电话，等集团批复', author_id: null }])
    expect(shaoxing?.['last_follow_up_at']).toBeTruthy()
    expect(await undoImport(backend.backend, admin, result.importId)).toMatchObject({ kept: 0, failed: 0 })
    expect(digestOf(backend)).toBe(before)
  })

  it.each(['utf8', 'gb18030'] as const)('from a CSV in %s', async (encoding) => {
    const result = await bring(backend, admin, csvFile([HEADER, YUE, BO], { encoding }))
    expect(result.created).toBe(2)
    expect(customers().map((row) => row['name'])).toContain(YUE[0])
  })

  it('with title rows above and a total row below: both are read and skipped', async () => {
    const result = await bring(
      backend,
      admin,
      await xlsxFile([['2026 年客户资料汇总'], ['制表人：王会计'], HEADER, YUE, BO, ['合计', '', '2 家']]),
    )
    expect(result).toMatchObject({ rowsRead: 5, created: 2, skipped: 3, failed: 0 })
    expect(result.mapping[0]).toEqual({ column: 'A', header: '客户名称', target: 'customer.name' })
  })

  it('as people where no column names a firm', async () => {
    const result = await bring(
      backend,
      admin,
      csvFile([
        ['姓名', '手机'],
        ['曾国强', '13805126621'],
        ['单雪', '13805126622'],
      ]),
    )
    expect(result.created).toBe(2)
    expect(customers().map(({ name, kind, phone }) => ({ name, kind, phone }))).toContainEqual({
      name: '曾国强',
      kind: 'person',
      phone: '+8613805126621',
    })
  })

  it('with several numbers in a cell, none of them lost', async () => {
    await bring(
      backend,
      admin,
      csvFile([
        ['客户名称', '电话'],
        ['宣城泾县宣纸厂', '13956302218 / 0563-5600123 / 13956302219'],
      ]),
    )
    expect(customers()[0]).toMatchObject({ phone: '+8613956302218', phone2: '+865635600123', note: null })
    // Under the mask of a phone, not in a text that everybody may read.
    expect(rowsOf(backend, 'select name, phone, phone2 from contact')).toEqual([
      { name: '联系人', phone: '+8613956302219', phone2: null },
    ])
  })
})

describe('bad input changes nothing and says why', () => {
  const refused = async (file: string): Promise<string> => {
    const before = digestOf(backend)
    const error: unknown = await bring(backend, admin, file).then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(digestOf(backend)).toBe(before)
    expect(rowsOf(backend, 'select * from import_run')).toEqual([])
    return error instanceof Refusal ? error.reason : `no refusal: ${String(error)}`
  }

  it('a picture, an empty file, a file that is not there', async () => {
    expect(await refused(textFile(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'xlsx'))).toBe('notAWorkbook')
    expect(await refused(textFile('', 'csv'))).toBe('empty')
    expect(await refused('/nowhere/none.xlsx')).toBe('notFound')
  })
  it('a CSV of one column that names no customer, and a sheet of which no column is known', async () => {
    expect(await refused(csvFile([['随便'], ['甲'], ['丁']]))).toBe('oneColumn')
    expect(
      await refused(
        csvFile([
          ['产品', '单价'],
          ['螺丝', '3'],
          ['螺母', '4'],
        ]),
      ),
    ).toMatch(/titleNotMapped|nothingMapped/)
  })
  it('a header without rows', async () => {
    expect(await refused(csvFile([HEADER]))).toBe('noRows')
  })
  it('an entity nobody imports', async () => {
    await expect(
      importFile(backend.backend, admin, {
        entity: 'pool',
        file: csvFile([HEADER, YUE]),
        onDuplicate: 'skip',
        empty: 'keep',
        dryRun: false,
        errorsOut: null,
      }),
    ).rejects.toMatchObject({ reason: 'entityUnknown' })
  })
})

describe('duplicates', () => {
  const AGAIN = ['绍兴越纺印染', '李秀兰', '13957511128', '浙江省杭州市西湖区文三路1号', 'B', '抖音', '新的备注', '']
  beforeEach(async () => {
    await bring(backend, admin, csvFile([HEADER, YUE]))
  })

  it('are skipped', async () => {
    const before = digestOf(backend)
    expect(await bring(backend, admin, csvFile([HEADER, AGAIN]), { onDuplicate: 'skip' })).toMatchObject({
      skipped: 1,
      created: 0,
      updated: 0,
    })
    expect(digestOf(backend)).toBe(before)
  })
  it('update: what the file says wins, and the further contact joins', async () => {
    expect(await bring(backend, admin, csvFile([HEADER, AGAIN]), { onDuplicate: 'update' })).toMatchObject({ updated: 1 })
    expect(customers()[0]).toMatchObject({ name: '绍兴越纺印染', level: 'B', source: '抖音', note: '新的备注', city: '杭州市' })
  })
  it('fill: only blanks are filled, an address never mixes two places', async () => {
    expect(await bring(backend, admin, csvFile([HEADER, AGAIN]), { onDuplicate: 'fill' })).toMatchObject({ updated: 1 })
    expect(customers()[0]).toMatchObject({
      name: '绍兴越纺印染有限公司',
      level: 'A',
      source: '展会',
      note: '新的备注',
      city: '绍兴市',
      address: '轻纺城东区3幢',
    })
  })
  it('create: both stand', async () => {
    expect(await bring(backend, admin, csvFile([HEADER, AGAIN]), { onDuplicate: 'create' })).toMatchObject({ created: 1 })
    expect(customers()).toHaveLength(2)
  })
  it('an empty cell keeps, or clears when asked to', async () => {
    const blank = [...YUE]
    blank[5] = ''
    expect(await bring(backend, admin, csvFile([HEADER, blank]), { onDuplicate: 'update', empty: 'keep' })).toMatchObject({
      skipped: 1,
    })
    expect(customers()[0]).toMatchObject({ source: '展会' })
    expect(await bring(backend, admin, csvFile([HEADER, blank]), { onDuplicate: 'update', empty: 'clear' })).toMatchObject({
      updated: 1,
    })
    expect(customers()[0]).toMatchObject({ source: null, name: YUE[0], city: '绍兴市' })
  })
  it('inside the file: a further contact of a customer just created counts as updated', async () => {
    const second = [...BO]
    second[1] = '钱会计'
    second[2] = '13812345678'
    const third = [...BO]
    third[1] = '孙工'
    const result = await bring(backend, admin, csvFile([HEADER, BO, second, third]))
    expect(result).toMatchObject({ created: 1, updated: 2 })
    expect(
      rowsOf(
        backend,
        `select name from contact c where customer_id = (select id from customer where name = '${BO[0]}') order by name`,
      ),
    ).toHaveLength(3)
  })
  it('the same words of two days are two conversations, of one day one', async () => {
    const told = [...HEADER, '跟进时间']
    const calls = [
      [...YUE.slice(0, 7), '未接电话', '2026-11-01'],
      [...YUE.slice(0, 7), '未接电话', '2026-11-08'],
      [...YUE.slice(0, 7), '未接电话', '2026年11月8日 下午3:05'],
    ]
    await bring(backend, admin, csvFile([told, ...calls]))
    const spoken = () => rowsOf(backend, "select happened_at from follow_up where text = '未接电话' order by happened_at")
    expect(spoken()).toEqual([{ happened_at: '2026-11-01T01:00:00.000Z' }, { happened_at: '2026-11-08T01:00:00.000Z' }])
    await bring(backend, admin, csvFile([told, ...calls]), { onDuplicate: 'update' })
    await bring(backend, admin, csvFile([HEADER, [...YUE.slice(0, 7), '未接电话']]), { onDuplicate: 'update' })
    expect(spoken()).toHaveLength(2)
  })
  it('in the recycle bin come back with what the file adds', async () => {
    const raw = backend.backend.database.raw
    const { id } = raw.prepare('select id from customer').get() as { id: string }
    raw.exec('update current_command set seq = 1')
    raw.prepare("update customer set deleted_at = '2026-11-19T00:00:00.000Z' where id = ?").run(id)
    raw.exec('update current_command set seq = null')
    expect(await bring(backend, admin, csvFile([HEADER, AGAIN]))).toMatchObject({ updated: 1, created: 0 })
    expect(customers()).toHaveLength(1)
  })
  it('that a colleague adds between the check and the write are found in the write', async () => {
    const file = csvFile([HEADER, BO])
    const other = csvFile([HEADER, BO])
    const [a, b] = await Promise.all([bring(backend, admin, file), bring(backend, admin, other)])
    expect([a?.created, b?.created].sort()).toEqual([0, 1])
    expect(customers().filter((row) => row['name'] === BO[0])).toHaveLength(1)
  })
})

describe('rows that cannot be taken', () => {
  it('come back as a workbook of the same columns with the reason, and go in once mended', async () => {
    const out = outFile()
    const bad = ['镇江丹徒管业有限公司', '尹超', '1381 577 04', '', 'B', '', '', '']
    const nameless = ['', '俞敏', '15005559034', '', '', '', '', '']
    const result = await bring(backend, admin, csvFile([HEADER, YUE, bad, nameless]), { errorsOut: out })
    expect(result).toMatchObject({ rowsRead: 3, created: 1, failed: 2 })
    const book = await openWorkbook(out)
    const rows: string[][] = []
    for await (const batch of book.rows(0)) rows.push(...batch.map(({ cells }) => cells.map((cell) => cellText(cell))))
    await book.close()
    expect(rows[0]).toEqual([...HEADER, '错误原因'])
    expect(rows[1]?.slice(0, 3)).toEqual(bad.slice(0, 3))
    expect(rows[1]?.[8]).toContain('不是电话号码')
    expect(rows[2]?.[8]).toBe('缺客户名称')
    const mended = await xlsxFile([
      rows[0] ?? [],
      [...bad.slice(0, 2), '13815770400', ...bad.slice(3), ''],
      ['马鞍山钢城物流有限公司', ...nameless.slice(1), ''],
    ])
    expect(await bring(backend, admin, mended)).toMatchObject({ rowsRead: 2, created: 2, failed: 0 })
  })
  it('say why in the language of who asks', async () => {
    const out = outFile()
    const nameless = ['', '俞敏', '15005559034', '', '', '', '', '']
    await bring(backend, admin, csvFile([HEADER, YUE, nameless]), { errorsOut: out, language: 'en-US' })
    const book = await openWorkbook(out)
    const rows: string[][] = []
    for await (const batch of book.rows(0)) rows.push(...batch.map(({ cells }) => cells.map((cell) => cellText(cell))))
    await book.close()
    expect(rows.map((cells) => cells[8])).toEqual(['Why it was left out', 'Customer name is missing'])
  })
  it('an owner nobody knows stops the row, not the import', async () => {
    const result = await bring(
      backend,
      admin,
      csvFile([
        ['客户名称', '负责人'],
        ['甲乙丙有限公司', '小刘'],
        ['丁戊己有限公司', '顾建国'],
      ]),
    )
    expect(result).toMatchObject({ created: 1, failed: 1 })
    expect(rowsOf(backend, 'select e.name from customer c join employee e on e.id = c.owner_id')).toEqual([{ name: '顾建国' }])
  })
})

describe('undo of an import', () => {
  it('keeps what somebody changed since and takes back the rest, updates included', async () => {
    await bring(backend, admin, csvFile([HEADER, YUE]))
    const before = customers()[0]
    const result = await bring(
      backend,
      admin,
      csvFile([
        HEADER,
        [...YUE.slice(0, 4), 'B', ...YUE.slice(5)],
        BO,
        ['安吉竹韵家居有限公司', '潘秀兰', '13905724415', '', '', '', '', ''],
      ]),
      { onDuplicate: 'update' },
    )
    expect(result).toMatchObject({ created: 2, updated: 1 })
    const client = (await import('../support/backend.ts')).clientAs(backend.backend, { ...admin, origin: 'http' })
    const touched = customers().find((row) => row['name'] === BO[0])
    await client.customers.edit({
      id: touched?.['id'] as never,
      version: touched?.['version'] as number,
      values: { note: '改过了' },
    })
    const undo = await undoImport(backend.backend, admin, result.importId)
    expect(undo.kept).toBeGreaterThan(0)
    expect(undo.failed).toBe(0)
    expect(
      customers()
        .map((row) => row['name'])
        .sort(),
    ).toEqual([BO[0], YUE[0]].sort())
    expect(customers().find((row) => row['name'] === YUE[0])).toMatchObject({ level: before?.['level'], note: before?.['note'] })
    await expect(undoImport(backend.backend, admin, result.importId)).rejects.toMatchObject({ reason: 'alreadyUndone' })
  })
})

describe('the labelled customers', () => {
  const file = sharedFile('dedupe', 'customers-labelled.csv')
  it.skipIf(file === null)(
    'come in as one record a customer, add up, and go without a trace',
    async () => {
      const before = digestOf(backend)
      const result = await bring(backend, admin, file ?? '')
      expect(sum(result)).toBe(result.rowsRead)
      expect(result).toMatchObject({ rowsRead: 5331, failed: 0 })
      // 3,360 customers stand in the file: one record each, give or take what the eye cannot tell either.
      expect(Math.abs(result.created - 3360)).toBeLessThan(25)
      const again = await bring(backend, admin, file ?? '', { onDuplicate: 'skip' })
      expect(again).toMatchObject({ rowsRead: 5331, created: 0, updated: 0, failed: 0 })
      expect(await undoImport(backend.backend, admin, result.importId)).toMatchObject({ kept: 0, failed: 0 })
      expect(digestOf(backend)).toBe(before)
    },
    240_000,
  )
})
