// The leads that the seed invents are ones that people could have written: read by the calls, found, owned or in a pool.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seedCustomers } from '../../src-main/features/setup/seed.ts'
import { type Office, openOffice } from '../support/factories.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

it('invents leads with owners, answers and ends, once', async () => {
  const made = await seedCustomers(office.running.backend, { customers: 400, seed: 3 })
  expect(made.leads).toBe(60)
  const admin = office.as(office.admin)
  const { rows } = await admin.leads.list({ limit: 200 })
  expect(rows).toHaveLength(60)
  expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['new', 'contacted', 'qualified', 'converted', 'invalid']))
  for (const { status, ownerId, poolId, responseSeconds, invalidReasonName } of rows) {
    if (ownerId === null) expect(status).toBe('new')
    else expect(poolId).toBeNull()
    expect(responseSeconds !== null).toBe(status !== 'new')
    expect(invalidReasonName !== null).toBe(status === 'invalid')
  }
  const became = rows.find(({ status }) => status === 'converted')
  const told = await admin.leads.get({ id: became?.id as never })
  expect(told.became?.customer?.name).toBeTruthy()
  expect((await admin.leads.followUps({ id: told.id })).length).toBeGreaterThan(0)
  const again = await seedCustomers(office.running.backend, { customers: 10, seed: 4 })
  expect(again.leads).toBe(0)
})
