// What stages ask for counts on the way over them too: one by one, many at once, new ones, leads that become one, and rows of a file.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AskableField, Pipeline } from '../../src-shared/features/pipelines/model.ts'
import type { Client } from '../support/backend.ts'
import { failureOf, type Office, openOffice } from '../support/factories.ts'
import { csvFile, toldRows } from './importFixtures.ts'

let office: Office
let sales: Client
let pipeline: Pipeline
/** The second open stage asks for an amount, the third for lines and a score; the fourth for nothing. */
const ASKS: readonly AskableField[][] = [[], ['amount'], ['lines', 'score'], []]
beforeAll(async () => {
  office = await openOffice()
  sales = office.as(office.sales)
  const admin = office.as(office.admin)
  const [first] = await admin.pipelines.list({})
  if (!first) throw new Error('there is no pipeline')
  const stages = first.stages.map(({ id, name, probability, rotDays }, n) => ({
    id,
    name,
    probability,
    rotDays,
    required: ASKS[n] ?? [],
  }))
  pipeline = await admin.pipelines.edit({ id: first.id, version: first.version, values: { name: first.name, stages } })
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})
const stage = (n: number) => pipeline.stages[n]?.id as never
const ended = (kind: 'won' | 'lost') => pipeline.stages.find((one) => one.kind === kind)?.id as never
const lacking = async (call: Promise<unknown>) => {
  const { data } = await failureOf(call)
  return [data['reason'], (data['detail'] as { fields?: string[] } | undefined)?.fields]
}
const standing = async (id: string) => {
  const { stageId, version } = await sales.opportunities.get({ id: id as never })
  return { at: pipeline.stages.findIndex((one) => one.id === stageId), version }
}

it('nobody walks past a stage: its lines, its score and its fields are asked for behind it too', async () => {
  const { id } = await sales.opportunities.create({ name: '直奔谈判' })
  const go = async (to: never, values = {}) =>
    sales.opportunities.move({ id, version: (await standing(id)).version, stageId: to, values })
  expect(await lacking(go(stage(3)))).toEqual(['fieldsMissing', ['amount', 'lines', 'score']])
  expect(await lacking(go(ended('won')))).toEqual(['fieldsMissing', ['amount', 'lines', 'score']])
  expect(await lacking(go(stage(3), { amount: 100 }))).toEqual(['fieldsMissing', ['lines', 'score']])
  expect((await standing(id)).at).toBe(0)
  const line = { productId: null, name: '设备', unit: null, quantity: '1', priceFen: 100_00, discount: '0' }
  await sales.opportunities.setLines({ id, version: (await standing(id)).version, lines: [line] })
  const [dimension] = await sales.pipelines.dimensions({})
  const choices = { [dimension?.id ?? '']: dimension?.levels[0]?.id ?? null }
  await sales.opportunities.rate({ id, choices: choices as never })
  expect(await go(stage(3))).toMatchObject({ stageId: stage(3), amount: 100_00 })
  // Back is asked for nothing but what the stage itself asks; a loss begins the way anew.
  await go(stage(1))
  const [reason] = await sales.pipelines.reasons({})
  const other = await sales.opportunities.create({ name: '绕道丢单' })
  const gone = await sales.opportunities.move({
    id: other.id,
    version: other.version,
    stageId: ended('lost'),
    lost: { reasonId: reason?.id as never, note: null },
  })
  expect(await lacking(sales.opportunities.move({ id: other.id, version: gone.version, stageId: ended('won') }))).toEqual([
    'fieldsMissing',
    ['amount', 'lines', 'score'],
  ])
})

it('those of many that lack something stay and are counted; none is begun or converted past it', async () => {
  const [bare, full] = [
    await sales.opportunities.create({ name: '没有金额' }),
    await sales.opportunities.create({ name: '有金额', amount: 5 }),
  ]
  const selection = { ids: [bare.id, full.id] }
  expect(await sales.opportunities.moveMany({ selection, stageId: stage(1) })).toMatchObject({
    changed: 1,
    refused: 1,
    because: { fieldsMissing: 1 },
  })
  expect([(await standing(bare.id)).at, (await standing(full.id)).at]).toEqual([0, 1])
  expect(await lacking(sales.opportunities.create({ name: '一开始就报价', stageId: stage(2), amount: 5 }))).toEqual([
    'fieldsMissing',
    ['lines', 'score'],
  ])
  const lead = await sales.leads.create({ name: '转化的线索' })
  const convert = (amount: number | null) =>
    sales.leads.convert({
      id: lead.id,
      version: lead.version,
      customer: {
        name: '转化的客户',
        phone: null,
        email: null,
        industry: null,
        source: null,
        province: null,
        city: null,
        district: null,
        address: null,
        note: null,
      },
      contact: null,
      opportunity: { name: '转化的商机', stageId: stage(1), amount, expectedOn: null },
    })
  expect(await lacking(convert(null))).toEqual(['fieldsMissing', ['amount']])
  expect((await sales.customers.list({ search: '转化的客户' })).rows).toEqual([])
  expect(await convert(7)).toMatchObject({ status: 'converted' })
})

it('a file takes over what another program has and says what is lacking; over one that is there it leaves the stage', async () => {
  const word = (n: number) => pipeline.stages[n]?.name ?? ''
  const brought = async (number: string, name: string, at: number, amount: string) => {
    const { rows: told } = await toldRows(office.running, office.admin, {
      file: csvFile([
        ['商机编号', '商机名称', '阶段', '金额'],
        [number, name, word(at), amount],
      ]),
      entity: 'opportunity',
      onDuplicate: 'update',
    })
    return told
  }
  expect(await brought('S1', '旧系统的', 0, '')).toMatchObject([{ outcome: 'created', reason: null }])
  expect(await brought('S1', '旧系统改了名', 3, '')).toMatchObject([{ outcome: 'updated', reason: 'stageLacks' }])
  expect(await brought('S2', '旧系统走到一半的', 3, '')).toMatchObject([{ outcome: 'created', reason: 'stageAsksMore' }])
  const { rows } = await office.as(office.admin).opportunities.list({ search: '旧系统改了名' })
  expect(rows.map(({ stageId }) => stageId)).toEqual([stage(0)])
  expect(await brought('S1', '旧系统改了名', 1, '80')).toMatchObject([{ outcome: 'updated', reason: null }])
})
