import type { Conversion, NewLead } from '../../src-shared/features/leads/model.ts'
import type { LeadPoolValues, LeadRuleValues } from '../../src-shared/features/lead-settings/model.ts'
import { instant, living, names, type Op, onOne, phone, type Scene, some } from './walkScene.ts'

const PLACES = ['浙江省', '江苏省', '上海市', null]
const idOf = (scene: Scene, table: string, where?: string): never | null => some(scene, table, where)?.id ?? null
const chosen = (scene: Scene) => ({
  ids: Array.from({ length: 1 + scene.random.below(4) }, () => (some(scene, 'lead', living)?.id ?? 'nobody') as never),
})
const people = (scene: Scene): string[] =>
  [...new Set(Array.from({ length: 1 + scene.random.below(3) }, () => idOf(scene, 'employee', 'left_on is null') ?? ''))].filter(
    Boolean,
  )
const nobody = 'nobody' as never
const pool = (scene: Scene): never => idOf(scene, 'lead_pool', 'archived_at is null') ?? nobody

const values = (scene: Scene): NewLead => ({
  name: `${scene.random.pick(names)}来电${scene.random.below(80)}`,
  company: scene.random.chance(0.5) ? scene.random.pick(names) : null,
  phone: scene.random.chance(0.6) ? phone(scene) : null,
  sourceId: scene.random.chance(0.7) ? idOf(scene, 'lead_source', 'archived_at is null') : null,
  province: scene.random.pick(PLACES) ?? null,
})
const fresh = (scene: Scene): NewLead => ({
  ...values(scene),
  ...(scene.random.chance(0.2) && { poolId: pool(scene) }),
})
const poolValues = (scene: Scene): LeadPoolValues => ({
  name: `线索池${scene.random.below(9)}`,
  cap: scene.random.chance(0.3) ? 2 : null,
  recycleDays: scene.random.chance(0.5) ? 1 : null,
  memberIds: people(scene),
})
const ruleValues = (scene: Scene): LeadRuleValues => ({
  name: `规则${scene.random.below(9)}`,
  enabled: scene.random.chance(0.8),
  sources: [],
  places: scene.random.chance(0.5) ? ['浙江'] : [],
  method: scene.random.pick(['roundRobin', 'byRegion', 'byLoad'] as const),
  members: people(scene).map((employeeId) => ({ employeeId, regions: ['浙江'] })),
  hours: scene.random.chance(0.3) ? { weekdays: [1, 2, 3], from: '09:00', to: '10:00' } : null,
  poolId: scene.random.chance(0.5) ? idOf(scene, 'lead_pool', 'archived_at is null') : null,
})
const conversion = (scene: Scene): Pick<Conversion, 'customer' | 'contact' | 'opportunity'> => {
  const blank = {
    email: null,
    industry: null,
    source: null,
    province: null,
    city: null,
    district: null,
    address: null,
    note: null,
  }
  const customer = scene.random.chance(0.4) ? idOf(scene, 'customer', living) : null
  return {
    customer: customer
      ? { id: customer }
      : { name: `${scene.random.pick(names)}${scene.random.below(50)}`, phone: phone(scene), ...blank },
    contact: scene.random.chance(0.6) ? { name: '李工', title: null, phone: phone(scene), wechat: null, email: null } : null,
    opportunity: scene.random.chance(0.5) ? { name: '首单', amount: scene.random.below(900_000), expectedOn: null } : null,
  }
}
const words = async (scene: Scene, client: Scene['users'][number]['client'], list: 'source' | 'reason') => {
  const there = (await client.leadSettings.words({ list })).filter(({ archived }) => !archived)
  const lines = [...there.map(({ id, name }) => ({ id, name })), { name: `词${scene.random.below(20)}` }]
  return client.leadSettings.saveWords({ list, lines: lines.slice(scene.random.below(2)).slice(0, 50) })
}
const reason = (scene: Scene): never => idOf(scene, 'lead_invalid_reason', 'archived_at is null') ?? nobody

/** What five people do to leads, and an administrator to their pools, rules and words. */
export const leadOps: readonly Op[] = [
  ['leads.create', 9, (scene, { client }) => client.leads.create(fresh(scene))],
  [
    'leads.edit',
    4,
    onOne('lead', living, (scene, { client }, { id, version }) => client.leads.edit({ id, version, values: values(scene) })),
  ],
  [
    'leads.setStatus',
    2,
    onOne('lead', living, (scene, { client }, { id, version }) =>
      client.leads.setStatus({ id, version, status: scene.random.pick(['new', 'contacted', 'qualified'] as const) }),
    ),
  ],
  [
    'leads.invalidate',
    2,
    onOne('lead', living, (scene, { client }, { id, version }) =>
      client.leads.invalidate({ id, version, reasonId: reason(scene), note: '打不通' }),
    ),
  ],
  [
    'leads.followUp',
    6,
    onOne('lead', living, (scene, { client }, { id }) =>
      client.leads.followUp({
        leadId: id,
        kind: 'call',
        text: '聊过了',
        ...(scene.random.chance(0.5) && { nextAt: instant(scene) }),
      }),
    ),
  ],
  ['leads.claim', 4, (scene, { client }) => client.leads.claim(chosen(scene))],
  [
    'leads.assign',
    3,
    (scene, { client }) =>
      client.leads.assign({ selection: chosen(scene), ownerId: idOf(scene, 'employee', 'left_on is null') ?? nobody }),
  ],
  ['leads.release', 3, (scene, { client }) => client.leads.release({ selection: chosen(scene), poolId: pool(scene) })],
  ['leads.giveNow', 2, (_scene, { client }) => client.leads.giveNow({})],
  ['leads.recycle', 1, (_scene, { client }) => client.leads.recycle({})],
  [
    'leads.convert',
    6,
    onOne('lead', living, (scene, { client }, { id, version }) => client.leads.convert({ id, version, ...conversion(scene) })),
  ],
  [
    'leads.editCells',
    2,
    onOne('lead', living, (scene, { client }, { id, version }) =>
      client.leads.editCells({
        fields: ['company', 'note'],
        rows: [{ id, version, cells: [scene.random.pick(names), scene.random.pick(['要样品', ''])] }],
      }),
    ),
  ],
  [
    'leads.editMany',
    2,
    (scene, { client }) =>
      client.leads.editMany({
        selection: chosen(scene),
        values: scene.random.chance(0.5) ? { ownerId: idOf(scene, 'employee', 'left_on is null') } : { campaign: '双十一' },
      }),
  ],
  [
    'leads.invalidateMany',
    1,
    (scene, { client }) => client.leads.invalidateMany({ selection: chosen(scene), reasonId: reason(scene) }),
  ],
  ['leads.removeMany', 2, (scene, { client }) => client.leads.removeMany({ selection: chosen(scene) })],
  ['leadSettings.createPool', 2, (scene, { client }) => client.leadSettings.createPool(poolValues(scene))],
  [
    'leadSettings.editPool',
    1,
    onOne('lead_pool', '1', (scene, { client }, { id, version }) =>
      client.leadSettings.editPool({ id, version, values: poolValues(scene) }),
    ),
  ],
  [
    'leadSettings.archivePool',
    1,
    onOne('lead_pool', '1', (scene, { client }, { id }) =>
      client.leadSettings.archivePool({ id, archived: scene.random.chance(0.5) }),
    ),
  ],
  ['leadSettings.createRule', 2, (scene, { client }) => client.leadSettings.createRule(ruleValues(scene))],
  [
    'leadSettings.editRule',
    1,
    onOne('lead_rule', 'archived_at is null', (scene, { client }, { id, version }) =>
      client.leadSettings.editRule({ id, version, values: ruleValues(scene) }),
    ),
  ],
  [
    'leadSettings.removeRule',
    1,
    onOne('lead_rule', 'archived_at is null', (_scene, { client }, { id }) => client.leadSettings.removeRule({ id })),
  ],
  [
    'leadSettings.orderRules',
    1,
    async (_scene, { client }) => {
      const rules = await client.leadSettings.rules({})
      return client.leadSettings.orderRules({ ids: rules.map(({ id }) => id).toReversed() })
    },
  ],
  ['leadSettings.saveWords', 1, (scene, { client }) => words(scene, client, scene.random.pick(['source', 'reason'] as const))],
]
