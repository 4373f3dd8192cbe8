import type { HistoryEntry } from '../../../src-shared/features/history/model.ts'

/** One line of the page: a command, or neighbouring commands of one batch. Newest first, as they come. */
export type Line = { readonly entry: HistoryEntry; readonly entries: readonly HistoryEntry[]; readonly rows: number }

export function linesOf(entries: readonly HistoryEntry[]): readonly Line[] {
  const lines: Line[] = []
  for (const entry of entries) {
    const last = lines.at(-1)
    if (last && isSameBatch(last.entry, entry)) {
      lines[lines.length - 1] = { ...last, entries: [...last.entries, entry], rows: last.rows + entry.rows }
    } else lines.push({ entry, entries: [entry], rows: entry.rows })
  }
  return lines
}

const isSameBatch = (a: HistoryEntry, b: HistoryEntry): boolean =>
  a.batchId !== null &&
  a.batchId === b.batchId &&
  a.procedure === b.procedure &&
  (a.undoesSeq === null) === (b.undoesSeq === null)

/** What is left to take back of a line. */
export const openOf = (line: Line): readonly HistoryEntry[] =>
  line.entries.filter((entry) => entry.undoable && entry.undoneBySeq === null)
