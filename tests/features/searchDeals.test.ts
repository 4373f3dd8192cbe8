// Deals and papers are found by number, title and customer; a base that older rules of search wrote finds the same after its first start.
import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { doctor } from '../../src-main/kernel/doctor.ts'
import { type Client, clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { administrator, bySystem } from '../support/factories.ts'
import { insertInto } from '../../src-main/kernel/records/write.ts'

let running: TestBackend
afterEach(async () => {
  expect(running.faults).toEqual([])
  await running.dispose()
})

const adminOf = (of: TestBackend) => clientAs(of.backend, { ...administrator(of), origin: 'http' })
const found = async (client: Client, text: string) =>
  (await client.search.records({ text })).hits.map(({ entity, title }) => `${entity} ${title}`)
const TAX = '91350100M000100Y43'
const OFFICIAL = '25117000001234567890'

/** One customer with everything that is sold to him. */
async function sell(client: Client, name: string, title: string) {
  const customer = await client.customers.create({ name })
  const customerId = customer.id
  const opportunity = await client.opportunities.create({ name: `${title}项目`, customerId })
  const lines = [{ name: '设备', quantity: '1', priceFen: 100_00 }]
  const quote = await client.quotes.create({ name: `${title}报价`, customerId })
  const draft = await client.orders.create({ name: `${title}合同`, customerId, lines })
  const order = await client.orders.confirm({ id: draft.id, version: draft.version })
  const payment = await client.payments.add({
    customerId,
    receivedOn: '2026-11-18',
    amountFen: 60_00,
    method: 'transfer',
    reference: 'BANK-778899',
    allocations: [{ orderId: order.id, amountFen: 60_00 }],
  })
  const profile = await client.billing.create({ customerId, title: name, taxNumber: TAX })
  const asked = await client.invoices.request({
    customerId,
    kind: 'eGeneral',
    profileId: profile.id,
    lines: [{ orderId: order.id, amountFen: 40_00 }],
  })
  const invoice = await client.invoices.issue({ id: asked.id, version: asked.version, officialNumber: OFFICIAL })
  return { customer, opportunity, quote, order, payment, invoice }
}

describe('deals and papers', () => {
  it('are found by title, pinyin, initials, number and by their customer, and follow what happens to them', async () => {
    running = await startBackend()
    const client = adminOf(running)
    const { customer, payment, invoice, opportunity } = await sell(client, '海宁纺织有限公司', '定型机')
    await client.customers.create({ name: '绍兴印染有限公司' })
    expect(await found(client, '定型机')).toEqual(
      expect.arrayContaining(['opportunity 定型机项目', 'quote 定型机报价', 'order 定型机合同']),
    )
    for (const typed of ['dingxingjihetong', 'dxjht', '定型机ht'])
      expect(await found(client, typed), typed).toEqual(['order 定型机合同'])
    const papers = [`payment ${payment.number}`, `invoice ${invoice.number}`]
    expect(await found(client, payment.number)).toEqual([papers[0]])
    expect(await found(client, 'bank778899')).toEqual([papers[0]])
    expect(await found(client, invoice.number.toLowerCase().replaceAll('-', ''))).toEqual([papers[1]])
    expect(await found(client, OFFICIAL)).toEqual([papers[1]])
    // The customer himself stands first, whatever hangs on him after him.
    for (const typed of ['海宁纺织', 'haining', 'hnfz']) {
      const [first, ...rest] = await found(client, typed)
      expect(first, typed).toBe('customer 海宁纺织有限公司')
      expect(rest.toSorted(), typed).toEqual(
        ['opportunity 定型机项目', 'quote 定型机报价', 'order 定型机合同', ...papers].toSorted(),
      )
    }
    await client.opportunities.edit({ id: opportunity.id, version: opportunity.version, values: { name: '烘干线项目' } })
    await client.customers.edit({ id: customer.id, version: customer.version, values: { name: '桐乡毛衫有限公司' } })
    expect(await found(client, '烘干线')).toEqual(['opportunity 烘干线项目'])
    expect(await found(client, '定型机项目')).toEqual([])
    expect((await found(client, '桐乡毛衫')).length).toBe(6)
    // Taken back, it is called as before.
    const { entries } = await client.history.ofRecord({ entity: 'opportunity', id: opportunity.id })
    await client.history.undo({ seq: entries[0]?.seq ?? 0 })
    expect(await found(client, '定型机项目')).toEqual(['opportunity 定型机项目'])
    await client.opportunities.removeMany({ selection: { ids: [opportunity.id] } })
    expect(await found(client, '定型机项目')).toEqual([])
  })
})

describe('a base that older rules of search wrote', () => {
  const rules = (of: TestBackend, value: string | null) => {
    const { raw } = of.backend.database
    if (value === null) raw.exec("delete from meta where key = 'search_rules'")
    else raw.prepare("update meta set value = ? where key = 'search_rules'").run(value)
  }
  const jobsOf = async (of: TestBackend) => (await adminOf(of).jobs.list({})).rows.filter(({ kind }) => kind === 'search.renew')
  const look = (of: TestBackend) => {
    const newestSchema = of.backend.database.raw.pragma('user_version', { simple: true }) as number
    return doctor(of.folder, { version: 'test', newestSchema })
  }

  it('is renewed in the background after the next start, goes on where it was stopped, and finds then what it should', async () => {
    running = await startBackend()
    let client = adminOf(running)
    await sell(client, '海宁纺织有限公司', '定型机')
    // More than a step, so that it can be stopped between two.
    await bySystem(running, async ({ tx, newId, now }) => {
      for (let n = 0; n < 900; n++) {
        const at = now()
        const values = { name: `老客户第${n}家`, phone: `+861390571${String(1000 + n)}`, createdAt: at, updatedAt: at }
        await insertInto(tx, 'customer', { id: newId(), ...values })
      }
    })
    expect(look(running).problems).toEqual([])
    const { raw } = running.backend.database
    raw.exec(`
      delete from search_index where rowid in (select id from search_doc where entity in ('opportunity', 'quote', 'order', 'payment', 'invoice'));
      delete from search_doc where entity in ('opportunity', 'quote', 'order', 'payment', 'invoice');
      update search_doc set keys = '[5]' where entity = 'customer';
      delete from match_key where doc in (select id from search_doc where entity = 'customer');
      insert into match_key (key, doc) select 5, id from search_doc where entity = 'customer'`)
    rules(running, null)
    expect(look(running).searchOutdated).toContain('order')
    expect(await found(client, '定型机合同')).toEqual([])
    await running.close()
    running = await startBackend({ setUp: false, folder: running.folder })
    client = adminOf(running)
    await running.start()
    const [job] = await jobsOf(running)
    expect(job).toMatchObject({ canCancel: false })
    const { jobs } = running.backend.services
    while (((await jobs.get(job?.id ?? ''))?.done ?? 0) === 0) await setImmediate()
    await client.jobs.pause({ id: job?.id as never })
    const { done, total } = await jobs.settled(job?.id ?? '')
    expect(done).toBeLessThan(total ?? 0)
    // Nobody has to wait for it.
    expect(await found(client, '老客户第7家')).toEqual(['customer 老客户第7家'])
    await running.close()
    running = await startBackend({ setUp: false, folder: running.folder })
    client = adminOf(running)
    await running.start()
    expect((await jobsOf(running)).map(({ state }) => state)).toEqual(['paused'])
    await client.jobs.resume({ id: job?.id as never })
    const ended = await running.backend.services.jobs.settled(job?.id ?? '')
    expect(ended).toMatchObject({ state: 'done', done: ended.total })
    expect(await found(client, '定型机合同')).toEqual(['order 定型机合同'])
    expect(await found(client, OFFICIAL)).toHaveLength(1)
    expect(look(running)).toMatchObject({ problems: [], searchOutdated: [] })
    const alike = await client.customers.lookalikes({ name: '别的名字', phones: ['13905711007'] })
    expect(alike.map(({ name }) => name)).toEqual(['老客户第7家'])
    // Renewed once: the next start finds nothing to do.
    await running.close()
    running = await startBackend({ setUp: false, folder: running.folder })
    await running.start()
    expect(await jobsOf(running)).toHaveLength(1)
  })

  it('renews only the kinds whose rules have changed', async () => {
    running = await startBackend()
    const client = adminOf(running)
    await sell(client, '海宁纺织有限公司', '定型机')
    const stored = JSON.parse(
      running.backend.database.raw.prepare("select value from meta where key = 'search_rules'").pluck().get() as string,
    ) as Record<string, number>
    rules(running, JSON.stringify({ ...stored, order: 0 }))
    expect(look(running).problems).toHaveLength(1)
    await running.start()
    const [job] = await jobsOf(running)
    expect(await running.backend.services.jobs.settled(job?.id ?? '')).toMatchObject({
      state: 'done',
      result: JSON.stringify({ kinds: ['order'], records: 1 }),
    })
    expect(look(running).problems).toEqual([])
  })
})
