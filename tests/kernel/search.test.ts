// decisions.md "Search": pinyin and initials with polyphones, digits of phones, fragments of 1 and 2 characters, a cap that
// follows the row scope, and an index that is never behind the rows.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doctor } from '../../src-main/kernel/doctor.ts'
import type { Client } from '../support/backend.ts'
import { listPage } from '../../src-main/kernel/records/lanes.ts'
import { orderedIds } from '../../src-main/kernel/records/select.ts'
import { customerEntity } from '../../src-shared/features/customers/entity.ts'
import { actorOf, bySystem, type Office, openOffice } from '../support/factories.ts'

let office: Office
let client: Client
beforeAll(async () => {
  office = await openOffice()
  client = office.as(office.admin)
})
afterAll(async () => {
  const newestSchema = office.running.backend.database.raw.pragma('user_version', { simple: true }) as number
  const diagnosis = doctor(office.running.folder, { version: 'test', newestSchema })
  expect([diagnosis.searchIndexConsistent, diagnosis.matchKeysConsistent]).toEqual([true, true])
  await office.close()
})

const titles = async (text: string, as: Client = client): Promise<string[]> =>
  (await as.search.records({ text, limit: 50 })).hits.map(({ title }) => title)

describe('names', () => {
  beforeAll(async () => {
    for (const name of [
      '苏州博远精密机械有限公司',
      '重庆山城火锅餐饮公司',
      '长沙岳麓文具店',
      'Siemens (China) 西门子',
      '仇氏木业',
      '曾记粮油',
      'ＡＢＣ贸易',
    ])
      await client.customers.create({ name })
    const { id } = await client.customers.create({ name: '解家小店' })
    for (const name of ['单雄信', '仇英', '曾国强', '解小龙']) await client.contacts.create({ customerId: id, name })
  })

  // What is typed → what has to be among the hits.
  it.each([
    ['suzhouboyuan', '苏州博远精密机械有限公司'],
    ['suzhou', '苏州博远精密机械有限公司'],
    ['boyuan', '苏州博远精密机械有限公司'],
    ['jingmi', '苏州博远精密机械有限公司'],
    ['szby', '苏州博远精密机械有限公司'],
    ['SZBY', '苏州博远精密机械有限公司'],
    ['by', '苏州博远精密机械有限公司'],
    ['jmjx', '苏州博远精密机械有限公司'],
    ['chongqing', '重庆山城火锅餐饮公司'],
    ['cqsc', '重庆山城火锅餐饮公司'],
    ['changsha', '长沙岳麓文具店'],
    ['csyl', '长沙岳麓文具店'],
    ['shanxiongxin', '单雄信'],
    ['sxx', '单雄信'],
    ['qiuying', '仇英'],
    ['qy', '仇英'],
    ['zengguoqiang', '曾国强'],
    ['zgq', '曾国强'],
    ['xiexiaolong', '解小龙'],
    ['xxl', '解小龙'],
    ['苏', '苏州博远精密机械有限公司'],
    ['博远', '苏州博远精密机械有限公司'],
    ['密机', '苏州博远精密机械有限公司'],
    ['锅', '重庆山城火锅餐饮公司'],
    ['岳麓文具', '长沙岳麓文具店'],
    ['苏州 精密', '苏州博远精密机械有限公司'],
    ['siem', 'Siemens（China）西门子'],
    ['SIEMENS', 'Siemens（China）西门子'],
    ['西门', 'Siemens（China）西门子'],
    ['abc', 'ABC贸易'],
    ['ａｂｃ', 'ABC贸易'],
  ])('%s finds %s', async (text, title) => {
    expect(await titles(text)).toContain(title)
  })

  it.each(['远博', '苏博', 'zhouboyuanx', '没有的', '!!!', '"', '*', 'name : x', 'AND', '苏州 重庆'])(
    '%s finds nothing, and is no error',
    async (text) => {
      expect(await titles(text)).toEqual([])
    },
  )

  it('the name itself comes before those that only hold it', async () => {
    await client.customers.create({ name: '南山' })
    await client.customers.create({ name: '南山区第一小学' })
    await client.customers.create({ name: '深圳南山' })
    expect(await titles('南山')).toEqual(['南山', '南山区第一小学', '深圳南山'])
  })

  it('lists search with the same words as the palette', async () => {
    const { rows, capped } = await client.customers.list({ search: 'szby' })
    expect(rows.map(({ name }) => name)).toEqual(['苏州博远精密机械有限公司'])
    expect(capped).toBe(false)
    expect(await client.customers.count({ search: 'szby' })).toEqual({ count: 1, capped: false })
  })
})

describe('phones', () => {
  beforeAll(async () => {
    const { id } = await client.customers.create({ name: '电话公司', phone: '138 0512 6621', phone2: '0571-87654321' })
    await client.contacts.create({ customerId: id, name: '电话里的人', phone: '+86 139 5751 1128' })
  })
  it.each([
    ['6621', '电话公司'],
    ['621', '电话公司'],
    ['138', '电话公司'],
    ['13805126621', '电话公司'],
    ['138 0512 6621', '电话公司'],
    ['+8613805126621', '电话公司'],
    ['0512', '电话公司'],
    ['05126', '电话公司'],
    ['87654321', '电话公司'],
    ['4321', '电话公司'],
    ['1128', '电话里的人'],
    ['57511', '电话里的人'],
  ])('%s finds %s', async (text, title) => {
    expect(await titles(text)).toContain(title)
  })

  it('two digits alone find no phone', async () => {
    expect(await titles('21')).not.toContain('电话公司')
  })

  it('masked: only by the first three and the last four digits, which are shown', async () => {
    const masked = office.as({
      ...office.admin,
      userId: 'masked',
      fieldRights: {
        'customer.phone': 'masked',
        'customer.phone2': 'masked',
        'contact.phone': 'masked',
        'contact.phone2': 'masked',
      },
    })
    for (const shown of ['6621', '138']) expect(await titles(shown, masked)).toContain('电话公司')
    for (const hidden of ['0512', '05126', '26621', '13805126621', '621', '1380', '805'])
      expect(await titles(hidden, masked)).toEqual([])
    const [row] = (await masked.customers.list({ search: '6621' })).rows
    expect(row?.phone).toBe('138****6621')
  })

  it('hidden: not at all', async () => {
    const hidden = office.as({
      ...office.admin,
      userId: 'hidden',
      fieldRights: { 'customer.phone': 'hidden', 'contact.phone': 'hidden' },
    })
    for (const text of ['6621', '138', '13805126621']) expect(await titles(text, hidden)).toEqual([])
  })
})

describe('the index follows the rows', () => {
  it('a renamed row is found by the new name only, undo turns that back', async () => {
    const row = await client.customers.create({ name: '旧名称织造' })
    await client.customers.edit({ id: row.id, version: 1, values: { name: '新招牌印染' } })
    expect([await titles('旧名称'), await titles('jmczz'), await titles('新招牌'), await titles('xzpyr')]).toEqual([
      [],
      [],
      ['新招牌印染'],
      ['新招牌印染'],
    ])
    const seq = office.running.backend.database.raw.prepare('select max(seq) from command').pluck().get() as number
    await client.history.undo({ seq })
    expect([await titles('旧名称'), await titles('新招牌')]).toEqual([['旧名称织造'], []])
    await client.history.undo({ seq: seq + 1 })
    expect([await titles('旧名称'), await titles('新招牌')]).toEqual([[], ['新招牌印染']])
  })

  it('a changed phone likewise', async () => {
    const row = await client.customers.create({ name: '换号公司', phone: '13600001111' })
    await client.customers.edit({ id: row.id, version: 1, values: { phone: '13600002222' } })
    expect([await titles('13600001111'), await titles('13600002222')]).toEqual([[], ['换号公司']])
  })

  it('a deleted row and its contacts are not found, restored they are', async () => {
    const row = await client.customers.create({ name: '要删的纺织' })
    await client.contacts.create({ customerId: row.id, name: '要删的联系人' })
    expect((await titles('要删的')).sort()).toEqual(['要删的纺织', '要删的联系人'].sort())
    await client.customers.removeMany({ selection: { ids: [row.id] } })
    expect(await titles('要删的')).toEqual([])
    expect((await client.customers.list({ search: '要删', deleted: true })).rows.map(({ name }) => name)).toEqual(['要删的纺织'])
    await client.customers.restoreMany({ selection: { ids: [row.id] } })
    expect((await titles('要删的')).sort()).toEqual(['要删的纺织', '要删的联系人'].sort())
    await client.customers.removeMany({ selection: { ids: [row.id] } })
    await client.customers.purgeMany({ selection: { ids: [row.id] }, confirmCount: 1 })
    expect(await titles('要删的')).toEqual([])
  })

  it('a customer that changes hands changes who finds him and his contacts', async () => {
    const [sales, colleague] = [office.as(office.sales), office.as(office.colleague)]
    const row = await sales.customers.create({ name: '易手建材' })
    await sales.contacts.create({ customerId: row.id, name: '易手的人' })
    expect([(await titles('易手', sales)).length, (await titles('易手', colleague)).length]).toEqual([2, 0])
    await client.customers.edit({ id: row.id, version: 1, values: { ownerId: office.colleague.employeeId } })
    expect([(await titles('易手', sales)).length, (await titles('易手', colleague)).length]).toEqual([0, 2])
  })
})

describe('many rows', () => {
  beforeAll(async () => {
    for (let chunk = 0; chunk < 40; chunk++)
      await bySystem(office.running, async ({ tx, newId, now }) => {
        const at = now()
        for (let n = 0; n < 500; n++) {
          const own = chunk === 3 && n < 7
          const ownerId = own ? office.sales.employeeId : office.colleague.employeeId
          await tx
            .insertInto('customer')
            .values({
              id: newId(),
              name: own ? `少数派公司${n}` : `普通贸易公司${chunk}x${n}`,
              ownerId,
              createdAt: at,
              updatedAt: at,
            })
            .execute()
        }
      })
  }, 120_000)

  it('a salesman with 7 of 20,000 finds his own by 公司, uncapped; who has them all is told that it is capped', async () => {
    const mine = await office.as(office.sales).customers.list({ search: '公司', limit: 50 })
    expect(mine.rows.map(({ name }) => name).sort()).toEqual(Array.from({ length: 7 }, (_, n) => `少数派公司${n}`))
    expect(mine.capped).toBe(false)
    expect(await office.as(office.sales).customers.count({ search: '公' })).toEqual({ count: 7, capped: false })
    expect((await titles('gs', office.as(office.sales))).sort()).toEqual(Array.from({ length: 7 }, (_, n) => `少数派公司${n}`))
    const all = await client.customers.list({ search: '公司', limit: 50 })
    expect([all.rows.length, all.capped, all.hasMore]).toEqual([50, true, true])
    expect((await client.search.records({ text: '公' })).capped).toBe(true)
  })

  it('what is done to everything that words find is done to all of it, beyond what a list shows', async () => {
    const names = Array.from({ length: 1203 }, (_, n) => `跨越上限${n}`)
    await bySystem(office.running, async ({ tx, newId, now }) => {
      const [at, ownerId] = [now(), office.colleague.employeeId]
      for (const name of names)
        await tx.insertInto('customer').values({ id: newId(), name, ownerId, createdAt: at, updatedAt: at }).execute()
    })
    const which = { search: '跨越上限' }
    expect(await client.customers.count(which)).toMatchObject({ capped: true })
    const { read } = office.running.backend.database
    const actor = actorOf(office.running, office.admin.userId)
    expect(await orderedIds(read, actor, customerEntity, { which }, 'export')).toHaveLength(1203)
    const [spared] = (await client.customers.list({ ...which, limit: 1 })).rows
    const removed = await client.customers.removeMany({ selection: { which, except: [spared?.id ?? ''] } })
    expect(removed).toMatchObject({ changed: 1202, refused: 0, unchanged: 0 })
    expect(await titles('跨越上限')).toEqual([spared?.name])
  })

  it('words in the recycle bin are looked for where nobody waits behind them', async () => {
    const { read } = office.running.backend.database
    const lanes: unknown[] = []
    const context = {
      db: read,
      actor: actorOf(office.running, office.admin.userId),
      scan: (task: string, _input: unknown, options: unknown) => {
        lanes.push([task, options])
        return Promise.resolve({ rows: [], hasMore: false, capped: false })
      },
    } as never
    await listPage(context, customerEntity, { search: '跨越', deleted: true, offset: 0, limit: 50 })
    expect(lanes).toEqual([['records.list', { lane: 'quick' }]])
    await listPage(context, customerEntity, { search: '跨越', offset: 0, limit: 50 })
    expect(lanes).toHaveLength(1)
  })

  it('1 and 2 characters answer quickly', async () => {
    for (const text of ['公', '公司', 'gs', '普']) {
      await client.customers.list({ search: text })
      const started = performance.now()
      await client.customers.list({ search: text })
      expect(performance.now() - started, text).toBeLessThan(500)
    }
  })
})

describe('more hits than are looked at', () => {
  beforeAll(async () => {
    const { id: firm } = await client.customers.create({ name: '华星光电' })
    await client.contacts.create({ customerId: firm, name: '华星辰' })
    await client.customers.create({ name: '星' })
    // 单 is read dan most often, as a surname shan: whoever types the characters means either.
    await client.customers.create({ name: '单氏星行' })
    const { id: pooled } = await client.customers.create({ name: '华星仓储中心' })
    const pool = await client.pools.create({
      name: '旧客户',
      note: null,
      members: [],
      hidden: [],
      dailyClaims: null,
      dailyViews: null,
      coolingDays: 0,
    })
    await client.pools.release({ selection: { ids: [pooled] }, poolId: pool.id, reason: null })
    await bySystem(office.running, async (context) => {
      for (let at = 0; at < 230; at++) {
        const stamp = context.now()
        await context.tx
          .insertInto('customer')
          .values({
            id: context.newId(),
            name: `第${at}新华星单氏商行`,
            kind: 'company',
            status: 'potential',
            createdAt: stamp,
            updatedAt: stamp,
            version: 1,
          })
          .execute()
      }
    })
  })

  it.each(['huaxing', 'hx', '华星', 'huax', 'hua星', 'hxing'])(
    'a name that begins with what was typed is among the first, however old it is: %s',
    async (typed) => expect(['华星光电', '华星辰']).toContain((await titles(typed))[0]),
  )

  it('so is that of a contact, of who lies in a pool, and of who has a rare reading', async () => {
    expect((await titles('华星')).slice(0, 3)).toEqual(['华星辰', '华星光电', '华星仓储中心'])
    expect((await titles('单氏'))[0]).toBe('单氏星行')
  })

  it('of one character it is who is called so', async () => {
    expect((await titles('星'))[0]).toBe('星')
  })

  it('nobody sees more for it than is his', async () => {
    expect(await titles('华星', office.as(office.sales))).toEqual([])
  })
})
