// Numbers of records, and the layout of forms: given once, never twice; kept, taken back, and back to the standard.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import { standardLayout } from '../../src-shared/features/layouts/rules.ts'
import { customerEntity } from '../../src-shared/features/customers/entity.ts'
import type { Client } from '../support/backend.ts'
import { type Office, openOffice } from '../support/factories.ts'
import { bring, csvFile } from './importFixtures.ts'

let office: Office
let admin: Client
beforeAll(async () => {
  office = await openOffice()
  await office.running.start()
  admin = office.as(office.admin)
})
afterAll(() => office.close())

const rule = async () => (await admin.numbers.rules({}))[0]
const save = async (values: Partial<Parameters<Client['numbers']['save']>[0]>) =>
  admin.numbers.save({
    entity: 'customer',
    version: (await rule())?.version ?? 0,
    pattern: 'KH-{0000}',
    reset: 'never',
    start: 1,
    enabled: true,
    ...values,
  })
const undoLast = async () => {
  const { entries } = await admin.history.recent({ mine: true, limit: 1 })
  await admin.history.undo({ seq: entries[0]?.seq ?? 0 })
}
const digest = () => wholeDigest(tableDigests(office.running.backend.database.raw))

describe('a number', () => {
  it('is given by the rule from then on, as previewed, and never twice, not even after an undo', async () => {
    expect((await admin.customers.create({ name: '没有编号的' })).number).toBe(null)
    expect(await save({})).toMatchObject({ next: 'KH-0001' })
    expect((await admin.customers.create({ name: '第一个' })).number).toBe('KH-0001')
    await undoLast()
    expect(await rule()).toMatchObject({ next: 'KH-0002' })
    expect((await admin.customers.create({ name: '第二个' })).number).toBe('KH-0002')
    const many = await Promise.all(['甲', '乙', '丙', '丁'].map((name) => admin.customers.create({ name: `同时${name}` })))
    expect(new Set(many.map(({ number }) => number)).size).toBe(4)
  })

  it('may be brought along by a sheet, once; the rule passes over it', async () => {
    await save({ start: 100 })
    const result = await bring(
      office.running,
      office.admin,
      csvFile([
        ['客户名称', '客户编号'],
        ['自带编号', 'KH-0101'],
        ['重复编号', 'KH-0101'],
        ['已有编号', 'KH-0002'],
        ['没写编号', ''],
      ]),
    )
    expect(result).toMatchObject({ created: 2, failed: 2 })
    const numbers = async (number: string) => (await admin.numbers.customers({ number })).map(({ name }) => name)
    expect(await numbers('kh-0101')).toEqual(['自带编号'])
    expect(await numbers('KH-0100')).toEqual(['没写编号'])
    expect((await admin.customers.create({ name: '下一个' })).number).toBe('KH-0102')
    expect(await numbers('%')).toEqual([])
    // Nobody jumps to whom he does not see.
    expect(await office.as(office.sales).numbers.customers({ number: 'KH-' })).toEqual([])
  })

  it('is given on wish to those that have none, the oldest first, and one undo takes all away', async () => {
    const { count } = await admin.numbers.missing({ entity: 'customer' })
    expect(count).toBeGreaterThan(0)
    const before = digest()
    const { given, batchId } = await admin.numbers.giveMissing({ entity: 'customer' })
    expect(given).toBe(count)
    expect(await admin.numbers.missing({ entity: 'customer' })).toEqual({ count: 0 })
    await admin.history.undoBatch({ batchId: batchId ?? '' })
    expect(digest()).toBe(before)
  })

  it('is refused a pattern that would repeat or says nothing', async () => {
    const reason = (values: Parameters<typeof save>[0]) =>
      save(values).then(
        () => 'allowed',
        (error: { data: { reason: string } }) => error.data.reason,
      )
    expect(await reason({ pattern: 'KH' })).toBe('patternWithoutNumber')
    expect(await reason({ reset: 'monthly' })).toBe('resetNeedsDate')
    expect(await reason({ pattern: '{YYYY}{MM}-{000}', reset: 'monthly' })).toBe('allowed')
    expect((await rule())?.next).toMatch(/^\d{6}-001$/)
    await expect(office.as(office.sales).numbers.giveMissing({ entity: 'customer' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('a layout', () => {
  it('is kept, seen by everybody, refused to who saw an older one, taken back, and put back to the standard', async () => {
    const layout = standardLayout(customerEntity)
    const wanted = { groups: layout.groups.toReversed().map((group) => ({ ...group, columns: 2 as const })) }
    const before = digest()
    const saved = await admin.layouts.save({ entity: 'customer', version: 0, layout: wanted })
    expect(saved.version).toBe(1)
    expect(await office.as(office.sales).layouts.list({})).toEqual([{ entity: 'customer', layout: wanted, version: 1 }])
    await expect(admin.layouts.save({ entity: 'customer', version: 0, layout })).rejects.toMatchObject({ code: 'STALE' })
    await expect(office.as(office.sales).layouts.reset({ entity: 'customer' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await undoLast()
    expect(digest()).toBe(before)
    await admin.layouts.save({ entity: 'customer', version: 0, layout: wanted })
    await admin.layouts.reset({ entity: 'customer' })
    expect(await admin.layouts.list({})).toEqual([])
    await undoLast()
    expect(await admin.layouts.list({})).toHaveLength(1)
  })
})

describe('a number rule tried before it is saved', () => {
  it('says the next numbers as they will be given, and which the oldest without one would get', async () => {
    const before = digest()
    const tried = await admin.numbers.tryRule({ entity: 'customer', pattern: 'SY-{000}', reset: 'never', start: 7 })
    expect(digest()).toEqual(before)
    expect(tried.next).toHaveLength(3)
    await save({ pattern: 'SY-{000}', start: 7 })
    expect((await rule())?.next).toBe(tried.next[0])
    const made = await admin.customers.create({ name: '试出来的' })
    expect(made.number).toBe(tried.next[0])
    expect(tried.rows).toHaveLength(Math.min(5, tried.missing))
    await expect(admin.numbers.tryRule({ entity: 'customer', pattern: '没有流水号', reset: 'never', start: 1 })).rejects.toThrow()
    await expect(
      office.as(office.sales).numbers.tryRule({ entity: 'customer', pattern: 'SY-{000}', reset: 'never', start: 7 }),
    ).rejects.toThrow()
  })
})
