import { describe, expect, it } from 'vitest'
import { contactEntity } from '../contacts/entity.ts'
import { customerEntity } from '../customers/entity.ts'
import { followUpEntity } from '../follow-ups/entity.ts'
import { headerKey, type MappingTarget, mapColumns } from './mapping.ts'

const targets: MappingTarget[] = [customerEntity, contactEntity, followUpEntity].flatMap((entity) =>
  entity.fields
    .filter((field) => (field.synonyms || field.key === 'phone2') && (!field.readOnly || field.importBy))
    .map((field) => ({
      entity: entity.name,
      field: field.key,
      type: field.type,
      synonyms: field.synonyms ?? [],
      repeatable: field.type === 'tags' || (entity.name === 'contact' && field.key !== 'phone2'),
    })),
)
const MOBILES = ['13805126621', '139 1234 5678', '18607310000']
const LANDLINES = ['0512-66218800', '021-5555 1234', '0755-88231234']
const SAMPLES: Record<string, string[]> = { m: MOBILES, l: LANDLINES, x: [...MOBILES.slice(1), ...LANDLINES.slice(1)] }

/** `电话:m` carries mobiles, `:l` landlines, `:x` both. */
function goes(sheet: string): string[] {
  const columns = sheet.split(' ').map((one) => {
    const [header = '', kind = ''] = one.split(':')
    return { header, samples: SAMPLES[kind] ?? [] }
  })
  return mapColumns(columns, targets).map(({ target }) =>
    target ? `${target.entity}${target.at ? target.at + 1 : ''}.${target.field}` : '-',
  )
}

describe('a number beside the name of a contact', () => {
  it.each([
    ['公司 联系人 手机:m', 2, 'contact.phone'],
    ['Company Contact Mobile', 2, 'contact.phone'],
    ['单位 法人 手机号', 2, 'contact.phone'],
    ['单位 联系人 职务 手机号', 3, 'contact.phone'],
    ['单位 联系人 性别 部门 手机号', 4, 'contact.phone'],
    ['公司 地址 手机 联系人', 2, 'contact.phone'],
  ])('%s: it is his', (sheet, at, wanted) => {
    expect(goes(sheet)[at]).toBe(wanted)
  })

  it.each([
    ['公司 电话', 1],
    ['公司 联系人 电话', 2],
    ['公司名称 姓名 联系电话:m', 2],
    ['公司名称 姓名 联系方式:x', 2],
    ['公司 联系人 电话:l', 2],
    ['公司 电话:m 联系人', 1],
    ['Company Contact Phone', 2],
    ['电话 联系人 公司', 0],
    ['公司 地址 电话 联系人', 2],
    ['公司 电话 联系人 手机', 1],
    ['公司 联系人 公司电话', 2],
    ['公司 联系人 座机', 2],
    ['公司 联系人 固定电话:l', 2],
    ['公司 联系人 地址 电话', 3],
    ['公司 联系人 负责人 电话', 3],
    ['公司 联系人 手机 座机', 3],
    ['公司 联系人 电话 手机', 2],
    ['公司 联系人 手机:m 电话:l', 3],
    ['Company Contact Office_Phone Mobile', 2],
  ])('%s: that of the firm stays its own', (sheet, at) => {
    expect(goes(sheet)[at]).toBe('customer.phone')
  })

  it('of two numbers behind the name both may be his', () => {
    expect(goes('公司 联系人 电话1 电话2').slice(2)).toEqual(['contact.phone', 'contact.phone2'])
    expect(goes('公司 联系人 手机 备用电话').slice(2)).toEqual(['contact.phone', 'contact.phone2'])
    expect(goes('公司 联系人 电话:m 手机:m').slice(2)).toEqual(['contact.phone', 'contact.phone2'])
    expect(goes('公司 联系人 电话 手机').slice(2)).toEqual(['customer.phone', 'contact.phone'])
  })

  it('who has no firm is the customer, and so is the number', () => {
    expect(goes('姓名 手机')).toEqual(['contact.name', 'customer.phone'])
    expect(goes('客户姓名 手机号')).toEqual(['customer.name', 'customer.phone'])
    expect(goes('姓 名 电话')[2]).toBe('customer.phone')
  })

  it('a personal name beside a column of firms is the contact’s, and so is its number', () => {
    expect(goes('客户姓名 客户手机 公司名称')).toEqual(['contact.name', 'contact.phone', 'customer.name'])
    expect(goes('Name Mobile Company')).toEqual(['contact.name', 'contact.phone', 'customer.name'])
    expect(goes('店名 老板 手机')).toEqual(['customer.name', 'contact.name', 'contact.phone'])
    expect(goes('客户姓名 客户名称')).toContain('customer.name')
    expect(goes('Name Phone')).toEqual(['customer.name', 'customer.phone'])
  })

  it('a header that says whose it is is no less sure beside him', () => {
    const columns = ['公司', '联系人', '联系人手机'].map((header) => ({ header, samples: MOBILES }))
    expect(mapColumns(columns, targets)[2]).toMatchObject({ target: { entity: 'contact', field: 'phone' }, confidence: 1 })
  })

  it('each of several contacts a row has his own', () => {
    expect(goes('公司 联系人 电话 联系人2 电话2 联系人3 电话3')).toEqual([
      'customer.name',
      'contact.name',
      'contact.phone',
      'contact2.name',
      'contact2.phone',
      'contact3.name',
      'contact3.phone',
    ])
    expect(goes('公司 公司电话 姓名 电话 姓名 电话 姓名 电话')).toEqual([
      'customer.name',
      'customer.phone',
      'contact.name',
      'contact.phone',
      'contact2.name',
      'contact2.phone',
      'contact3.name',
      'contact3.phone',
    ])
    expect(goes('公司 联系人 职务 手机 第二联系人 职务 手机').filter((one) => one.endsWith('phone'))).toEqual([
      'contact.phone',
      'contact2.phone',
    ])
    expect(goes('公司 姓 名 手机')).toEqual(['customer.name', 'contact.name', 'contact.name', 'contact.phone'])
  })

  it('what was chosen before stays', () => {
    const memory = new Map([[headerKey('电话'), { entity: 'customer', field: 'phone' }]])
    const columns = ['公司', '联系人', '电话'].map((header) => ({ header, samples: [] }))
    expect(mapColumns(columns, targets, memory)[2]?.target).toEqual({ entity: 'customer', field: 'phone' })
  })
})
