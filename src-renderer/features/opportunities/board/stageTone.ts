import type { Stage } from '../../../../src-shared/features/pipelines/model.ts'

/** One hue, the nearer to signing the deeper; won is green, lost is grey. A colour as CSS has it. */
export function stageTone(stage: Pick<Stage, 'id' | 'kind'>, stages: readonly Pick<Stage, 'id' | 'kind'>[]): string {
  if (stage.kind === 'won') return 'var(--kz-ok)'
  if (stage.kind === 'lost') return 'var(--stage-lost)'
  const open = stages.filter(({ kind }) => kind === 'open')
  const at = open.findIndex(({ id }) => id === stage.id)
  const share = open.length < 2 ? 100 : Math.round((at / (open.length - 1)) * 100)
  return `color-mix(in srgb, var(--stage-first), var(--stage-last) ${share}%)`
}
