import type { StageKind } from '../pipelines/model.ts'

/** The stage an opportunity stands in, and of its pipeline the first and the second open one. */
export type HistoryStages = {
  readonly own: { readonly id: string; readonly kind: StageKind }
  readonly first: string
  readonly second: string | null
}
/** What a sheet says of its past, as instants; null where it says nothing. */
export type SaidTimes = {
  readonly createdAt: string | null
  /** When it got beyond the first stage. */
  readonly engagedAt: string | null
  /** When it entered the stage it stands in. */
  readonly enteredAt: string | null
  readonly closedAt: string | null
}
export type StageEntry = { readonly stageId: string; readonly enteredAt: string }

/**
 * The stages that an opportunity from a sheet has entered, oldest first, the one it stands in last; only what the sheet tells is there.
 * What would lie behind the own stage is left out.
 * @param now when it entered its stage, where nothing is said of it.
 */
export function historyOf({ own, first, second }: HistoryStages, said: SaidTimes, now: string): StageEntry[] {
  const { createdAt, engagedAt, closedAt } = said
  const isOpen = own.kind === 'open'
  const before = own.id === first ? createdAt : (engagedAt ?? createdAt)
  const entered = isOpen ? (said.enteredAt ?? before ?? now) : (closedAt ?? said.enteredAt ?? now)
  const steps: StageEntry[] = []
  if (createdAt !== null && (engagedAt === null || createdAt < engagedAt)) steps.push({ stageId: first, enteredAt: createdAt })
  if (engagedAt !== null) steps.push({ stageId: second ?? first, enteredAt: engagedAt })
  // Won on the day it began it has passed both; an open one that begins where it stands has passed nothing.
  const isPast = ({ stageId, enteredAt }: StageEntry): boolean =>
    stageId !== own.id && (isOpen ? enteredAt < entered : enteredAt <= entered)
  const past = steps.filter(isPast).filter(({ stageId }, at, all) => at === 0 || all[at - 1]?.stageId !== stageId)
  return [...past, { stageId: own.id, enteredAt: entered }]
}

/** When an opportunity was made at the latest: as its sheet says, or when it entered its first stage. */
export const bornAt = (said: SaidTimes, history: readonly StageEntry[]): string =>
  [said.createdAt, history[0]?.enteredAt ?? null].filter((at) => at !== null).toSorted()[0] ?? ''
