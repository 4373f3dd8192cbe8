import { describe, expect, it } from 'vitest'
import { loadTyped, typedMatches } from './typed.ts'

describe('choosing by typing', () => {
  it('finds parts of a name at once, and by pinyin as soon as its tables are there', async () => {
    expect(typedMatches('重庆单氏物流', '单氏')).toBe(true)
    expect(typedMatches('Lee Anna', 'anna')).toBe(true)
    expect(typedMatches('重庆单氏物流', '')).toBe(true)
    expect(typedMatches('重庆单氏物流', 'cqs')).toBe(false)
    await loadTyped()
    expect(typedMatches('重庆单氏物流', 'cqs')).toBe(true)
    for (const typed of ['chongqing', 'chongq', '重qing', 'CQ', 'wl']) expect(typedMatches('重庆单氏物流', typed)).toBe(true)
    // As a surname 单 is shan.
    expect(typedMatches('单立', 'shanli')).toBe(true)
    for (const typed of ['beijing', 'cqx', '广州']) expect(typedMatches('重庆单氏物流', typed)).toBe(false)
  })
})
