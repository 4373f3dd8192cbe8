import type { TargetCell } from '../../src-shared/features/targets/model.ts'
import { onOne, type Op, type Scene, some } from './walkScene.ts'

const PERIODS = ['2026', '2026-Q4', '2026-11', '2026-12', '2027-01']
function cell(scene: Scene): TargetCell {
  const { random } = scene
  const of = random.chance(0.6) ? ('employee' as const) : ('department' as const)
  const id = some(scene, of, '1')?.id ?? 'nobody'
  return { period: random.pick(PERIODS), aim: { of, id }, amount: random.chance(0.2) ? null : random.below(9_000_000) }
}

const SOURCES = ['展会', '官网', '广告']
function cost({ random }: Scene) {
  const from = `2026-1${random.below(3)}-0${1 + random.below(9)}`
  return {
    source: random.pick(SOURCES),
    from,
    to: `2027-01-0${1 + random.below(9)}`,
    amountFen: 1 + random.below(9_000_000),
    note: null,
  }
}

/** What managers set for their people and departments, and enter as the costs of sources. */
export const targetOps: readonly Op[] = [
  [
    'targets.set',
    4,
    (scene, { client }) => client.targets.set({ cells: Array.from({ length: 1 + scene.random.below(5) }, () => cell(scene)) }),
  ],
  ['sourceCosts.create', 2, (scene, { client }) => client.sourceCosts.create(cost(scene))],
  [
    'sourceCosts.edit',
    1,
    onOne('source_cost', '1', (scene, { client }, { id, version }) =>
      client.sourceCosts.edit({ id, version, values: cost(scene) }),
    ),
  ],
  ['sourceCosts.remove', 1, onOne('source_cost', '1', (_scene, { client }, { id }) => client.sourceCosts.remove({ id }))],
]
