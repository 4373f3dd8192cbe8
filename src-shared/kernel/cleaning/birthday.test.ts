import { describe, expect, it } from 'vitest'
import { daysUntil, isBirthday, monthDaysIn } from '../birthday.ts'
import { readBirthday } from './birthday.ts'

const TODAY = '2026-11-22'

describe('a birthday', () => {
  it.each([
    ['1990-05-01', '1990-05-01'],
    ['1990/5/1', '1990-05-01'],
    ['1990.5.1', '1990-05-01'],
    ['19900501', '1990-05-01'],
    ['1990年5月1日', '1990-05-01'],
    ['一九九〇年五月一日', '1990-05-01'],
    ['民国七十九年五月一日', '1990-05-01'],
    ['90年5月1日', '1990-05-01'],
    ['68-5-1', '1968-05-01'],
    ['公历：1990年5月1日', '1990-05-01'],
    ['1990-05-01 00:00:00', '1990-05-01'],
    ['32994', '1990-05-01'],
    ['5月1日', '--05-01'],
    ['５月１号', '--05-01'],
    ['十二月廿一日', '--12-21'],
    ['五月一日', '--05-01'],
    ['05-01', '--05-01'],
    ['5/1', '--05-01'],
    ['0501', '--05-01'],
    ['--05-01', '--05-01'],
    ['31/12', '--12-31'],
    ['May 1', '--05-01'],
    ['1-May', '--05-01'],
    ['2月29日', '--02-29'],
    ['1992-02-29', '1992-02-29'],
    ['1604-05-01', '--05-01'],
    ['1900-01-01', '--01-01'],
    // A spreadsheet puts its own year to a bare 5月1日.
    ['2026-05-01', '--05-01'],
    ['2027-05-01', '--05-01'],
  ])('%s is %s', (text, stored) => {
    expect(readBirthday(text, TODAY)).toBe(stored)
    expect(isBirthday(stored)).toBe(true)
  })

  it.each([
    '农历五月初一',
    '五月初五',
    '正月十五',
    '1990年5月',
    '1990',
    '2005',
    '5月',
    '1991-02-29',
    '2月30日',
    '13-32',
    '属马',
    '',
    '90后',
  ])('%s is none', (text) => expect(readBirthday(text, TODAY)).toBeNull())

  it.each(['1990-5-1', '05-01', '--02-30', '1991-02-29', '1800-01-01', '--13-01', '--05-01x', '2100-02-29'])(
    '%s is not stored',
    (text) => expect(isBirthday(text)).toBe(false),
  )

  it('has its days over the turn of the year and on the 29th of February', () => {
    expect(monthDaysIn({ from: '2026-12-30', to: '2027-01-02' })).toEqual(['12-30', '12-31', '01-01', '01-02'])
    expect(monthDaysIn({ from: '2027-02-28', to: '2027-02-28' })).toEqual(['02-28', '02-29'])
    expect(monthDaysIn({ from: '2028-02-28', to: '2028-02-28' })).toEqual(['02-28'])
    expect(monthDaysIn({ from: '2028-02-29', to: '2028-02-29' })).toEqual(['02-29'])
    expect(monthDaysIn({ from: '2027-01-01', to: '2027-12-31' })).toHaveLength(366)
    expect(monthDaysIn({ from: '2000-01-01', to: '2999-12-31' })).toHaveLength(366)
    expect(daysUntil('1992-02-29', '2027-02-27')).toBe(1)
    expect(daysUntil('1992-02-29', '2028-02-28')).toBe(1)
    expect(daysUntil('--01-01', '2026-12-31')).toBe(1)
    expect(daysUntil('1990-11-22', TODAY)).toBe(0)
    expect(daysUntil('1990-11-21', TODAY)).toBe(364)
  })
})
