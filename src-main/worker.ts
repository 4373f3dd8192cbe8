import { parentPort, workerData } from 'node:worker_threads'
import { entities } from '../src-shared/entities.ts'
import { kyselyOver, openRaw } from './kernel/database.ts'
import { LivingEntities } from './kernel/livingEntities.ts'
import type { Task } from './kernel/tasks.ts'
import type { WorkerCall, WorkerMessage } from './kernel/workers.ts'
import { tasks } from './tasks.ts'

const { folder } = workerData as { folder: string }
const raw = openRaw(folder, { readonly: true })
const db = kyselyOver(raw, false)
const running = new Map<number, AbortController>()
const say = (message: WorkerMessage) => parentPort?.postMessage(message)
const living = new LivingEntities(raw, entities)

async function run(call: number, name: string, input: unknown): Promise<void> {
  const controller = new AbortController()
  running.set(call, controller)
  try {
    const task = tasks[name] as Task | undefined
    if (!task) throw new Error(`no task ${name}`)
    const result = await task(
      { db, raw, folder, entities: living.refresh(), signal: controller.signal, report: (progress) => say({ call, progress }) },
      input as never,
    )
    say({ call, result })
  } catch (error) {
    const fault = error instanceof Error ? error : new Error(String(error))
    const data = JSON.parse(JSON.stringify({ ...fault })) as Record<string, unknown>
    say({
      call,
      error: {
        name: fault.name === 'Error' ? fault.constructor.name : fault.name,
        message: fault.message,
        stack: fault.stack,
        data,
      },
    })
  } finally {
    running.delete(call)
  }
}

/** Ends by itself, so that the file is closed properly: a thread that is terminated may leave its handle open. */
async function close(): Promise<void> {
  for (const controller of running.values()) controller.abort()
  while (running.size > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  raw.close()
  parentPort?.close()
}

parentPort?.on('message', (message: WorkerCall) => {
  if ('close' in message) void close()
  else if ('cancel' in message) running.get(message.cancel)?.abort()
  else void run(message.call, message.task, message.input)
})
