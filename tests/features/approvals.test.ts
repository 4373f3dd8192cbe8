// Approvals over all three wires: flows, several steps, all of a role, passing on, withdrawing, who is asked when somebody leaves, notices, undo.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { failureOf, type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})
const raw = () => office.running.backend.database.raw
const TABLES = ['quote', 'approval', 'approval_decision', 'approval_flow', 'approval_step']
const digest = () =>
  JSON.stringify(
    TABLES.map((table) =>
      (raw().prepare(`select * from ${table} order by id`).all() as Record<string, unknown>[]).map((row) =>
        Object.entries(row).filter(([column]) => column !== 'version' && column !== 'updated_at'),
      ),
    ),
  )
const noOf = (call: Promise<unknown>) => failureOf(call).then(({ code, data }) => (code === 'REFUSED' ? data['reason'] : code))
const lastSeq = () => raw().prepare('select max(seq) from command').pluck().get() as number
type Steps = Parameters<Client['approvals']['createFlow']>[0]['steps']

describe.each(wires)('approvals over %s', (name) => {
  const connect = connectOver(name, () => office)
  let admin: Client
  let manager: Client
  let sales: Client
  let colleague: Client
  let finance: Client
  beforeAll(async () => {
    admin = await connect(office.admin)
    manager = await connect(office.manager)
    sales = await connect(office.sales)
    colleague = await connect(office.colleague)
    finance = await connect(office.finance)
  })
  const idOf = (key: 'manager' | 'sales' | 'finance' | 'admin') => office[key].employeeId ?? ''
  const roleId = async (builtin: string) => (await admin.people.roles({})).find((one) => one.builtin === builtin)?.id ?? ''
  let made = 0
  /** A quote handed in by a flow of these steps, which asks for everything that is discounted by a quarter or more. */
  const handedIn = async (steps: Steps, by: Client = sales) => {
    for (const flow of await admin.approvals.flows({}))
      if (flow.enabled)
        await admin.approvals.editFlow({ id: flow.id, version: flow.version, values: { ...valuesOf(flow), enabled: false } })
    const flow = await admin.approvals.createFlow({
      subject: 'quote',
      name: `流程 ${name} ${++made}`,
      conditions: [{ kind: 'discountAtLeast', percent: '25' }],
      enabled: true,
      steps,
    })
    const customer = await by.customers.create({ name: `审批的客户 ${name} ${made}` })
    const line = {
      productId: null,
      name: '服务',
      spec: null,
      unit: null,
      quantity: '1',
      priceFen: 100_00,
      discount: '25',
      taxRate: null,
      note: null,
    }
    const quote = await by.quotes.create({ customerId: customer.id, lines: [line] })
    await by.quotes.submit({ id: quote.id, version: quote.version })
    const [approval] = await by.approvals.ofRecord({ subject: 'quote', id: quote.id })
    if (!approval) throw new Error('nothing was handed in')
    return { flow, quote, approval }
  }
  const valuesOf = (flow: Awaited<ReturnType<Client['approvals']['createFlow']>>) => ({
    subject: flow.subject,
    name: flow.name,
    conditions: flow.conditions,
    enabled: flow.enabled,
    steps: flow.steps.map(({ name: _name, ...step }) => step) as Steps,
  })
  const seenBy = (client: Client, id: string) => client.approvals.get({ id: id as never })
  const waits = async (client: Client, id: string) =>
    (await client.approvals.list({ which: 'mine' })).rows.some((row) => row.id === id)

  it('flows are set by who manages them, kept once used, and taken back', async () => {
    expect(await noOf(sales.approvals.flows({}))).toBe('FORBIDDEN')
    const before = digest()
    const flow = await admin.approvals.createFlow({
      subject: 'quote',
      name: `总经理 ${name}`,
      conditions: [{ kind: 'amountAtLeast', fen: 500_000_00 }],
      enabled: false,
      steps: [
        { kind: 'manager', level: 1, mode: 'any' },
        { kind: 'employee', employeeId: idOf('admin'), mode: 'any' },
      ],
    })
    expect(flow.steps.map((step) => step.name)).toEqual([null, expect.any(String)])
    expect(await noOf(admin.approvals.createFlow(valuesOf(flow)))).toBe('nameTaken')
    expect(
      await noOf(
        admin.approvals.createFlow({ ...valuesOf(flow), name: 'x', steps: [{ kind: 'role', roleId: 'nobody', mode: 'any' }] }),
      ),
    ).toBe('roleUnknown')
    const same = await admin.approvals.editFlow({ id: flow.id, version: flow.version, values: valuesOf(flow) })
    expect(same.version).toBe(flow.version)
    const after = digest()
    await admin.approvals.editFlow({
      id: flow.id,
      version: flow.version,
      values: { ...valuesOf(flow), steps: [{ kind: 'manager', level: 2, mode: 'any' }] },
    })
    await admin.history.undo({ seq: lastSeq() })
    expect(digest()).toBe(after)
    await admin.approvals.removeFlow({ id: flow.id })
    expect(digest()).toBe(before)
    const used = await handedIn([{ kind: 'employee', employeeId: idOf('manager'), mode: 'any' }])
    expect(await noOf(admin.approvals.removeFlow({ id: used.flow.id }))).toBe('flowUsed')
  })

  it('go step by step; who comes later is not asked before, and is told when it is his turn', async () => {
    const { approval, quote } = await handedIn([
      { kind: 'employee', employeeId: idOf('manager'), mode: 'any' },
      { kind: 'role', roleId: await roleId('finance'), mode: 'any' },
    ])
    expect([await waits(manager, approval.id), await waits(finance, approval.id)]).toEqual([true, false])
    expect((await manager.notifications.list({})).rows[0]).toMatchObject({
      kind: 'approvalAsked',
      opens: { entity: 'approval', id: approval.id },
    })
    expect(await noOf(finance.approvals.approve({ id: approval.id, version: approval.version }))).toBe('notAsked')
    const once = await manager.approvals.approve({ id: approval.id, version: approval.version })
    expect(once).toMatchObject({ status: 'pending', step: 1, seats: [{ name: '钱进', because: null, decided: false }] })
    expect(await noOf(finance.approvals.approve({ id: approval.id, version: approval.version }))).toBe('STALE')
    expect((await finance.approvals.waiting({})).count).toBeGreaterThan(0)
    const first = lastSeq()
    const done = await finance.approvals.approve({ id: approval.id, version: once.version })
    expect(done).toMatchObject({ status: 'approved', seats: [], may: { decide: false, withdraw: false } })
    expect((await sales.quotes.get({ id: quote.id })).status).toBe('approved')
    expect((await sales.notifications.list({})).rows[0]).toMatchObject({ kind: 'approvalPassed' })
    // One's word is taken back until the next one has spoken.
    expect(await noOf(manager.history.undo({ seq: first }))).toBe('decidedSince')
    await finance.history.undo({ seq: lastSeq() })
    await manager.history.undo({ seq: first })
    expect(await seenBy(manager, approval.id)).toMatchObject({ status: 'pending', step: 0, history: [] })
    expect((await sales.quotes.get({ id: quote.id })).status).toBe('pending')
  })

  it('of all in a role wait for every one of them', async () => {
    const { approval } = await handedIn([{ kind: 'role', roleId: await roleId('sales'), mode: 'all' }], manager)
    const once = await sales.approvals.approve({ id: approval.id, version: approval.version })
    expect(once).toMatchObject({ status: 'pending', step: 0 })
    expect(await noOf(sales.approvals.approve({ id: approval.id, version: once.version }))).toBe('alreadyDecided')
    expect([await waits(sales, approval.id), await waits(colleague, approval.id)]).toEqual([false, true])
    expect(await colleague.approvals.approve({ id: approval.id, version: once.version })).toMatchObject({ status: 'approved' })
  })

  it('are passed on to a colleague, who decides in that place', async () => {
    const { approval } = await handedIn([{ kind: 'employee', employeeId: idOf('manager'), mode: 'any' }])
    const which = { id: approval.id, version: approval.version }
    expect((await manager.approvals.delegates({ id: approval.id })).map(({ id }) => id)).not.toContain(idOf('sales'))
    expect(await noOf(manager.approvals.delegate({ ...which, to: idOf('sales') }))).toBe('delegateUnfit')
    const passed = await manager.approvals.delegate({ ...which, to: idOf('finance'), note: '我在出差' })
    expect(passed.seats).toMatchObject([{ name: '钱进', insteadOf: '孙悦' }])
    expect([await waits(manager, approval.id), await waits(finance, approval.id)]).toEqual([false, true])
    const done = await finance.approvals.approve({ id: approval.id, version: passed.version })
    expect(done.history).toMatchObject([
      { decision: 'delegated', approverName: '孙悦', passedToName: '钱进', note: '我在出差' },
      { decision: 'approved', approverName: '钱进', delegateOfName: '孙悦' },
    ])
    expect((await manager.approvals.list({ which: 'decided' })).rows.map(({ id }) => id)).toContain(approval.id)
  })

  it('are withdrawn by who asked, and the record is a draft again', async () => {
    const { approval, quote } = await handedIn([{ kind: 'employee', employeeId: idOf('manager'), mode: 'any' }])
    const before = digest()
    const which = { id: approval.id, version: approval.version }
    expect(await noOf(manager.approvals.withdraw(which))).toBe('notYours')
    expect(await sales.approvals.withdraw(which)).toMatchObject({
      status: 'withdrawn',
      history: [{ decision: 'withdrawn', approverName: '王海峰' }],
    })
    expect((await sales.quotes.get({ id: quote.id })).status).toBe('draft')
    expect(await noOf(manager.approvals.approve(which))).toBe('ended')
    await sales.history.undo({ seq: lastSeq() })
    expect(digest()).toBe(before)
  })

  it('a missing manager is followed by the administrators, who are told why; nobody decides his own', async () => {
    const { approval } = await handedIn([{ kind: 'manager', level: 9, mode: 'any' }])
    expect(approval.seats).toMatchObject([{ because: 'noManager' }])
    const done = await admin.approvals.approve({ id: approval.id, version: approval.version })
    expect(done.history).toMatchObject([{ decision: 'approved', because: 'noManager' }])
    const own = await handedIn([{ kind: 'manager', level: 1, mode: 'any' }], admin)
    expect(own.approval.seats).toMatchObject([{ because: 'onlyAdmin' }])
    expect(await admin.approvals.approve({ id: own.approval.id, version: own.approval.version })).toMatchObject({
      status: 'approved',
      history: [{ because: 'onlyAdmin' }],
    })
  })

  it('are read by who has to do with them alone', async () => {
    const { approval } = await handedIn([{ kind: 'employee', employeeId: idOf('manager'), mode: 'any' }])
    expect(await noOf(colleague.approvals.get({ id: approval.id }))).toBe('NOT_FOUND')
    expect(await colleague.approvals.ofRecord({ subject: 'quote', id: approval.subjectId })).toEqual([])
    expect((await sales.approvals.list({ which: 'started' })).rows.map(({ id }) => id)).toContain(approval.id)
    expect((await seenBy(manager, approval.id)).may).toEqual({ decide: true, withdraw: false })
    expect((await seenBy(sales, approval.id)).may).toEqual({ decide: false, withdraw: true })
  })
})
