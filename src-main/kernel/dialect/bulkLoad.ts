import type BetterSqlite3 from 'better-sqlite3'

const INDEX_DEFAULTS = { automerge: 4, crisismerge: 16, hashsize: 1_048_576 }
/** Fewer and larger merges of the search index while very many rows arrive. */
const INDEX_BULK = { automerge: 0, crisismerge: 16, hashsize: 67_108_864 }
const CACHE_KB = 1_048_576
const CHECKPOINT_PAGES = 100_000

/**
 * Runs work that fills a base with very many rows: the page cache and the log grow, so that a page of an index is written once
 * for many rows and not once for each chunk. Durability stays as it is.
 */
export async function bulkLoad<Output>(raw: BetterSqlite3.Database, work: () => Promise<Output>): Promise<Output> {
  const pragmas = ['cache_size', 'wal_autocheckpoint'] as const
  const before = pragmas.map((name) => [name, raw.pragma(name, { simple: true }) as number] as const)
  raw.pragma(`cache_size = -${CACHE_KB}`)
  raw.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  setIndex(raw, INDEX_BULK)
  try {
    return await work()
  } finally {
    for (const [name, value] of before) raw.pragma(`${name} = ${value}`)
    setIndex(raw, INDEX_DEFAULTS)
  }
}

function setIndex(raw: BetterSqlite3.Database, values: Record<string, number>): void {
  const set = raw.prepare('insert into search_index (search_index, rank) values (?, ?)')
  for (const [name, value] of Object.entries(values)) set.run(name, BigInt(value))
}
