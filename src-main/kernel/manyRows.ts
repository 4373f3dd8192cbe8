/** Rows a statement carries: preparing and starting one costs as much as a row, and longer ones win nothing more. */
const SIZES = [32, 8, 1] as const

export type InsertHead = { readonly table: string; readonly columns: readonly string[]; readonly tail?: string }

/**
 * Cuts rows into few statements of a few fixed lengths, so that each text is prepared once and bound values need no JSON: taking
 * 25 columns out of a JSON array costs SQLite twice what the insert itself does.
 * @param rows values in the order of the columns.
 */
export function* insertStatements(
  head: InsertHead,
  rows: readonly (readonly unknown[])[],
): Generator<[sql: string, values: unknown[]]> {
  let at = 0
  for (const size of SIZES)
    while (at + size <= rows.length) {
      yield [textOf(head, size), rows.slice(at, at + size).flat()]
      at += size
    }
}

const texts = new Map<string, string>()
function textOf({ table, columns, tail = '' }: InsertHead, size: number): string {
  const names = columns.map((column) => `"${column}"`).join(', ')
  const key = `${size} ${table} ${names} ${tail}`
  let text = texts.get(key)
  if (text === undefined) {
    const row = `(${columns.map(() => '?').join(', ')})`
    text = `insert into "${table}" (${names}) values ${Array.from({ length: size }, () => row).join(', ')} ${tail}`
    texts.set(key, text)
  }
  return text
}
