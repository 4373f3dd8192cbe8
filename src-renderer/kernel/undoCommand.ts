import { useMemo } from 'react'
import type { UndoResult } from '../../src-shared/features/history/model.ts'
import type { ApiClient } from './api.ts'
import { useClient } from './context.tsx'
import { seqOf } from './doneSeqs.ts'
import { failureText } from './errors.ts'
import { formatNumber } from './format.ts'
import { newId } from './ids.ts'
import { translate } from './text.ts'
import { toast } from './toast.tsx'
import { rememberAgain, rememberRedo, rememberUndo } from './undo.ts'
import { text } from './undoText.ts'
import { startWork } from './work.ts'

/** What was just done: one record, a batch, or the newest own run of a procedure that touches no record of its own. */
export type Done = {
  readonly recordId?: string
  readonly batchId?: string | null
  readonly procedure?: string
  /** Before it is taken back: a page lets go of what will be gone. */
  readonly before?: () => void
}
type Sum = Pick<UndoResult, 'reversed' | 'kept' | 'failed' | 'seq' | 'records'>

const COUNTED = ['customer', 'contact', 'followUp', 'file', 'address'] as const
type Kind = (typeof COUNTED)[number] | 'row'
const kindOf = (records: Sum['records']): Kind => COUNTED.find((kind) => kind === records?.entity) ?? 'row'

/** Names what came of an undo: taken back, kept because somebody changed it since, failed; counted in records, as a person counts what he did. */
export function undoSentence({ reversed, kept, failed, records }: Omit<Sum, 'seq'>): string {
  const kind = kindOf(records)
  const n = (count: number) => ({ n: formatNumber(count) })
  const parts = [translate(text, `reversed_${kind}`, n(records?.reversed ?? reversed))]
  if (records && records.kept > 0) parts.push(translate(text, `kept_${kind}`, n(records.kept)))
  else if (kept > 0) parts.push(translate(text, 'kept_row', n(kept)))
  if (failed > 0) parts.push(translate(text, 'failed', n(failed)))
  return parts.join(translate(text, 'separator'))
}

type BatchPart = Awaited<ReturnType<ApiClient['history']['undoBatch']>>
const sumOfRecords = (a: Sum['records'], b: Sum['records']): Sum['records'] =>
  a && b ? { entity: b.entity, reversed: a.reversed + b.reversed, kept: a.kept + b.kept } : (a ?? b)

/** Part by part, so that others work in between; of more than one part it is shown how far it is. */
async function takeBackBatch(client: ApiClient, what: string, batchId: string): Promise<Sum> {
  const sum: Sum = { reversed: 0, kept: 0, failed: 0, seq: null, records: null }
  const { commands, rows, records } = await client.history.batch({ batchId })
  const total = records ?? rows
  const work = commands > 1 ? startWork(translate(text, 'taking', { what }), total) : null
  let before: number | null = null
  try {
    for (let remaining = 1; remaining > 0; ) {
      const part: BatchPart = await client.history.undoBatch({ batchId, ...(before === null ? {} : { before }) })
      sum.reversed += part.reversed
      sum.kept += part.kept
      sum.failed += part.failed
      sum.records = sumOfRecords(sum.records, part.records)
      remaining = part.remaining
      before = part.before
      const { reversed, kept, failed } = records !== null && sum.records ? { ...sum.records, failed: 0 } : sum
      work?.step(Math.min(total, reversed + kept + failed))
    }
  } finally {
    work?.end()
  }
  return sum
}

/** Remembers for Ctrl+Z what a command did; `say` shows the toast with 撤销 as well. Undoing is a command of its own, and so is redoing. */
export function createUndo(client: ApiClient) {
  const run = async (what: string, takeBack: () => Promise<Sum>, isRedo: boolean): Promise<void> => {
    try {
      const sum = await takeBack()
      toast(isRedo ? translate(text, 'redone') : undoSentence(sum), { tone: sum.failed > 0 ? 'info' : 'ok' })
      const { seq } = sum
      if (seq === null) return
      const entry = { id: newId(), text: what, undo: () => run(what, () => client.history.undo({ seq }), !isRedo) }
      if (isRedo) rememberAgain(entry)
      else rememberRedo(entry)
    } catch (error) {
      toast(failureText(error, 'history'), { tone: 'bad' })
    }
  }
  const undoOf = (what: string, { batchId, procedure, recordId }: Done): (() => Promise<Sum>) | null => {
    if (batchId) return () => takeBackBatch(client, what, batchId)
    const key = procedure ?? recordId
    const seq = key === undefined ? null : seqOf(key)
    return seq === null ? null : () => client.history.undo({ seq })
  }
  return {
    /** Ctrl+Z only: edits in place speak for themselves. */
    remember: (what: string, done: Done): void => {
      const takeBack = undoOf(what, done)
      if (takeBack) rememberUndo({ id: newId(), text: what, undo: () => run(what, takeBack, false) })
    },
    say: (what: string, done: Done): void => {
      const takeBack = undoOf(what, done)
      if (!takeBack) return toast(what)
      const undo = () => {
        done.before?.()
        return run(what, takeBack, false)
      }
      toast(what, { undo })
    },
    /** A change of the history page, taken back at once. */
    now: (what: string, seq: number): Promise<void> => run(what, () => client.history.undo({ seq }), false),
    nowBatch: (what: string, batchId: string, isRedo = false): Promise<void> =>
      run(what, () => takeBackBatch(client, what, batchId), isRedo),
  }
}

export function useUndo() {
  const client = useClient()
  return useMemo(() => createUndo(client), [client])
}
