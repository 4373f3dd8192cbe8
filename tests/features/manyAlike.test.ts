// More customers share the core of a name than are looked at: those who are one are found all the same, by the form and by the import.
import { beforeEach, describe, expect, it } from 'vitest'
import { admin, running } from '../support/company.ts'
import { administrator } from '../support/factories.ts'
import { bring, csvFile, rowsOf } from './importFixtures.ts'

const HEADER = ['客户名称', '手机', '邮箱', '统一社会信用代码']
const WHOLE = '绵阳恒信贸易有限公司'
const PLACES = ['苏州', '无锡', '常州', '南京', '杭州', '宁波', '温州', '绍兴', '嘉兴', '湖州', '金华', '台州', '合肥']
const CODE = '91510700MA6BDC8P3X'
let theirs: { id: string }

beforeEach(async () => {
  for (let at = 0; at < 65; at++)
    await admin.customers.create({
      name: `${PLACES[at % PLACES.length]}恒信贸易有限公司`,
      phone: `138${String(20_000_000 + at)}`,
      city: `${PLACES[at % PLACES.length]}市`,
    })
  theirs = await admin.customers.create({ name: WHOLE, phone: '13805126621', email: 'hx@mianyang.cn', creditCode: CODE })
})
const count = () => rowsOf(running, 'select count(*) as n from customer')[0]?.['n']

describe('among sixty-five of one core', () => {
  it('a row with its name, in other words or with its credit code or e-mail, makes nobody new', async () => {
    const rows = [
      [WHOLE, '', '', ''],
      ['绵阳市恒信贸易公司', '', '', ''],
      [WHOLE, '', '', CODE],
      [WHOLE, '', 'hx@mianyang.cn', ''],
    ]
    for (const file of [rows.slice(0, 1), rows.slice(1)])
      expect(await bring(running, administrator(running), csvFile([HEADER, ...file]), { onDuplicate: 'fill' })).toMatchObject({
        created: 0,
        failed: 0,
      })
    expect(count()).toBe(66)
  })

  it('the form tells of it by each of these', async () => {
    for (const wanted of [
      { name: WHOLE },
      { name: WHOLE, phones: ['13805126621'] },
      { name: WHOLE, email: 'hx@mianyang.cn' },
      { name: WHOLE, creditCode: CODE },
    ]) {
      const found = await admin.customers.lookalikes(wanted)
      expect(found[0], JSON.stringify(wanted)).toMatchObject({ id: theirs.id, name: WHOLE })
      expect(found[0]?.because).toContain('core')
    }
  })
})
