import type BetterSqlite3 from 'better-sqlite3'

/** The plan SQLite takes for a statement, one step a line: hot queries must say USING INDEX and never SCAN. */
export const explain = (raw: BetterSqlite3.Database, sql: string, parameters: readonly unknown[] = []): string[] =>
  (raw.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[]).map((step) => step.detail)
