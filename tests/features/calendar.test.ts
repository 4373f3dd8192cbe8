import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Client, clientAs, startBackend, type TestBackend } from '../support/backend.ts'

let test: TestBackend
let client: Client
beforeEach(async () => {
  test = await startBackend()
  client = clientAs(test.backend, test.sessions.localAdmin('http'))
})
afterEach(() => test.dispose())

describe('the business calendar', () => {
  it('begins with office hours and takes the public holidays of a year', async () => {
    const before = await client.calendar.get({})
    expect(before).toMatchObject({ zone: 'Asia/Shanghai', days: [], officialYears: [2025, 2026] })
    expect(before.hours.find(({ weekday }) => weekday === 1)?.spans).toEqual([
      ['09:00', '12:00'],
      ['13:30', '18:00'],
    ])
    await client.calendar.setDay({ day: '2026-10-01', kind: 'workday', name: '盘点' })
    const loaded = await client.calendar.loadOfficial({ year: 2026 })
    expect(loaded.kept).toBe(1)
    const days = (await client.calendar.get({})).days
    expect(days).toHaveLength(loaded.added + 1)
    expect(days.find(({ day }) => day === '2026-10-01')).toEqual({ day: '2026-10-01', kind: 'workday', name: '盘点' })
    expect(await client.calendar.loadOfficial({ year: 2026 })).toEqual({ added: 0, kept: days.length })
    await expect(client.calendar.loadOfficial({ year: 2099 })).rejects.toMatchObject({ data: { reason: 'yearUnknown' } })
  })

  it('sets hours and days, and each can be taken back', async () => {
    const set = await client.calendar.setHours({
      hours: [
        {
          weekday: 6,
          spans: [
            ['13:00', '17:00'],
            ['09:00', '12:00'],
          ],
        },
      ],
    })
    expect(set.hours.find(({ weekday }) => weekday === 6)?.spans).toEqual([
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ])
    await expect(client.calendar.setHours({ hours: [{ weekday: 1, spans: [['12:00', '09:00']] }] })).rejects.toMatchObject({
      data: { reason: 'spanBackwards' },
    })
    await client.calendar.setDay({ day: '2027-02-05', kind: 'holiday', name: '厂休' })
    await expect(client.calendar.removeDay({ day: '2027-02-06' })).rejects.toMatchObject({ data: { reason: 'noSuchDay' } })
    await client.calendar.removeDay({ day: '2027-02-05' })
    expect((await client.calendar.get({})).days).toEqual([])
  })

  it('is set by who may change settings only', async () => {
    const sales = clientAs(test.backend, { ...test.sessions.localAdmin('http'), permissions: {} })
    expect((await sales.calendar.get({})).hours).toHaveLength(7)
    await expect(sales.calendar.setDay({ day: '2027-02-05', kind: 'holiday', name: null })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})
