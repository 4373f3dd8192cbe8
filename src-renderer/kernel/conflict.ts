import type { Conflict } from '../../src-shared/kernel/conflict.ts'
import { failureOf } from './errors.ts'

type Answer = readonly string[] | 'later' | null

/** Two people changed the same fields; `answer` takes the fields in which the own value is to win, null for giving up, or `later` for who leaves the choice and keeps what he typed. */
export type AskedConflict = Conflict & {
  readonly feature: string
  /** The edit says more than what is in conflict: leaving all of that to the colleague still saves the rest. */
  readonly hasMore: boolean
  readonly answer: (mine: Answer) => void
}

let waiting: readonly AskedConflict[] = []
const listeners = new Set<() => void>()
const set = (next: readonly AskedConflict[]): void => {
  waiting = next
  for (const tell of listeners) tell()
}

/** One after the other, in the order in which they came. */
export const currentConflict = (): AskedConflict | null => waiting[0] ?? null
export function onConflict(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const ask = (feature: string, conflict: Conflict, hasMore: boolean): Promise<Answer> =>
  new Promise((resolve) => {
    const asked: AskedConflict = {
      ...conflict,
      feature,
      hasMore,
      answer: (mine) => {
        set(waiting.filter((one) => one !== asked))
        resolve(mine)
      },
    }
    set([...waiting, asked])
  })

type Edit = { version: number; values: Record<string, unknown> }
const isEdit = (input: unknown): input is Edit =>
  typeof input === 'object' && input !== null && 'values' in input && 'version' in input && typeof input.values === 'object'

const givenUp = new WeakSet<Error>()
/** Whether somebody has said that his own change is not to be. */
export const isGivenUp = (error: unknown): boolean => error instanceof Error && givenUp.has(error)

const conflictIn = (error: unknown): Conflict | null => {
  const failure = failureOf(error)
  return failure?.code === 'STALE' ? (failure.data?.conflict ?? null) : null
}

/** The edit once more, over what stands now, without the fields that are left to the colleague. */
export function settled<Input extends Edit>(input: Input, { version, fields }: Conflict, mine: readonly string[]): Input {
  const left = new Set(fields.map(({ field }) => field).filter((field) => !mine.includes(field)))
  const without = (values: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(values).filter(([key]) => !left.has(key)))
  const { custom, ...own } = input.values
  const added = typeof custom === 'object' && custom !== null ? without(custom as Record<string, unknown>) : null
  return { ...input, version, values: { ...without(own), ...(added && { custom: added }) } }
}

const isMore = (input: Edit, conflict: Conflict): boolean => {
  const { custom, ...own } = settled(input, conflict, []).values
  return Object.keys({ ...own, ...(custom as object | undefined) }).length > 0
}

/**
 * Around every call: an edit that met a colleague's is asked about and sent again, whichever page it comes from. Who gives up,
 * or leaves the choice, gets the answer of the host.
 */
export async function askOnConflict<Options extends { path: readonly string[]; input: unknown }, Output>(
  options: Options & { next: (changed: Options) => Promise<Output> },
): Promise<Output> {
  try {
    return await options.next(options)
  } catch (error) {
    const conflict = conflictIn(error)
    if (!conflict || !isEdit(options.input)) throw error
    const mine = await ask(options.path[0] ?? '', conflict, isMore(options.input, conflict))
    if (mine === null) givenUp.add(error as Error)
    if (mine === null || mine === 'later') throw error
    return askOnConflict({ ...options, input: settled(options.input, conflict, mine) })
  }
}
