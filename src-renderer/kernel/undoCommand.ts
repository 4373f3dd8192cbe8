import { useMemo } from 'react'
import type { UndoResult } from '../../src-shared/features/history/model.ts'
import { STAY_REASONS, UNDO_PART } from '../../src-shared/kernel/undo.ts'
import type { ApiClient } from './api.ts'
import { useClient } from './context.tsx'
import { seqOf } from './doneSeqs.ts'
import { failureText, isUnreachable } from './errors.ts'
import { formatNumber } from './format.ts'
import { newId } from './ids.ts'
import { translate } from './text.ts'
import { toast } from './toast.tsx'
import { rememberAgain, rememberRedo, rememberUndo } from './undo.ts'
import { text } from './undoText.ts'
import { endUnfinished, keepUnfinished, unfinished, type Unfinished } from './unfinishedUndo.ts'
import { startWork } from './work.ts'

/** What was just done: one record, a batch, or the newest own run of a procedure that touches no record of its own. */
export type Done = {
  readonly recordId?: string
  readonly batchId?: string | null
  readonly procedure?: string
  /** Before it is taken back: a page lets go of what will be gone. */
  readonly before?: () => void
  /** Where one goes from here. */
  readonly next?: { readonly label: string; readonly run: () => void }
}
type Counts = Pick<UndoResult, 'reversed' | 'kept' | 'failed' | 'because'>
type Sum = Counts & Pick<UndoResult, 'seq' | 'batchId' | 'records'>

const COUNTED = ['customer', 'contact', 'followUp', 'file', 'address'] as const
type Kind = (typeof COUNTED)[number] | 'row'
const kindOf = (records: Sum['records']): Kind => COUNTED.find((kind) => kind === records?.entity) ?? 'row'

const numbered = (count: number) => ({ n: formatNumber(count) })

/** What stayed and why, in records where one of them did, else in rows; and what failed. */
function stayed({ records, ...rows }: Omit<Sum, 'seq' | 'batchId'>): string[] {
  const inRecords = records !== null && records.kept + records.failed > 0
  const { because }: Pick<Counts, 'because'> = inRecords ? records : rows
  const failed = records?.failed || rows.failed
  const kind = inRecords ? kindOf(records) : 'row'
  const parts = STAY_REASONS.flatMap((reason) => {
    const count = because[reason] ?? 0
    return count === 0 ? [] : [translate(text, `stay_${kind}`, { ...numbered(count), why: translate(text, `why_${reason}`) })]
  })
  return failed > 0 ? [...parts, translate(text, 'failed', numbered(failed))] : parts
}

/** Names what came of an undo: taken back, kept and why, failed; counted in records, as a person counts what he did. */
export const undoSentence = (sum: Omit<Sum, 'seq' | 'batchId'>): string =>
  [translate(text, `reversed_${kindOf(sum.records)}`, numbered(sum.records?.reversed ?? sum.reversed)), ...stayed(sum)].join(
    translate(text, 'separator'),
  )

/** The same of a redo, which says no number where all was done again. */
export const redoSentence = (sum: Omit<Sum, 'seq' | 'batchId'>): string =>
  [...(sum.reversed > 0 ? [translate(text, 'redone')] : []), ...stayed(sum)].join(translate(text, 'separator')) ||
  translate(text, 'redone')

/** What taking back leaves as it is, by what was done: said with it, or nobody would know. */
const COUNTS = { 'pools.claim': 'counts_pools.claim', 'merges.unmerge': 'counts_merges.unmerge' } as const
const rest = (procedure: string | undefined): string => {
  const word = Object.entries(COUNTS).find(([key]) => key === procedure)?.[1]
  return word ? translate(text, 'separator') + translate(text, word) : ''
}

type BatchPart = Awaited<ReturnType<ApiClient['history']['undoBatch']>>
function sumOf(a: Counts, b: Counts): Counts {
  const because: Counts['because'] = { ...a.because }
  for (const reason of STAY_REASONS) if (b.because[reason]) because[reason] = (because[reason] ?? 0) + b.because[reason]
  return { reversed: a.reversed + b.reversed, kept: a.kept + b.kept, failed: a.failed + b.failed, because }
}
/** A batch is counted in the kind it began with: what came behind it, of a hand-over the leaving, is taken back first. */
const sumOfRecords = (a: Sum['records'], b: Sum['records']): Sum['records'] =>
  a && b && a.entity === b.entity ? { entity: b.entity, ...sumOf(a, b) } : (b ?? a)

/** Of a batch of a few long commands each is a part of its own, of a large one as many as may be: it is to be seen that it goes on. */
const PARTS = 20
const mostOf = (commands: number): number => Math.min(UNDO_PART, Math.max(1, Math.ceil(commands / PARTS)))

/** Part by part, so that others work in between; of more than one part it is shown how far it is. */
async function takeBackBatch(client: ApiClient, { batchId, sum: begun, ...named }: Unfinished<Sum>): Promise<Sum> {
  const { what } = named
  let sum: Sum = begun ?? { reversed: 0, kept: 0, failed: 0, because: {}, seq: null, batchId: null, records: null }
  const { commands, rows, records } = await client.history.batch({ batchId })
  const total = records ?? rows
  const work = commands > 1 && rows > 0 ? startWork(translate(text, 'taking', { what }), total) : null
  const most = mostOf(commands)
  let before: number | null = null
  if (work) keepUnfinished({ batchId, ...named, sum })
  try {
    for (let remaining = 1; remaining > 0; ) {
      const part: BatchPart = await client.history.undoBatch({ batchId, most, ...(before === null ? {} : { before }) })
      sum = {
        ...sumOf(sum, part),
        seq: null,
        batchId: sum.batchId ?? part.batchId,
        records: sumOfRecords(sum.records, part.records),
      }
      remaining = part.remaining
      before = part.before
      if (work) keepUnfinished({ batchId, ...named, sum })
      // Records of other kinds are among them that no part counts: all of them have rows.
      const touched = sum.reversed + sum.kept + sum.failed
      work?.step(Math.min(total, Math.floor((total * touched) / rows)))
    }
    endUnfinished()
  } catch (error) {
    // What the host answered is said; of a page that is being left, or a host out of reach, the next page goes on.
    if (!isUnreachable(error)) endUnfinished()
    throw error
  } finally {
    work?.end()
  }
  return sum
}

/** `isSaid`: nobody has just been told what is taken back, so it is said with what came of it. */
type Named = { readonly what: string; readonly procedure?: string | undefined; readonly isSaid?: boolean }
type Step = { readonly seq: number; readonly procedure: string }

/** Remembers for Ctrl+Z what a command did; `say` shows the toast with 撤销 as well. Undoing is a command of its own, and so is redoing. */
export function createUndo(client: ApiClient) {
  const run = async (
    { what, procedure, isSaid = false }: Named,
    takeBack: () => Promise<Sum>,
    isRedo: boolean,
  ): Promise<void> => {
    try {
      const sum = await takeBack()
      const isWhole = sum.failed === 0 && sum.reversed > 0
      const said = isRedo ? redoSentence(sum) : undoSentence(sum) + (sum.reversed > 0 ? rest(procedure) : '')
      toast(isSaid ? translate(text, 'of', { what, said }) : said, {
        tone: isWhole ? 'ok' : 'info',
      })
      const back = wayBack(what, sum, !isRedo)
      if (back === null) return
      const entry = { id: newId(), text: what, undo: () => run({ what, procedure }, back, !isRedo) }
      if (isRedo) rememberAgain(entry)
      else rememberRedo(entry)
    } catch (error) {
      toast(failureText(error, 'history'), { tone: 'bad' })
    }
  }
  /** The turn after this one: the steps of a batch are taken back, and done again, as a batch. */
  const wayBack = (what: string, { seq, batchId }: Sum, isRedo: boolean): (() => Promise<Sum>) | null => {
    if (batchId !== null) return () => takeBackBatch(client, { what, batchId, isRedo })
    return seq === null ? null : () => client.history.undo({ seq })
  }
  const undoOf = (what: string, { batchId, procedure, recordId }: Done): (() => Promise<Sum>) | null => {
    if (batchId) return () => takeBackBatch(client, { what, batchId, isRedo: false })
    const key = procedure ?? recordId
    const seq = key === undefined ? null : seqOf(key)
    return seq === null ? null : () => client.history.undo({ seq })
  }
  return {
    /** Ctrl+Z only: edits in place speak for themselves. */
    remember: (what: string, done: Done): void => {
      const takeBack = undoOf(what, done)
      if (takeBack) rememberUndo({ id: newId(), text: what, undo: () => run({ what }, takeBack, false) })
    },
    say: (what: string, done: Done): void => {
      const takeBack = undoOf(what, done)
      const next = done.next && { action: done.next }
      if (!takeBack) return toast(what, { ...next })
      const undo = () => {
        done.before?.()
        return run({ what, procedure: done.procedure }, takeBack, false)
      }
      toast(what, { undo, ...next })
    },
    /** A change of the history page, taken back at once. */
    now: (what: string, { seq, procedure }: Step): Promise<void> =>
      run({ what, procedure }, () => client.history.undo({ seq }), false),
    nowBatch: (what: string, batchId: string, isRedo = false): Promise<void> =>
      run({ what }, () => takeBackBatch(client, { what, batchId, isRedo }), isRedo),
    /** The newest step of one's own history, by a key and not from its line there: what it was is said. */
    nowNamed: (what: string, { seq, batchId, procedure }: Step & { batchId: string | null }, isRedo: boolean): Promise<void> =>
      run(
        { what, procedure, isSaid: true },
        () => (batchId === null ? client.history.undo({ seq }) : takeBackBatch(client, { what, batchId, isRedo })),
        isRedo,
      ),
    /** What a page that was left in between did not bring to its end. */
    goOn: async (): Promise<void> => {
      const left = await unfinished<Sum>()
      if (left) await run({ what: left.what }, () => takeBackBatch(client, left), left.isRedo)
    },
  }
}

export function useUndo() {
  const client = useClient()
  return useMemo(() => createUndo(client), [client])
}
