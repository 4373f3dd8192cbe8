import { describe, expect, it } from 'vitest'
import { clusterValues, type ClusterStyle, isSure, oneApart } from './clusters.ts'

const clusters = (style: ClusterStyle, counts: Record<string, number>) =>
  clusterValues(
    Object.entries(counts).map(([value, count]) => ({ value, count })),
    style,
  ).map(({ kind, to, values, rows }) => ({ kind, to, values: values.map(({ value }) => value), rows }))

describe('clusters of like values', () => {
  it('put spellings of one word together, the most frequent first', () => {
    expect(clusters('word', { 机械: 40, 机械行业: 7, '机 械': 1, 紡織: 2, 纺织: 9, 食品: 5 })).toEqual([
      { kind: 'writing', to: '机械', values: ['机械', '机械行业', '机 械'], rows: 8 },
      { kind: 'writing', to: '纺织', values: ['纺织', '紡織'], rows: 2 },
    ])
    expect(clusters('place', { 苏州: 3, 苏州市: 12, 无锡: 4 })).toEqual([
      { kind: 'writing', to: '苏州市', values: ['苏州市', '苏州'], rows: 3 },
    ])
    expect(clusters('word', { 'Trade Fair': 4, 'fair, trade': 1, FAIR: 1 })).toEqual([
      { kind: 'writing', to: 'Trade Fair', values: ['Trade Fair', 'fair, trade'], rows: 1 },
    ])
  })

  it('hear homophones', () => {
    expect(clusters('word', { 家具: 10, 家俱: 2 })).toEqual([{ kind: 'sound', to: '家具', values: ['家具', '家俱'], rows: 2 }])
    expect(clusters('person', { 王芳: 10, 王方: 1, 王伟: 3 })).toEqual([
      { kind: 'sound', to: '王芳', values: ['王芳', '王方'], rows: 1 },
    ])
  })

  it('keep homophones apart from spellings, and never propose a stray blank', () => {
    const trades = clusters('word', { '食 品': 6, 饰品: 6, 食品: 6 })
    expect(trades).toEqual([
      { kind: 'writing', to: '食品', values: ['食品', '食 品'], rows: 6 },
      { kind: 'sound', to: '食品', values: ['食品', '饰品'], rows: 6 },
    ])
    expect(trades.filter(isSure).map(({ values }) => values)).toEqual([['食品', '食 品']])
    expect(clusters('word', { '机 械': 9, 机械: 2, ＡＢＣ: 5, ABC: 5, '化工，': 3, 化工: 3 }).map(({ to }) => to)).toEqual([
      '机械',
      'ABC',
      '化工',
    ])
  })

  it('see slips of one sign, but none in figures, short words and names of people', () => {
    expect(clusters('word', { 医疗器械设备: 9, 医疗器戒备设: 1, 医疗器械设奋: 1 })).toEqual([
      { kind: 'typo', to: '医疗器械设备', values: ['医疗器械设备', '医疗器械设奋'], rows: 1 },
    ])
    expect(clusters('word', { '1号门店客户': 3, '2号门店客户': 3, 化工: 2, 化学: 2 })).toEqual([])
    expect(clusters('person', { 欧阳建国: 3, 欧阳建新: 2 })).toEqual([])
  })

  it('keep companies of other places and branches apart', () => {
    expect(
      clusters('company', {
        苏州博远机械有限公司: 3,
        '苏州 博遠机械有限责任公司': 1,
        无锡博远机械有限公司: 2,
        苏州博远机械有限公司昆山分公司: 1,
      }).map(({ values }) => values),
    ).toEqual([['苏州博远机械有限公司', '苏州 博遠机械有限责任公司']])
  })

  it('stays quick with many values', () => {
    const values = Array.from({ length: 20_000 }, (_, at) => ({
      value: `编号公司${String.fromCodePoint(0x4e00 + at)}贸易行`,
      count: 1,
    }))
    const before = process.cpuUsage()
    clusterValues(values, 'word')
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(8)
  })

  it('knows what one sign apart is', () => {
    expect(oneApart('abcd', 'abxd')).toBe(true)
    expect(oneApart('abcd', 'abd')).toBe(true)
    expect(oneApart('abcd', 'acbd')).toBe(true)
    expect(oneApart('abcd', 'abcd')).toBe(true)
    expect(oneApart('abcd', 'axyd')).toBe(false)
    expect(oneApart('abcd', 'ab')).toBe(false)
  })
})
