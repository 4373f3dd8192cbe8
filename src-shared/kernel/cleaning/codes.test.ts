import { describe, expect, it } from 'vitest'
import { readAmount } from './amount.ts'
import { hasLostDigits, readCreditCode, readIdNumber } from './codes.ts'
import { readEmails } from './email.ts'
import { cleanLongText, cleanName, cleanText, isNothing } from './text.ts'

describe('amounts', () => {
  it.each([
    ['1,234.50', 123450],
    ['¥1234.5', 123450],
    ['￥ 1，234', 123400],
    ['3.5万', 3_500_000],
    ['1.2亿元', 12_000_000_000],
    ['12万3千', 12_300_000],
    ['-500', -50000],
    ['(500.05)', -50005],
    ['5k', 500_000],
    ['10w', 10_000_000],
    ['壹万贰仟叁佰元伍角', 1_230_050],
    ['十五万', 15_000_000],
    ['1.005', 101],
    ['0.1', 10],
    ['1.5E+6', 150_000_000],
    ['500元整', 50000],
    ['0', 0],
    ['面议', null],
    ['', null],
    ['12 34 56号', null],
  ])('%s → %s', (text, expected) => expect(readAmount(text)).toBe(expected))

  it('takes the unit of the header where the cell has none', () => {
    expect(readAmount('12.5', { unit: '万' })).toBe(12_500_000)
    expect(readAmount('12.5元', { unit: '万' })).toBe(1250)
    expect(readAmount(1234.56)).toBe(123456)
  })
})

describe('codes', () => {
  it('checks the credit code and the identity number', () => {
    expect(readCreditCode(' 91350100m000100y43 ')).toEqual({ code: '91350100M000100Y43', problem: null })
    expect(readCreditCode('91350100M000100Y44').problem).toBe('checksum')
    expect(readCreditCode('9135O100M000100Y43').problem).toBe('shape')
    expect(readCreditCode('9.1350100E+17').problem).toBe('digitsLost')
    expect(readIdNumber('11010519491231002x')).toEqual({ code: '11010519491231002X', problem: null })
    expect(readIdNumber('110105194912310021').problem).toBe('checksum')
    expect(readIdNumber('110105194912310000').problem).toBe('digitsLost')
  })
})

describe('codes that went through a spreadsheet or are of the old form', () => {
  it.each([
    ['913501000000000000', 'digitsLost'],
    ['9135 0100 M000 100Y 43', null],
    ['９１３５０１００Ｍ０００１００Ｙ４３', null],
    ['91350100M000100Y4I', 'shape'],
    ['320502600101123', null],
  ])('credit code %s: %s', (text, problem) => expect(readCreditCode(text).problem).toBe(problem))

  it.each([
    ['11010519491231002X', null],
    ['110105194902310021', 'shape'],
    ['990105194912310021', 'shape'],
    ['320502600101123', null],
    ['320502601301123', 'shape'],
    ['320502199001010000', 'digitsLost'],
    ['3.20502E+17', 'digitsLost'],
  ])('identity number %s: %s', (text, problem) => expect(readIdNumber(text).problem).toBe(problem))

  it('knows digits that a spreadsheet has rounded away', () => {
    for (const cell of ['6.2220E+18', 6222021234567890000, '6222021234567890000'.replace('7890', '0000'), '1.38E+10'])
      expect(hasLostDigits(cell), String(cell)).toBe(true)
    for (const cell of ['13805126621', 13805126621, '6222021234567891', '320502199001011234', '100000000000000'])
      expect(hasLostDigits(cell), String(cell)).toBe(false)
  })
})

describe('e-mail', () => {
  it('reads what people paste', () => {
    expect(readEmails(' Wang.Wei＠Example．CN ').emails).toEqual(['wang.wei@example.cn'])
    expect(readEmails('王伟 <ww@a.cn>；b@c.com').emails).toEqual(['ww@a.cn', 'b@c.com'])
    expect(readEmails('a@qq.con').problems).toEqual([{ code: 'typo', text: 'a@qq.con', suggestion: 'a@qq.com' }])
    expect(readEmails('无')).toEqual({ emails: [], problems: [] })
    expect(readEmails('not an address').problems[0]?.code).toBe('invalid')
    expect(readEmails('a@@b.cn').problems[0]?.code).toBe('invalid')
  })
})

describe('text', () => {
  it('cleans blanks, signs without ink and full-width forms', () => {
    expect(cleanText('\u3000 苏州\u00a0达科\u200b ')).toBe('苏州 达科')
    expect(cleanName(' 苏州 达科(集团) 有限公司 ')).toBe('苏州达科（集团）有限公司')
    expect(cleanName('ＡＢＣ科技')).toBe('ABC科技')
    expect(cleanName('ACME (China) Co., Ltd.')).toBe('ACME (China) Co., Ltd.')
    expect(cleanName('苏州 ABC 科技')).toBe('苏州 ABC 科技')
    expect(cleanLongText('a\r\n\r\n\r\n\r\nb  c ')).toBe('a\n\nb c')
    // A joiner holds a picture or a word together; between other signs it is nothing.
    expect(cleanText('👩‍💻 می‌خواهم क्‍ष 👍🏽 ❤️‍🔥')).toBe('👩‍💻 می‌خواهم क्‍ष 👍🏽 ❤️‍🔥')
    expect(cleanText('苏\u200d州\u200c👩\u200d')).toBe('苏州👩')
    for (const nothing of ['无', ' - ', '/', 'N/A', '#N/A', '——', '未留']) expect(isNothing(nothing), nothing).toBe(true)
    expect(isNothing('无锡')).toBe(false)
  })
})
