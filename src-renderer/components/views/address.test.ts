import { describe, expect, it } from 'vitest'
import type { Filter } from '../../../src-shared/kernel/list.ts'
import { type ListAddress, readAddress, writeAddress } from './address.ts'

const filter: Filter = {
  combinator: 'or',
  rules: [
    { field: 'level', operator: 'in', value: ['A', null] },
    { combinator: 'and', not: true, rules: [] },
  ],
}
const plain: ListAddress = {
  view: null,
  kind: null,
  q: '',
  filter: undefined,
  isFilterUnread: false,
  sorts: undefined,
  sums: undefined,
  named: '',
  batch: '',
  file: '',
  pool: '',
}

describe('the address of a list', () => {
  it('says only what differs from the view, and is read as it was written', () => {
    expect(writeAddress(plain)).toEqual({})
    const whole: ListAddress = {
      view: 'mine',
      kind: 'board',
      q: '海川',
      filter,
      isFilterUnread: false,
      sorts: [{ field: 'city', direction: 'desc' }],
      sums: [{ field: 'createdAt', sum: 'avg' }],
      named: '今日待跟进',
      batch: 'B',
      file: 'x.xlsx',
      pool: 'P',
    }
    expect(readAddress(writeAddress(whole))).toEqual(whole)
  })

  it('tells no filter at all from the filter of the view, and no order from the order of the view', () => {
    const none = { ...plain, filter: null, sorts: [], sums: [] }
    expect(readAddress(writeAddress(none))).toEqual(none)
    expect(readAddress({})).toEqual(plain)
  })

  it('is made sound, whoever wrote it', () => {
    expect(
      readAddress({
        view: 7,
        q: ['x'],
        filter: { combinator: 'xor', rules: [] },
        sort: 'name',
        sums: [{ field: 'a', sum: 'median' }],
        batch: {},
      }),
    ).toEqual({
      ...plain,
      isFilterUnread: true,
      sums: [],
    })
    let deep: object = { combinator: 'and', rules: [] }
    for (let n = 0; n < 30; n++) deep = { combinator: 'and', rules: [deep] }
    for (const filter of [deep, '{broken', 7, { combinator: 'and', rules: [{ field: 1 }] }])
      expect(readAddress({ filter })).toEqual({ ...plain, isFilterUnread: true })
    expect(readAddress({ filter: '' })).toEqual(plain)
  })

  it('keeps saying that its filter cannot be read until somebody clears it', () => {
    const broken = readAddress({ filter: '{broken', owner: ['e'] }, { owner: 'ownerId' })
    expect(broken).toEqual({ ...plain, isFilterUnread: true })
    expect(readAddress(writeAddress({ ...broken, q: '海川' }))).toEqual({ ...broken, q: '海川' })
  })

  it('understands older links: values of a field, and one order', () => {
    expect(readAddress({ owner: ['e', '-'], sort: { field: 'name' } }, { owner: 'ownerId' })).toMatchObject({
      filter: { combinator: 'and', rules: [{ field: 'ownerId', operator: 'in', value: ['e', null] }] },
      sorts: [{ field: 'name', direction: 'asc' }],
    })
  })
})
