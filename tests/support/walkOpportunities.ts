import type { BulkEdit } from '../../src-shared/features/opportunities/contract.ts'
import type { NewOpportunity } from '../../src-shared/features/opportunities/model.ts'
import type { PipelineValues } from '../../src-shared/features/pipelines/model.ts'
import { instant, living, type Op, onOne, raw, type Scene, some, type User } from './walkScene.ts'

const DEALS = ['二期设备', '年度框架', '样机试用', '售后续签', '备件采购']
const idOf = (scene: Scene, table: string, where?: string): never | null => some(scene, table, where)?.id ?? null
const day = ({ random }: Scene): string => `2027-0${1 + random.below(9)}-1${random.below(9)}`
const chosen = (scene: Scene) => ({
  ids: Array.from({ length: 1 + scene.random.below(4) }, () => some(scene, 'opportunity', living)?.id ?? 'nobody'),
})
const stage = (scene: Scene): never => idOf(scene, 'stage', 'archived_at is null') ?? ('nowhere' as never)
const lost = (scene: Scene) =>
  scene.random.chance(0.7) && { lost: { reasonId: idOf(scene, 'lost_reason', '1') ?? ('none' as never), note: '价格谈不拢' } }

const values = (scene: Scene): NewOpportunity => ({
  name: `${scene.random.pick(DEALS)}${scene.random.below(60)}`,
  customerId: scene.random.chance(0.7) ? idOf(scene, 'customer', living) : null,
  amount: scene.random.chance(0.8) ? scene.random.below(90_000_000) : null,
  expectedOn: scene.random.chance(0.5) ? day(scene) : null,
})

/** Its stages in their order, some renamed, one more or one fewer. */
async function pipelineAs(scene: Scene, { client }: User, id: string): Promise<PipelineValues | null> {
  const found = (await client.pipelines.list({})).find((one) => one.id === id)
  if (!found) return null
  const stages = found.stages
    .filter(({ archived }) => !archived)
    .map(({ id: of, name, probability, rotDays, required }) => ({ id: of, name, probability, rotDays, required }))
  const [first, ...others] = stages
  if (!first) return null
  const kept = scene.random.chance(0.3) ? others : stages
  const more = { name: `阶段${scene.random.below(30)}`, probability: 40, rotDays: 7, required: ['amount' as const] }
  return { name: found.name, stages: scene.random.chance(0.5) ? [more, ...kept] : kept }
}
const movesTo = (scene: Scene, pipelineId: string) => {
  const open = raw(scene)
    .prepare("select id from stage where pipeline_id = ? and kind = 'open' and archived_at is null order by position")
    .pluck()
    .all(pipelineId) as never[]
  const [from, to] = open
  return from && to ? [{ from, to }] : []
}

/** What five people do to opportunities, and an administrator to their pipelines. */
export const opportunityOps: readonly Op[] = [
  ['opportunities.create', 7, (scene, { client }) => client.opportunities.create(values(scene))],
  [
    'opportunities.edit',
    4,
    onOne('opportunity', living, (scene, { client }, { id, version }) =>
      client.opportunities.edit({ id, version, values: values(scene) }),
    ),
  ],
  [
    'opportunities.move',
    8,
    onOne('opportunity', living, (scene, { client }, { id, version }) =>
      client.opportunities.move({
        id,
        version,
        stageId: stage(scene),
        values: { amount: scene.random.below(500_000) },
        ...lost(scene),
      }),
    ),
  ],
  [
    'followUps.create',
    4,
    onOne('opportunity', `${living} and customer_id is not null`, (scene, { client }, { id }) =>
      client.followUps.create({
        customerId: raw(scene).prepare('select customer_id from opportunity where id = ?').pluck().get(id) as never,
        opportunityId: id,
        text: `谈到 ${scene.random.below(1000)}`,
      }),
    ),
  ],
  [
    'opportunities.setLines',
    5,
    onOne('opportunity', living, async (scene, { client }, { id, version }) => {
      const there = (await client.opportunities.lines({ id })).map(({ amountFen: _sum, ...line }) => line)
      const product = some(scene, 'product', living)
      const fresh = {
        productId: product?.id ?? null,
        name: `明细${scene.random.below(40)}`,
        unit: null,
        quantity: String(1 + scene.random.below(9)),
        priceFen: scene.random.chance(0.8) ? scene.random.below(90_000) : null,
        discount: scene.random.pick(['0', '5', '12.5']),
      }
      const lines = [...there.slice(scene.random.below(2)), ...(scene.random.chance(0.7) ? [fresh] : [])]
      return client.opportunities.setLines({
        id,
        version,
        lines,
        ...(scene.random.chance(0.3) && { byHand: scene.random.chance(0.5) }),
      })
    }),
  ],
  [
    'opportunities.editCells',
    2,
    onOne('opportunity', living, (scene, { client }, { id, version }) =>
      client.opportunities.editCells({
        fields: ['amount', 'competitor'],
        rows: [{ id, version, cells: [String(scene.random.below(900)), scene.random.pick(['甲公司', ''])] }],
      }),
    ),
  ],
  [
    'opportunities.editMany',
    2,
    (scene, { client }) => {
      const given: BulkEdit = scene.random.chance(0.5)
        ? { ownerId: idOf(scene, 'employee', 'left_on is null') }
        : { expectedOn: day(scene), nextAt: instant(scene) }
      return client.opportunities.editMany({ selection: chosen(scene), values: given })
    },
  ],
  [
    'opportunities.moveMany',
    2,
    (scene, { client }) => client.opportunities.moveMany({ selection: chosen(scene), stageId: stage(scene), ...lost(scene) }),
  ],
  ['opportunities.removeMany', 2, (scene, { client }) => client.opportunities.removeMany({ selection: chosen(scene) })],
  [
    'pipelines.create',
    1,
    (scene, { client }) =>
      client.pipelines.create({
        name: `流程${scene.random.below(9)}`,
        stages: [{ name: '接洽', probability: 20, rotDays: null, required: [] }],
      }),
  ],
  [
    'pipelines.edit',
    2,
    onOne('pipeline', 'archived_at is null', async (scene, user, { id, version }) => {
      const given = await pipelineAs(scene, user, id)
      return given && user.client.pipelines.edit({ id, version, values: given, moveTo: movesTo(scene, id) })
    }),
  ],
  [
    'pipelines.archive',
    1,
    onOne('pipeline', '1', (scene, { client }, { id }) => client.pipelines.archive({ id, archived: scene.random.chance(0.5) })),
  ],
  [
    'opportunities.rate',
    3,
    onOne('opportunity', living, async (scene, { client }, { id }) => {
      const dimension = scene.random.pick(await client.pipelines.dimensions({}))
      const level = scene.random.pick(dimension.levels)
      return client.opportunities.rate({ id, choices: { [dimension.id]: scene.random.chance(0.8) ? level.id : null } })
    }),
  ],
  [
    'pipelines.saveDimensions',
    1,
    async (scene, { client }) => {
      const there = (await client.pipelines.dimensions({})).filter(({ archived }) => !archived)
      const dimensions = there.slice(scene.random.below(2)).map(({ id, name, weight, levels }) => ({
        id,
        name,
        weight: 1 + ((weight + scene.random.below(30)) % 100),
        levels: levels.filter((level) => !level.archived).map(({ archived: _put, ...level }) => level),
      }))
      const fresh = {
        name: `维度${scene.random.below(20)}`,
        weight: 10,
        levels: ['高', '低'].map((name, at) => ({ name, points: at === 0 ? 100 : scene.random.below(60) })),
      }
      return client.pipelines.saveDimensions({ dimensions: [...dimensions, fresh].slice(-12) })
    },
  ],
  [
    'pipelines.saveReasons',
    1,
    async (scene, { client }) => {
      const there = (await client.pipelines.reasons({})).filter(({ archived }) => !archived)
      const reasons = [...there.map(({ id, name }) => ({ id, name })), { name: `原因${scene.random.below(20)}` }]
      return client.pipelines.saveReasons({ reasons: reasons.slice(scene.random.below(2)).slice(0, 50) })
    },
  ],
]
