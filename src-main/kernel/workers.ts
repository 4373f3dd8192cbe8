import { Worker } from 'node:worker_threads'

/** What a worker answers: progress any number of times, then one end. */
export type WorkerMessage =
  | { call: number; progress: unknown }
  | { call: number; result: unknown }
  | { call: number; error: { name: string; message: string; stack: string | undefined; data: Record<string, unknown> } }
export type WorkerCall = { call: number; task: string; input: unknown } | { cancel: number } | { close: true }

export type RunOptions = { onProgress?: (progress: unknown) => void; signal?: AbortSignal; lane?: Lane }
/** Short list calls never queue behind long scans or imports: each lane has its own worker. */
export type Lane = 'quick' | 'scan' | 'long' | 'log'

/** A fault in a worker, with the class name it had there. */
export class WorkerFault extends Error {
  readonly kind: string
  readonly data: Record<string, unknown>
  constructor(kind: string, message: string, data: Record<string, unknown>, stack: string | undefined) {
    super(message)
    this.name = 'WorkerFault'
    this.kind = kind
    this.data = data
    if (stack) this.stack = stack
  }
}

type Pending = {
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
  onProgress: ((progress: unknown) => void) | undefined
}

/** Named tasks on worker threads with their own read-only connections; each call sees the last commit. */
export class TaskPool {
  readonly #folder: string
  readonly #lanes = new Map<Lane, { worker: Worker; pending: Map<number, Pending> }>()
  #next = 0
  #closed = false

  constructor(folder: string) {
    this.#folder = folder
  }

  /** @throws WorkerFault with what the task threw; AbortError when the signal fired. */
  readonly run = <Output>(task: string, input: unknown, options: RunOptions = {}): Promise<Output> => {
    if (this.#closed) return Promise.reject(new Error('the program is closing'))
    const lane = this.#lane(options.lane ?? 'scan')
    const call = ++this.#next
    // A waiting call keeps the process alive; an idle worker does not.
    lane.worker.ref()
    return new Promise<Output>((resolve, reject) => {
      lane.pending.set(call, { resolve: resolve as (value: unknown) => void, reject, onProgress: options.onProgress })
      options.signal?.addEventListener('abort', () => lane.worker.postMessage({ cancel: call } satisfies WorkerCall), {
        once: true,
      })
      lane.worker.postMessage({ call, task, input } satisfies WorkerCall)
    })
  }

  #lane(name: Lane): { worker: Worker; pending: Map<number, Pending> } {
    const known = this.#lanes.get(name)
    if (known) return known
    const worker = new Worker(workerFile(), {
      workerData: { folder: this.#folder },
      resourceLimits: { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 12 },
    })
    const pending = new Map<number, Pending>()
    worker.on('message', (message: WorkerMessage) => {
      settle(pending, message)
      if (pending.size === 0) worker.unref()
    })
    const fail = (error: Error) => {
      for (const waiting of pending.values()) waiting.reject(error)
      if (this.#lanes.get(name)?.worker === worker) this.#lanes.delete(name)
    }
    worker.on('error', fail)
    worker.on('exit', () => fail(new Error('the worker stopped')))
    worker.unref()
    const lane = { worker, pending }
    this.#lanes.set(name, lane)
    return lane
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#lanes.values()].map(({ worker }) => end(worker)))
    this.#lanes.clear()
  }
}

const END_WITHIN_MS = 3000

/** Lets a worker close its file; one that does not answer in time is terminated. */
async function end(worker: Worker): Promise<void> {
  let late: ReturnType<typeof setTimeout> | undefined
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.ref()
  worker.postMessage({ close: true } satisfies WorkerCall)
  await Promise.race([gone, new Promise<void>((resolve) => (late = setTimeout(resolve, END_WITHIN_MS)))])
  clearTimeout(late)
  await worker.terminate()
}

function settle(pending: Map<number, Pending>, message: WorkerMessage): void {
  const waiting = pending.get(message.call)
  if (!waiting) return
  if ('progress' in message) {
    waiting.onProgress?.(message.progress)
    return
  }
  pending.delete(message.call)
  if ('error' in message)
    waiting.reject(new WorkerFault(message.error.name, message.error.message, message.error.data, message.error.stack))
  else waiting.resolve(message.result)
}

/** Beside the bundle when built, the source itself under plain Node and in tests. */
function workerFile(): URL {
  const here = import.meta.url
  if (here.endsWith('/kernel/workers.ts')) return new URL('../worker.ts', here)
  return new URL(here.includes('/chunks/') ? '../worker.js' : './worker.js', here)
}
