import { describe, expect, it } from 'vitest'
import { columnNames, findHeaderRow } from './headerRow.ts'

const data = [
  ['苏州达科物流有限公司', '王建国', '13805126621', '江苏省苏州市工业园区星湖街328号'],
  ['昆山博隆科技', '李梅', '0512-66218800', '昆山市花桥镇1号'],
  ['无锡云润食品有限公司', '', '', ''],
]
const names = ['客户名称', '联系人', '电话', '地址']

describe('header row', () => {
  it('is the first row of a plain list', () => expect(findHeaderRow([names, ...data]).header).toBe(0))

  it('stands below titles and blank rows', () => {
    const found = findHeaderRow([
      ['2026年客户资料汇总表', '', '', ''],
      ['制表人：张三', '', '', '日期：2026-03-01'],
      ['', '', '', ''],
      names,
      ...data,
    ])
    expect(found.header).toBe(3)
    expect(found.skipTop).toEqual([0, 1, 2])
    expect(found.groups).toBeNull()
  })

  it('is absent where the data begins at once', () => expect(findHeaderRow(data).header).toBe(-1))

  it('may have two lines', () => {
    const rows = [
      ['客户档案', '', '', '', ''],
      ['客户信息', '', '联系人', '', '备注'],
      ['名称', '地址', '姓名', '电话', ''],
      ['苏州达科物流有限公司', '苏州市星湖街328号', '王建国', '13805126621', ''],
    ]
    const found = findHeaderRow(rows)
    expect([found.header, found.groups]).toEqual([2, 1])
    expect(columnNames(rows, found)).toEqual(['客户信息 名称', '客户信息 地址', '联系人 姓名', '联系人 电话', '备注'])
  })

  it('of two lines is called by the lower one, where that says it by itself', () => {
    const rows = [
      ['客户基本情况', '', '', '联系人一', '', '联系人二', ''],
      ['单位全称', '合同金额', '行业', '姓名', '手机', '姓名', '手机'],
    ]
    expect(columnNames(rows, { header: 1, groups: 0 })).toEqual([
      '单位全称',
      '合同金额',
      '行业',
      '联系人一 姓名',
      '联系人一 手机',
      '联系人二 姓名',
      '联系人二 手机',
    ])
  })

  it('knows totals and repeated headers', () => {
    const { totals } = findHeaderRow([names, ...data])
    expect(totals(['合计', '', '3', ''])).toBe(true)
    expect(totals(names)).toBe(true)
    expect(totals(data[0] ?? [])).toBe(false)
  })

  it('reads headers of foreign words and of one column', () => {
    expect(
      findHeaderRow([
        ['Widget', 'Region', 'Value'],
        ['A', 'North', '12.5'],
        ['B', 'South', '7'],
      ]).header,
    ).toBe(0)
    expect(findHeaderRow([['公司名称'], ['苏州达科物流有限公司'], ['昆山博隆科技有限公司']]).header).toBe(0)
  })
})
