import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEmails } from '../../src-shared/kernel/cleaning/email.ts'
import { formatPhone } from '../../src-shared/kernel/cleaning/phoneDisplay.ts'
import { readPhones } from '../../src-shared/kernel/cleaning/phone.ts'

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''))
const wide = (text: string): string => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
const mobile = fc
  .tuple(
    fc.constantFrom('', '+86 ', '+86', '+86-', '86', '86 '),
    fc.constantFrom('13', '15', '17', '19', '10', '12'),
    digits(9),
    fc.constantFrom('', ' ', '-'),
  )
  .map(([country, head, rest, gap]) => {
    const all = head + rest
    return country + [all.slice(0, 3), all.slice(3, 7), all.slice(7)].join(gap)
  })
const area = fc.oneof(
  fc.constantFrom('10', '20', '21', '25', '512', '571', '755', '852', '886', '400', '138'),
  digits(2),
  digits(3),
)
const line = fc
  .tuple(
    area,
    fc.oneof(digits(7), digits(8)),
    fc.constantFrom('0@-#', '0@#', '0@ #', '(0@)#', '+86-@-#', '+86 @ #', '+86@-#'),
    fc.constantFrom('', '转8', '转801', '转123456'),
  )
  .map(([code, number, shape, extension]) => shape.replace('@', code).replace('#', number) + extension)
const masked = fc.tuple(digits(3), digits(4)).map(([head, tail]) => `${head}****${tail}`)

describe('cells in the common notations are read at one look as the patterns read them', () => {
  test('phones', () => {
    const any = fc.oneof(mobile, line, masked)
    fc.assert(
      fc.property(any, fc.constantFrom('', ' '), fc.boolean(), (written, edge, isWide) => {
        const cell = edge + (isWide ? wide(written) : written) + edge
        const short = readPhones(cell)
        // Behind a word every cell goes the long way.
        const long = readPhones(`号码 ${cell}`)
        // A number alone that is none is told whole; behind a word its pieces are.
        if (short.phones.length > 0 || short.masked.length > 0) expect(short, cell).toEqual(long)
        else expect(long.phones, cell).toEqual([])
      }),
      { numRuns: 6000 },
    )
  })

  test('phones as people read them', () => {
    expect(formatPhone('+8613805126621')).toBe('138 0512 6621')
    expect(formatPhone('+8610662188')).toBe('010-66 2188')
    expect(formatPhone('+861066218800')).toBe('010-6621 8800')
    expect(formatPhone('+861380512662a')).not.toBe('138 0512 662a')
  })

  test('addresses of e-mail', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'B', '7', '.', '_', '-', '+', 'e', 'mail'), minLength: 1, maxLength: 6 })
    const domain = fc.constantFrom('qq.com', 'QQ.con', 'example.cn', 'mail.example.com.cn', 'a-b.com', 'x', 'gmial.com')
    fc.assert(
      fc.property(name, domain, (before, host) => {
        const cell = `${before}@${host}`
        const { emails, problems } = readEmails(cell)
        // Beside another sign of separation every cell goes the long way.
        const long = readEmails(`${cell} ;`)
        expect({ emails, problems: problems.map(({ code }) => code) }, cell).toEqual({
          emails: long.emails,
          problems: long.problems.map(({ code }) => code),
        })
      }),
      { numRuns: 3000 },
    )
  })
})
