import type { Figures, Subject } from '../../../src-shared/features/approvals/model.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'

/** What a kind of record says for itself, so that approvals need not know it. */
export type ApprovalSubject = {
  readonly kind: Subject
  /** Those of the records that the caller may open. */
  readonly seen: (context: Pick<QueryContext, 'db' | 'actor' | 'entities'>, ids: readonly string[]) => Promise<Set<string>>
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
