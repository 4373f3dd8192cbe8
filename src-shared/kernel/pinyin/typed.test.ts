import { describe, expect, it } from 'vitest'
import { matchTyped, mixedInitials } from './typed.ts'

describe('mixedInitials', () => {
  it.each([
    ['chongqcc', 'cqcc'],
    ['zhzhongke', 'zzk'],
    ['cqchangj', 'cqcj'],
    ['zsanfeng', 'zsf'],
  ])('%s abbreviates %s', (typed, heads) => expect(mixedInitials(typed)).toContain(heads))

  it('says nothing of letters that are initials alone or syllables alone', () => {
    expect(mixedInitials('cqcc')).toEqual([])
    expect(mixedInitials('ma')).toEqual([])
  })

  it('stays small for whatever is typed', () => {
    expect(mixedInitials('xianganjiangxianganjiang'.repeat(8)).length).toBeLessThanOrEqual(8)
  })
})

describe('matchTyped', () => {
  it.each([
    ['重庆长江轴承', 'chongqingchangjiang', 0, 4],
    ['重庆长江轴承', 'zhongqing', 0, 2],
    ['重庆长江轴承', 'cqcj', 0, 4],
    ['重庆长江轴承', '重qing', 0, 2],
    ['重庆长江轴承', 'cq长江', 0, 4],
    ['重庆长江轴承', 'changjzc', 2, 6],
    ['重庆长江轴承', 'zhouche', 4, 6],
    ['苏州ABC贸易', 'abcmao', 2, 4],
    ['苏州ABC贸易', 'szab', 0, 3],
    ['绿洲', 'lüzhou', 0, 2],
  ])('%s is meant by %s', (name, typed, start, end) => expect(matchTyped(name, typed)).toMatchObject({ start, end }))

  it.each([
    ['重庆长江轴承', 'chongjiang'],
    ['重庆长江轴承', 'cjq'],
    ['重庆长江轴承', '长qing'],
    ['重庆长江轴承', ''],
    ['重庆长江轴承', '-'],
  ])('%s is not meant by %s', (name, typed) => expect(matchTyped(name, typed)).toBeNull())
})
