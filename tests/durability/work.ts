/**
 * What the kill tests start and kill: the real program on a folder, doing daily work and imports at once. A line goes into the
 * side file only after the answer has come back, so whatever stands there was acknowledged.
 */
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createBackend } from '../../src-main/backend.ts'
import { importFile } from '../../src-main/features/imports/public.ts'
import { lockFolder } from '../../src-main/kernel/lock.ts'
import { callInProcess } from '../../src-main/transports/in-process.ts'

const [folder = '', round = '0'] = process.argv.slice(2)
/** Every third round is about the import: the kill is aimed at the time in which its rows land. */
const importing = Number(round) % 3 === 1
const acknowledge = (line: Record<string, unknown>) =>
  appendFileSync(join(folder, 'acknowledged.txt'), `${JSON.stringify(line)}\n`)

const startedAt = new Date().toISOString()
lockFolder(folder, { now: () => new Date().toISOString(), program: 'kill test' })
const running = await createBackend({ folder })
await running.start()
const { backend } = running
const actor = running.sessions.localAdmin('http')
type Client = ReturnType<typeof callInProcess>
let calls = 0
/** Every call has a client of its own, because the context is asked for after the call has begun. */
const keyed = <Output>(call: (client: Client) => Promise<Output>): { key: string; answer: Promise<Output> } => {
  const key = `kill-${round.padStart(6, '0')}-${String(++calls).padStart(6, '0')}`
  return { key, answer: call(callInProcess(() => ({ backend, actor, idempotencyKey: key, door: null }))) }
}

async function daily(worker: number): Promise<void> {
  for (let n = 0; ; n++) {
    const name = `第${round}轮${worker}-${n}有限公司`
    const created = keyed((client) =>
      client.customers.create({ name, phone: `138${String(worker)}${String(n % 10_000_000).padStart(7, '0')}` }),
    )
    const customer = await created.answer
    acknowledge({ key: created.key, what: 'create', id: customer.id, name })
    const note = `${name} 已回访`
    const edited = keyed((client) => client.customers.edit({ id: customer.id, version: customer.version, values: { note } }))
    await edited.answer
    acknowledge({ key: edited.key, what: 'edit', id: customer.id, note })
    if (n % 3 === 0) {
      const removed = keyed((client) => client.customers.removeMany({ selection: { ids: [customer.id] } }))
      await removed.answer
      acknowledge({ key: removed.key, what: 'remove', id: customer.id })
    }
  }
}

async function imports(): Promise<void> {
  for (let n = 0; ; n++) {
    const file = join(folder, `round-${round}-${n}.csv`)
    const rows = Array.from(
      { length: importing ? 900 : 120 },
      (_, row) =>
        `导入${round}-${n}-${row}贸易有限公司,139${String((Number(round) * 7919 + n * 401 + row) % 100_000_000).padStart(8, '0')},杭州市`,
    )
    writeFileSync(file, `公司名称,手机,城市\n${rows.join('\n')}\n`)
    const result = await importFile(
      backend,
      { ...actor, origin: 'cli' },
      { entity: 'customer', file, onDuplicate: 'skip', empty: 'keep', dryRun: false, errorsOut: null },
    )
    acknowledge({ what: 'import', importId: result.importId, created: result.created })
  }
}

async function rowsLand(): Promise<void> {
  const landing = backend.database.raw.prepare('select 1 from import_run where created > 0 and created_at > ?')
  while (landing.get(startedAt) === undefined) await new Promise((resolve) => setTimeout(resolve, 5))
}

const work = importing ? [daily(1), imports()] : [daily(1), daily(2), imports()]
if (importing) await Promise.race([rowsLand(), ...work])
process.stdout.write('ready\n')
await Promise.all(work)
