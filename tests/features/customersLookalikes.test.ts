import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { type Office, openOffice } from '../support/factories.ts'
import { type Connection, transports } from '../support/transports.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

describe.each(Object.keys(transports))('who looks alike, over %s', (name) => {
  const open: Connection[] = []
  const connect = async (actor: Office['admin']): Promise<Client> => {
    const connection = await transports[name]?.(office.running, actor)
    if (!connection) throw new Error(name)
    open.push(connection)
    return connection.client
  }
  let admin: Client
  let sales: Client
  let viewer: Client
  beforeAll(async () => {
    admin = await connect(office.admin)
    sales = await connect(office.sales)
    viewer = await connect(office.viewer)
  })
  afterAll(async () => {
    for (const connection of open) await connection.close()
  })

  it('is told across rights, masked and without an id', async () => {
    const number = `139${String(10_000_000 + Object.keys(transports).indexOf(name))}`
    const own = await admin.customers.create({ name: `绍兴越纺印染${name}`, phone: number, ownerId: office.colleague.employeeId })
    expect(await admin.customers.lookalikes({ phones: [number] })).toEqual([
      {
        id: own.id,
        name: own.name,
        ownerName: '李婷',
        because: ['phone'],
        sure: true,
        reasons: ['mobileSame'],
        visible: true,
        deleted: false,
        poolName: null,
        claimable: false,
        ref: expect.any(String),
      },
    ])
    expect(await sales.customers.lookalikes({ phones: [number] })).toEqual([
      {
        id: null,
        name: '绍***',
        ownerName: '李婷',
        because: ['phone'],
        sure: true,
        reasons: ['mobileSame'],
        visible: false,
        deleted: false,
        poolName: null,
        claimable: false,
        ref: expect.any(String),
      },
    ])
    expect(await admin.customers.lookalikes({ phones: [number], exceptId: own.id })).toEqual([])
    expect(await admin.customers.lookalikes({})).toEqual([])
    // Who sees 139****0000 must not find the rest by guessing.
    expect(await viewer.customers.lookalikes({ phones: [number] })).toEqual([])
    expect(await viewer.customers.lookalikes({ name: own.name })).toHaveLength(1)
  })
})
