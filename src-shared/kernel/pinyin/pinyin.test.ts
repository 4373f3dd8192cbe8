import { describe, expect, it } from 'vitest'
import { pinyinOf, searchForms, sortKey, soundOf } from './pinyin.ts'

describe('pinyin', () => {
  it.each([
    ['重庆长城', 'chong qing chang cheng'],
    ['长沙银行', 'chang sha yin hang'],
    ['重型机械', 'zhong xing ji xie'],
    ['单县', 'shan xian'],
    ['乐清市', 'yue qing shi'],
    ['厦门', 'xia men'],
    ['绿女', 'lv nv'],
    ['3M中国 ABC', '3m zhong guo abc'],
  ])('%s', (text, expected) => expect(pinyinOf(text).full.join(' ')).toBe(expected))

  it.each([
    ['单雄信', 'shan xiong xin'],
    ['曾国藩', 'zeng guo fan'],
    ['解晓东', 'xie xiao dong'],
    ['仇和', 'qiu he'],
    ['查良镛', 'zha liang yong'],
  ])('%s is read as a person', (text, expected) => expect(pinyinOf(text, { person: true }).full.join(' ')).toBe(expected))

  it('gives what a search types, in both readings of a polyphone', () => {
    const { fullSuffixes, initialSuffixes } = searchForms('重庆长城')
    expect(fullSuffixes).toEqual(
      expect.arrayContaining(['chongqingchangcheng', 'qingchangcheng', 'changcheng', 'cheng', 'zhongqingchangcheng']),
    )
    expect(initialSuffixes).toEqual(expect.arrayContaining(['cqcc', 'qcc', 'cc', 'c', 'zqcc']))
    expect(searchForms('单雄信', { person: true }).fullSuffixes).toEqual(expect.arrayContaining(['shanxiongxin', 'danxiongxin']))
  })

  it('leaves out tails that lie within the legal form', () => {
    const forms = searchForms('苏州达科物流有限公司')
    expect(forms.fullSuffixes).toContain('suzhoudakewuliuyouxiangongsi')
    expect(forms.fullSuffixes).not.toContain('youxiangongsi')
    expect(forms.initialSuffixes).not.toContain('gs')
  })

  it('sorts names by sound and hears homophones', () => {
    expect(['张三', '重庆长城', '安徽', '3M', '李四'].toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))).toEqual([
      '3M',
      '安徽',
      '重庆长城',
      '李四',
      '张三',
    ])
    expect(soundOf('创凡')).toBe(soundOf('闯凡'))
  })
})
