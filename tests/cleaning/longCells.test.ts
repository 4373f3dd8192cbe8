import { describe, expect, it } from 'vitest'
import { readAddress } from '../../src-shared/kernel/cleaning/address.ts'
import { readAmount } from '../../src-shared/kernel/cleaning/amount.ts'
import { readMoment } from '../../src-shared/kernel/cleaning/date.ts'
import { readEmails } from '../../src-shared/kernel/cleaning/email.ts'
import { splitPastedContact } from '../../src-shared/kernel/cleaning/pasted.ts'
import { readPhones } from '../../src-shared/kernel/cleaning/phone.ts'

const RULES = { readPhones, readAddress, readMoment, readAmount, readEmails, splitPastedContact }
const UNITS = [
  '1',
  '1 ',
  '13805126621',
  '13805126621/',
  '中 ',
  '-',
  '( ',
  '*',
  '1*',
  '@',
  'a@b.',
  '江苏省',
  '地址：',
  '一',
  '  ',
  '\n',
  'qq',
  '400',
  '+86',
]

describe('a cell of 200,000 characters', () => {
  it.each(Object.entries(RULES))('costs %s no more than a moment', (_name, read: (text: string) => unknown) => {
    for (const unit of UNITS) {
      const text = `${unit.repeat(Math.ceil(200_000 / unit.length))}!`
      // Processor time: the machine may be busy with others.
      const begun = process.cpuUsage()
      read(text)
      const { user, system } = process.cpuUsage(begun)
      expect((user + system) / 1000, JSON.stringify(unit)).toBeLessThan(1500)
    }
  })
})
