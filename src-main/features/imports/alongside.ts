import { isStop } from '../../kernel/jobFailure.ts'
import { prepared } from '../../kernel/journal.ts'
import type { Backend } from '../../kernel/context.ts'
import { readOn } from './jobs.ts'
import type { Alongside } from './prepareTask.ts'
import { type Carrier, runImport, type Supply } from './run.ts'
import { saveRun } from './store.ts'
import { closeCancelled } from './takeBack.ts'

type Both = Carrier & { readonly scan: Backend['workers']['run'] }

/**
 * Writes the first rows while a worker cleans and matches the later ones, for an import whose check nobody is going to look at. When
 * the reading fails, what was written is taken back; when the writing does, the reading is ended, and a resumed run goes on with both.
 * @throws what failed.
 */
export async function runAlongside(backend: Backend, carrier: Both, importId: string): Promise<void> {
  const alongside = standing(backend)
  const startedAt = carrier.now()
  await saveRun(carrier.technical, importId, {
    state: 'running',
    startedAt,
    rowsRead: 0,
    summary: { alongside, asOf: alongside.asOf },
  })
  const arriving = new Arriving()
  const ending = new AbortController()
  const reading = readOn(carrier, importId, { signal: ending.signal, onProgress: () => arriving.tell() }).then(
    () => arriving.end(),
    (error: unknown) => arriving.fail(error),
  )
  try {
    await backend.services.backups.ensure('beforeImport', { lane: 'scan' })
    await runImport(carrier, importId, arriving)
  } catch (error) {
    const { failure } = arriving
    if (failure === null) ending.abort()
    await reading
    // What the reading was stopped for is told, not that it was stopped.
    if (failure === null || isStop(error)) throw error
    await saveRun(carrier.technical, importId, { state: 'cancelling' })
    await closeCancelled(carrier, importId)
    throw failure.error
  }
}

function standing({ database: { raw } }: Backend): Alongside {
  const last = (sql: string): number => prepared(raw, sql).pluck().get() as number
  return {
    asOf: last('select coalesce(max(seq), 0) from command'),
    until: last('select coalesce(max(id), 0) from search_doc'),
  }
}

/** What is told from the thread that reads to the one that writes. */
class Arriving implements Supply {
  failure: { error: unknown } | null = null
  #ended = false
  #waiting: (() => void)[] = []

  readonly ended = (): boolean => this.#ended

  readonly more = async (): Promise<void> => {
    if (this.failure) throw this.failure.error
    if (this.#ended) return
    await new Promise<void>((resolve) => void this.#waiting.push(resolve))
    // It may have failed while it was waited for.
    const failed = this.failure as { error: unknown } | null
    if (failed) throw failed.error
  }

  tell(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }

  end(): void {
    this.#ended = true
    this.tell()
  }

  fail(error: unknown): void {
    this.failure = { error }
    this.tell()
  }
}
