import type BetterSqlite3 from 'better-sqlite3'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'

const CACHE_SIZE = 500

/** better-sqlite3 binds every JavaScript number as REAL, so `? / 2` with 5 is 2.5: whole numbers go in as integers, always. */
export const bind = (value: unknown): unknown => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  if (typeof value === 'boolean') return value ? 1n : 0n
  return value === undefined ? null : value
}

/** One connection; statements are prepared once per text, because preparing costs more than a small query. */
class CachedConnection implements DatabaseConnection {
  readonly #database: BetterSqlite3.Database
  readonly #statements = new Map<string, BetterSqlite3.Statement>()

  constructor(database: BetterSqlite3.Database) {
    this.#database = database
  }

  #statement(sql: string): BetterSqlite3.Statement {
    let statement = this.#statements.get(sql)
    if (statement) return statement
    if (this.#statements.size >= CACHE_SIZE) this.#statements.clear()
    statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      const statement = this.#statement(sql)
      const bound = parameters.map(bind)
      if (statement.reader) return Promise.resolve({ rows: statement.all(bound) as Row[] })
      const { changes, lastInsertRowid } = statement.run(bound)
      return Promise.resolve({ numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] })
    } catch (error) {
      return Promise.reject(error)
    }
  }

  async *streamQuery<Row>({ sql, parameters }: CompiledQuery, chunkSize = 1000): AsyncIterableIterator<QueryResult<Row>> {
    // A cached statement cannot be iterated twice at once, so a stream gets its own.
    const statement = this.#database.prepare(sql)
    let rows: Row[] = []
    for (const row of statement.iterate(parameters.map(bind))) {
      rows.push(row as Row)
      if (rows.length < chunkSize) continue
      yield { rows }
      rows = []
    }
    if (rows.length > 0) yield { rows }
  }
}

/** Told after each COMMIT, and how long somebody stood in line for the one connection; `waiting`: how many do now. */
export type Watch = { committed: () => void; waited: (ms: number) => void; waiting: number }

/** Hands out the one connection; `exclusive` queues callers so that transactions never mix. */
class SqliteDriver implements Driver {
  readonly #connection: CachedConnection
  readonly #exclusive: boolean
  #tail: Promise<void> = Promise.resolve()
  #release: (() => void) | undefined
  readonly #close: () => void
  readonly #inTransaction: () => boolean
  readonly #watch: Watch

  constructor(database: BetterSqlite3.Database, exclusive: boolean, watch: Watch) {
    this.#watch = watch
    this.#connection = new CachedConnection(database)
    this.#exclusive = exclusive
    this.#close = () => database.close()
    this.#inTransaction = () => database.inTransaction
  }

  init(): Promise<void> {
    return Promise.resolve()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (!this.#exclusive) return this.#connection
    const before = this.#tail
    let release: () => void = () => undefined
    this.#tail = new Promise((resolve) => {
      release = resolve
    })
    this.#watch.waiting++
    const since = performance.now()
    await before
    this.#watch.waiting--
    this.#watch.waited(performance.now() - since)
    this.#release = release
    return this.#connection
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(raw('begin immediate'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(raw('commit'))
    this.#watch.committed()
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk or a failing one makes SQLite roll back by itself; the fault that did it is what the caller must hear.
    if (this.#inTransaction()) await connection.executeQuery(raw('rollback'))
  }

  releaseConnection(): Promise<void> {
    this.#release?.()
    return Promise.resolve()
  }

  destroy(): Promise<void> {
    this.#close()
    return Promise.resolve()
  }
}

const raw = (sql: string) =>
  ({
    sql,
    parameters: [],
    query: { kind: 'RawNode', sqlFragments: [sql], parameters: [] },
    queryId: { queryId: sql },
  }) as unknown as CompiledQuery

/** kysely would queue callers itself, where nobody can see who waits; the driver above does it for the one connection that writes. */
class QueuedAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

/** kysely's own SQLite driver prepares every statement anew; this one remembers them. */
export class CachedSqliteDialect implements Dialect {
  readonly #database: BetterSqlite3.Database
  readonly #exclusive: boolean
  readonly #watch: Watch

  constructor(database: BetterSqlite3.Database, options: { exclusive: boolean; watch?: Watch | undefined }) {
    this.#database = database
    this.#exclusive = options.exclusive
    this.#watch = options.watch ?? { committed: () => undefined, waited: () => undefined, waiting: 0 }
  }

  createDriver(): Driver {
    return new SqliteDriver(this.#database, this.#exclusive, this.#watch)
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler()
  }

  createAdapter(): DialectAdapter {
    return new QueuedAdapter()
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db)
  }
}
