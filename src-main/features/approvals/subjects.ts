import type { Figures, Subject } from '../../../src-shared/features/approvals/model.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'

type Seeing = Pick<QueryContext, 'db' | 'actor' | 'entities'>
/** What a record is called and whose it is, as far as the reader may know. */
export type Seen = { readonly title: string; readonly customerName: string | null }
/** Of the figures that approval is asked by: the sum, what is taken off the list price, what it cost. */
export type Tells = { readonly amount: boolean; readonly discount: boolean; readonly cost: boolean }
/** Of records that are asked about by their sum alone: what is always nothing tells nothing. */
export const ONLY_THE_SUM = { discount: true, cost: true } as const

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
/** A row that was read for the reader, called by these of its fields. */
export const seenAs = (row: Readonly<Record<string, unknown>>, ...called: readonly string[]): Seen => ({
  title: called.flatMap((key) => textOf(row[key]) ?? []).join(' '),
  customerName: textOf(row['customerName']),
})

/** What a kind of record says for itself, so that approvals need not know it. */
export type ApprovalSubject = {
  readonly kind: Subject
  /** Those of the records that the caller may open, as he sees them. */
  readonly seen: (context: Seeing, ids: readonly string[]) => Promise<Map<string, Seen>>
  /** Which figures of such records the caller's roles let him know. */
  readonly tells: (context: Omit<Seeing, 'db'>) => Tells
  /** Whether the record still stands as it was handed in. @throws Refusal subjectGone */
  readonly requireStanding: (context: CommandContext, id: string, mark: string) => Promise<void>
  /** Writes on the record what became of it; the request itself is written already. */
  readonly settled: (context: CommandContext, id: string, outcome: 'approved' | 'rejected' | 'withdrawn') => Promise<void>
}

/** What is handed in: `mark` tells its very content, so that it can be seen later whether that still stands. */
export type HandedIn = {
  readonly subject: Subject
  readonly subjectId: string
  readonly title: string
  readonly customerName: string | null
  readonly figures: Figures
  readonly mark: string
  readonly note: string | null
}
