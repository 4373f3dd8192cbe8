import type { LineValues } from '../../src-shared/features/quotes/model.ts'
import type { FlowValues } from '../../src-shared/features/approvals/model.ts'
import { living, type Op, onOne, type Run, type Scene, some, type User } from './walkScene.ts'

const NAMES = ['年度供货', '二期扩容', '备件', '样机', '维保']
const idOf = (scene: Scene, table: string, where?: string): never | null => some(scene, table, where)?.id ?? null
const chosen = (scene: Scene) => ({
  ids: Array.from({ length: 1 + scene.random.below(3) }, () => idOf(scene, 'quote', living) ?? 'nobody'),
})

function aLine(scene: Scene): LineValues {
  const { random } = scene
  return {
    productId: random.chance(0.5) ? idOf(scene, 'product', living) : null,
    name: random.pick(NAMES),
    spec: random.chance(0.3) ? 'DN50' : null,
    unit: '台',
    quantity: `${1 + random.below(9)}${random.chance(0.3) ? '.5' : ''}`,
    priceFen: random.below(500_000),
    discount: random.pick(['0', '0', '5', '12.5', '40']),
    taxRate: random.pick([null, '13', '6']),
    note: null,
  }
}
const lines = (scene: Scene): LineValues[] => Array.from({ length: scene.random.below(4) }, () => aLine(scene))

/** Whoever is asked decides what waits for him. */
const decide =
  (work: (user: User, which: { id: never; version: number }) => Promise<unknown>): Run =>
  async ({ random }, user) => {
    const { rows } = await user.client.approvals.list({ which: 'mine' })
    if (rows.length === 0) return null
    const { id, version } = random.pick(rows)
    return work(user, { id: id as never, version })
  }

const flow = (scene: Scene, name: string): FlowValues => ({
  ...(scene.random.chance(0.5)
    ? {
        subject: 'quote',
        conditions: [{ kind: 'discountAtLeast', percent: String(5 + scene.random.below(30)) }, { kind: 'belowCost' }],
      }
    : {
        subject: scene.random.pick(['order', 'refund']),
        conditions: [{ kind: 'amountAtLeast', fen: scene.random.below(2_000_000) }],
      }),
  name,
  enabled: scene.random.chance(0.7),
  steps: [
    { kind: 'manager', level: 1 + scene.random.below(2), mode: 'any' },
    ...(scene.random.chance(0.4)
      ? [
          {
            kind: 'role' as const,
            roleId: idOf(scene, 'role', "builtin = 'salesManager'") ?? ('none' as never),
            mode: 'all' as const,
          },
        ]
      : []),
  ],
})

/** What five people do to quotes and approvals, and an administrator to flows and templates. */
export const quoteOps: readonly Op[] = [
  [
    'quotes.create',
    6,
    (scene, { client }) =>
      client.quotes.create({
        name: `${scene.random.pick(NAMES)}${scene.random.below(60)}`,
        customerId: scene.random.chance(0.8) ? idOf(scene, 'customer', living) : null,
        opportunityId: scene.random.chance(0.2) ? idOf(scene, 'opportunity', living) : null,
        lines: lines(scene),
      }),
  ],
  [
    'quotes.edit',
    3,
    onOne('quote', living, (scene, { client }, { id, version }) =>
      client.quotes.edit({
        id,
        version,
        values: scene.random.chance(0.5)
          ? { name: scene.random.pick(NAMES), note: '备注' }
          : { discountFen: scene.random.below(300), terms: scene.random.pick(['款到发货', '月结']) },
      }),
    ),
  ],
  [
    'quotes.setLines',
    6,
    onOne('quote', `${living} and state = 'draft' and superseded = 0`, (scene, { client }, { id, version }) =>
      client.quotes.setLines({ id, version, lines: lines(scene), discountFen: 0 }),
    ),
  ],
  [
    'quotes.newVersion',
    3,
    onOne('quote', `${living} and superseded = 0`, (_scene, { client }, { id, version }) =>
      client.quotes.newVersion({ id, version }),
    ),
  ],
  [
    'quotes.submit',
    6,
    onOne('quote', `${living} and state = 'draft' and superseded = 0`, (_scene, { client }, { id, version }) =>
      client.quotes.submit({ id, version, note: '请批' }),
    ),
  ],
  [
    'quotes.send',
    5,
    onOne('quote', `${living} and state in ('draft', 'approved') and superseded = 0`, (_scene, { client }, { id, version }) =>
      client.quotes.send({ id, version }),
    ),
  ],
  [
    'quotes.accept',
    2,
    onOne('quote', `${living} and state = 'sent'`, (_scene, { client }, { id, version }) =>
      client.quotes.accept({ id, version }),
    ),
  ],
  [
    'quotes.reject',
    2,
    onOne('quote', `${living} and state = 'sent'`, (_scene, { client }, { id, version }) =>
      client.quotes.reject({ id, version, reason: '太贵' }),
    ),
  ],
  [
    'quotes.transferMany',
    1,
    (scene, { client }) =>
      client.quotes.transferMany({ selection: chosen(scene), ownerId: idOf(scene, 'employee', 'left_on is null') ?? 'nobody' }),
  ],
  ['quotes.removeMany', 2, (scene, { client }) => client.quotes.removeMany({ selection: chosen(scene) })],
  ['approvals.approve', 6, decide(({ client }, which) => client.approvals.approve({ ...which, note: '同意' }))],
  ['approvals.reject', 2, decide(({ client }, which) => client.approvals.reject({ ...which, note: '太低' }))],
  [
    'approvals.delegate',
    2,
    decide(async ({ client }, which) => {
      const [to] = await client.approvals.delegates({ id: which.id })
      return to ? client.approvals.delegate({ ...which, to: to.id }) : null
    }),
  ],
  [
    'approvals.withdraw',
    2,
    onOne('approval', "status = 'pending'", (_scene, { client }, { id, version }) => client.approvals.withdraw({ id, version })),
  ],
  ['approvals.createFlow', 1, (scene, { client }) => client.approvals.createFlow(flow(scene, `审批${scene.random.below(9)}`))],
  [
    'approvals.editFlow',
    1,
    onOne('approval_flow', '1', (scene, { client }, { id, version }) =>
      client.approvals.editFlow({ id, version, values: flow(scene, `审批${scene.random.below(9)}`) }),
    ),
  ],
  [
    'approvals.removeFlow',
    1,
    onOne('approval_flow', 'id not in (select flow_id from approval)', (_scene, { client }, { id }) =>
      client.approvals.removeFlow({ id }),
    ),
  ],
  [
    'documents.editTemplate',
    1,
    onOne('document_template', '1', (scene, { client }, { id, version }) =>
      client.documents.editTemplate({
        id,
        version,
        values: { title: '报价单', head: `电话 ${scene.random.below(99)}`, intro: '', terms: '', signature: '' },
      }),
    ),
  ],
]
