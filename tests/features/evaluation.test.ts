// Opportunities judged by the dimensions of the company: the score in the list is the one that the record explains, undo, rights.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { scoreOf } from '../../src-shared/features/opportunities/evaluation.ts'
import type { Dimension } from '../../src-shared/features/pipelines/model.ts'
import type { Client } from '../support/backend.ts'
import { actorOf, addPerson, failureOf, type Office, openOffice, randomFrom } from '../support/factories.ts'
import { connectOver } from '../support/wires.ts'

let office: Office
let admin: Client
let sales: Client
beforeAll(async () => {
  office = await openOffice()
  const connect = connectOver('http', () => office)
  admin = await connect(office.admin)
  sales = await connect(office.sales)
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})
const noOf = (call: Promise<unknown>) => failureOf(call).then(({ code, data }) => (code === 'REFUSED' ? data['reason'] : code))
const level = (dimension: Dimension | undefined, at: number) => dimension?.levels[at]?.id as never
const linesOf = (dimensions: readonly Dimension[]) =>
  dimensions
    .filter(({ archived }) => !archived)
    .map(({ id, name, weight, levels }) => ({
      id,
      name,
      weight,
      levels: levels.filter((one) => !one.archived).map(({ archived: _put, ...one }) => one),
    }))

it('begins with six dimensions; what is chosen is the score of the list, sorts and filters it, and is taken back', async () => {
  const dimensions = await sales.pipelines.dimensions({})
  expect(dimensions.map(({ name, weight, levels }) => [name, weight, levels.length])).toEqual([
    ['需求匹配', 20, 4],
    ['紧迫程度', 15, 4],
    ['预算情况', 20, 4],
    ['决策人', 20, 4],
    ['竞争态势', 10, 4],
    ['客户关系', 15, 4],
  ])
  const random = randomFrom(7)
  for (let n = 0; n < 12; n++) {
    const row = await sales.opportunities.create({ name: `评 ${n}` })
    expect(row.score).toBeNull()
    const chosen = dimensions.filter(() => random.chance(0.7)).map(({ id, levels }) => [id, random.pick(levels).id] as const)
    const rated = await sales.opportunities.rate({ id: row.id, choices: Object.fromEntries(chosen) })
    const choices = await sales.opportunities.ratings({ id: row.id })
    expect(choices).toEqual(Object.fromEntries(chosen))
    expect(rated.score).toBe(scoreOf(dimensions, choices).score)
  }
  const { rows } = await sales.opportunities.list({ sort: [{ field: 'score', direction: 'desc' }], limit: 50 })
  const scores = rows.flatMap(({ score }) => score ?? [])
  expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  const above = { combinator: 'and' as const, rules: [{ field: 'score', operator: '>=' as const, value: 60 }] }
  expect((await sales.opportunities.count({ filter: above })).count).toBe(scores.filter((score) => score >= 60).length)

  const row = await sales.opportunities.create({ name: '要撤销' })
  const [need, , budget] = dimensions
  await sales.opportunities.rate({ id: row.id, choices: { [need!.id]: level(need, 0), [budget!.id]: level(budget, 3) } })
  const changed = await sales.opportunities.rate({ id: row.id, choices: { [budget!.id]: null } })
  expect(changed.score).toBe(100)
  const [entry] = (await sales.history.ofRecord({ entity: 'opportunity', id: row.id })).entries
  expect(entry).toMatchObject({ action: 'rated', undoable: true })
  await sales.history.undo({ seq: entry!.seq })
  expect((await sales.opportunities.get({ id: row.id })).score).toBe(50)
})

it('weights and levels are the company’s; what is put aside counts no more and comes back under its name with what was chosen', async () => {
  const before = await admin.pipelines.dimensions({})
  const [need, ...others] = before
  const row = await sales.opportunities.create({ name: '换维度' })
  const [, , , rival] = others
  await sales.opportunities.rate({ id: row.id, choices: { [need!.id]: level(need, 0), [rival!.id]: level(rival, 3) } })
  // (20·100 + 10·10) / 30 = 70
  expect((await sales.opportunities.get({ id: row.id })).score).toBe(70)
  expect(await noOf(sales.pipelines.saveDimensions({ dimensions: [] }))).toBe('FORBIDDEN')
  await admin.pipelines.saveDimensions({ dimensions: linesOf(others) })
  expect((await sales.opportunities.get({ id: row.id })).score).toBe(10)
  expect(await noOf(sales.opportunities.rate({ id: row.id, choices: { [need!.id]: level(need, 1) } }))).toBe('dimensionUnknown')
  const { id: _id, ...again } = linesOf(before)[0]!
  const back = await admin.pipelines.saveDimensions({
    dimensions: [{ ...again, weight: 30, levels: again.levels.map(({ id: _of, ...one }) => one) }, ...linesOf(others)],
  })
  expect(back[0]).toMatchObject({ id: need!.id, weight: 30, levels: need!.levels })
  // (30·100 + 10·10) / 40 = 77.5
  expect((await sales.opportunities.get({ id: row.id })).score).toBe(78)
  const [entry] = (await admin.history.recent({ limit: 1 })).entries
  expect(entry).toMatchObject({ action: 'savedDimensions', facts: { records: 6 } })
  await admin.history.undo({ seq: entry!.seq })
  expect((await sales.opportunities.get({ id: row.id })).score).toBe(10)
  const twice = linesOf(others)
  expect(await noOf(admin.pipelines.saveDimensions({ dimensions: [...twice, { ...again, name: twice[0]!.name }] }))).toBe(
    'nameTaken',
  )
  expect(await noOf(sales.opportunities.rate({ id: row.id, choices: { [rival!.id]: level(need, 0) } }))).toBe('levelUnknown')
  await admin.pipelines.saveDimensions({ dimensions: linesOf(before) })
})

it('who may not read the score sees neither it nor what it is made of', async () => {
  const { userId } = await addPerson(office.running, {
    name: '看不到评分的',
    roles: [
      {
        permissions: { 'opportunities.read': 'all', 'opportunities.edit': 'all' },
        fieldRights: { 'opportunity.score': 'hidden' },
      },
    ],
  })
  const blind = await connectOver('http', () => office)(actorOf(office.running, userId))
  const row = await sales.opportunities.create({ name: '不给看' })
  expect((await blind.opportunities.get({ id: row.id })).score).toBeNull()
  expect(await noOf(blind.opportunities.ratings({ id: row.id }))).toBe('FORBIDDEN')
  expect(await noOf(blind.opportunities.rate({ id: row.id, choices: {} }))).toBe('FORBIDDEN')
})
