import { Refusal } from '../../kernel/refusal.ts'
import type { StageKind } from '../pipelines/model.ts'
import type { EDIT_REFUSALS, MOVE_REFUSALS } from './contract.ts'

export type OwnerState = 'unknown' | 'left' | 'here'
type EditRefusal = (typeof EDIT_REFUSALS)[number]
type MoveRefusal = (typeof MOVE_REFUSALS)[number]

/** Records are only given to people who work here. */
export function requireSoundOwner(owner: OwnerState | null): void {
  if (owner === 'unknown') throw new Refusal<EditRefusal>('ownerUnknown')
  if (owner === 'left') throw new Refusal<EditRefusal>('ownerLeft')
}

/** Half a fen goes away from zero. */
export function weighted(amount: number | null, probability: number): number | null {
  if (amount === null) return null
  const [whole, rest] = [BigInt(Math.abs(amount)) * BigInt(probability) + 50n, 100n]
  return Number(whole / rest) * (amount < 0 ? -1 : 1)
}

const DAY_MS = 86_400_000
/** Days in the stage, and whether they are more than the stage allows. */
export function rotting(
  stageEnteredAt: string,
  rotDays: number | null,
  now: string,
): { readonly days: number; readonly rots: boolean } {
  const passed = Date.parse(now) - Date.parse(stageEnteredAt)
  return { days: Math.max(0, Math.floor(passed / DAY_MS)), rots: rotDays !== null && passed >= rotDays * DAY_MS }
}

export type TargetStage = {
  readonly id: string
  readonly pipelineId: string
  readonly kind: StageKind
  readonly archived: boolean
  readonly required: readonly string[]
}
type Standing = Readonly<Record<string, unknown>>
type Given = {
  readonly values: Standing
  readonly lost?: { readonly reasonId: string; readonly note: string | null } | undefined
}
type When = { readonly at: string; readonly day: string }

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''

type WayStage = Pick<TargetStage, 'id' | 'kind' | 'archived' | 'required'>
/**
 * What is asked for on the way into a stage: by itself and, going forward, by the open stages that are passed over. Losing passes over
 * none; who comes from nowhere, from another pipeline or back from a loss passes over all before it.
 * @param stages those of the stage's own pipeline, in their order
 * @param from where the opportunity stands, null for a new one
 */
export function askedOnWay(stages: readonly WayStage[], from: string | null, to: string): string[] {
  const living = stages.filter(({ archived }) => !archived)
  const at = living.findIndex(({ id }) => id === to)
  const target = living[at]
  if (!target) return []
  if (target.kind === 'lost') return [...target.required]
  const since = living.findIndex(({ id, kind }) => id === from && kind !== 'lost')
  const passed = living.slice(since + 1, Math.max(since + 1, at)).filter(({ kind }) => kind === 'open')
  return [...new Set([...passed, target].flatMap(({ required }) => required))]
}

/** Which of the fields that a stage asks for would still be empty. */
export const missingFor = (stage: Pick<TargetStage, 'required'>, standing: Standing): string[] =>
  stage.required.filter((key) => isEmpty(standing[key]))

/**
 * What entering a stage writes on the opportunity. Winning and losing close it, anything else opens it again.
 * @throws Refusal sameStage | stageGone | fieldsMissing (naming them) | reasonMissing
 */
export function entered(stage: TargetStage, standing: Standing, { values, lost }: Given, { at, day }: When): Standing {
  if (stage.archived) throw new Refusal<MoveRefusal>('stageGone')
  if (standing['stageId'] === stage.id) throw new Refusal<MoveRefusal>('sameStage')
  const missing = missingFor(stage, { ...standing, ...values })
  if (missing.length > 0) throw new Refusal<MoveRefusal>('fieldsMissing', { feature: 'opportunities', fields: missing })
  if (stage.kind === 'lost' && !lost) throw new Refusal<MoveRefusal>('reasonMissing')
  const isOpen = stage.kind === 'open'
  return {
    stageId: stage.id,
    pipelineId: stage.pipelineId,
    state: stage.kind,
    stageEnteredAt: at,
    closedAt: isOpen ? null : at,
    closedOn: isOpen ? null : day,
    lostReasonId: stage.kind === 'lost' ? (lost?.reasonId ?? null) : null,
    lostNote: stage.kind === 'lost' ? (lost?.note ?? null) : null,
  }
}
