import type { TargetCell } from '../../src-shared/features/targets/model.ts'
import { type Op, type Scene, some } from './walkScene.ts'

const PERIODS = ['2026', '2026-Q4', '2026-11', '2026-12', '2027-01']
function cell(scene: Scene): TargetCell {
  const { random } = scene
  const of = random.chance(0.6) ? ('employee' as const) : ('department' as const)
  const id = some(scene, of, '1')?.id ?? 'nobody'
  return { period: random.pick(PERIODS), aim: { of, id }, amount: random.chance(0.2) ? null : random.below(9_000_000) }
}

/** What managers set for their people and departments. */
export const targetOps: readonly Op[] = [
  [
    'targets.set',
    4,
    (scene, { client }) => client.targets.set({ cells: Array.from({ length: 1 + scene.random.below(5) }, () => cell(scene)) }),
  ],
]
