import { describe, expect, it } from 'vitest'
import { partsOf, strong } from './strong.ts'

describe('the sentence of a rule', () => {
  it('tells values from words, whatever stands in them', () => {
    expect(partsOf(`没有跟进 ${strong('30 天')}，进入「${strong('华东\uE001公海')}」。`)).toEqual([
      { text: '没有跟进 ', strong: false },
      { text: '30 天', strong: true },
      { text: '，进入「', strong: false },
      { text: '华东公海', strong: true },
      { text: '」。', strong: false },
    ])
    expect(partsOf('没有条件')).toEqual([{ text: '没有条件', strong: false }])
  })
})
