import { describe, expect, it } from 'vitest'
import { instantOf, localOf, readDate, readMoment } from './date.ts'

describe('dates', () => {
  it.each([
    ['2026-3-5', '2026-03-05'],
    ['2026/03/05', '2026-03-05'],
    ['2026.3.5', '2026-03-05'],
    ['20260305', '2026-03-05'],
    ['2026年3月5日', '2026-03-05'],
    ['２０２６年３月５号', '2026-03-05'],
    ['二〇二六年三月十五日', '2026-03-15'],
    ['二零二六年十二月三十一日', '2026-12-31'],
    ['26年3月5日', '2026-03-05'],
    ['24-10-08', '2024-10-08'],
    ['98-3-5', '1998-03-05'],
    ['70年3月5日', '1970-03-05'],
    ['2026-3-5 星期四', '2026-03-05'],
    ['二〇二六年三月五日', '2026-03-05'],
    ['12/25/2025', '2025-12-25'],
    ['2026年3月', '2026-03-01'],
    ['2026-03-05 14:30:00', '2026-03-05'],
    ['2026年3月5日 星期四', '2026-03-05'],
    ['5 Mar 2026', '2026-03-05'],
    ['Mar 5, 2026', '2026-03-05'],
    ['25/12/2026', '2026-12-25'],
    ['12/25/2026', '2026-12-25'],
    ['46086', '2026-03-05'],
    ['03/04/2026', null],
    ['2026-02-30', null],
    ['明天', null],
    ['', null],
    ['138', null],
  ])('%s → %s', (text, expected) => expect(readDate(text)).toBe(expected))

  it('reads serials in both date systems and refuses the day that never was', () => {
    expect([readDate(1), readDate(59), readDate(60), readDate(61), readDate(46086.75)]).toEqual([
      '1900-01-01',
      '1900-02-28',
      null,
      '1900-03-01',
      '2026-03-05',
    ])
    expect(readDate(44624, { dateSystem: '1904' })).toBe('2026-03-05')
  })
})

describe('days without a year', () => {
  const today = '2026-03-10'
  it.each([
    ['3月6日', '2026-03-06', '2027-03-06'],
    ['九月六日', '2025-09-06', '2026-09-06'],
    ['3月10号', '2026-03-10', '2026-03-10'],
    ['2月30日', null, null],
    ['去年底', null, null],
  ])('%s is the last one, or the next where it is planned', (text, last, next) => {
    expect(readDate(text, { today })).toBe(last)
    expect(readDate(text, { today, ahead: true })).toBe(next)
    expect(readDate(text)).toBeNull()
  })

  it('keep their clock', () =>
    expect(readMoment('9月6日 14:30', { today })).toEqual({ date: '2025-09-06', time: '14:30:00', offset: null }))
})

describe('moments', () => {
  it.each([
    ['2026-03-05 14:30:00', '14:30:00', null],
    ['2024年9月26日 下午3:05', '15:05:00', null],
    ['2024年9月26日下午3点', '15:00:00', null],
    ['2026-3-5 12:10 am', '00:10:00', null],
    ['2026-01-01T00:00:00Z', '00:00:00', 0],
    ['2026-01-01T00:00:00.000+08:00', '00:00:00', 480],
    ['2026-01-01 09:05-0330', '09:05:00', -210],
    ['46086.75', '18:00:00', null],
    ['2026-03-05', null, null],
  ])('%s', (text, time, offset) => expect(readMoment(text)).toMatchObject({ time, offset }))

  it.each(['2026-03-05 25:00', '2026-03-05 12:61', '2026-13-05 10:00', '10:00'])('%s is none', (text) =>
    expect(readMoment(text)).toBeNull(),
  )

  it('are instants of the zone they name, and of the workspace where they name none', () => {
    const at = (text: string, zone: string) => instantOf(readMoment(text) ?? { date: '', time: null, offset: null }, zone)
    expect(at('2026-01-01T00:00:00Z', 'Asia/Shanghai')).toBe('2026-01-01T00:00:00.000Z')
    expect(at('2026-01-01 08:00', 'Asia/Shanghai')).toBe('2026-01-01T00:00:00.000Z')
    expect(at('2026-01-01', 'Asia/Shanghai')).toBe('2026-01-01T01:00:00.000Z')
    expect(at('2026-07-01 09:00:30', 'Europe/Berlin')).toBe('2026-07-01T07:00:30.000Z')
    expect(at('1990-07-01 09:00', 'Asia/Shanghai')).toBe('1990-07-01T00:00:00.000Z')
    expect(localOf({ date: '2026-01-01', time: '20:00:05', offset: 0 }, 'Asia/Shanghai')).toEqual({
      date: '2026-01-02',
      time: '04:00:05',
    })
  })
})
