import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createBackend, type RunningBackend } from '../../../src-main/backend.ts'
import { seedCustomers } from '../../../src-main/features/setup/seed.ts'
import { setUpWorkspace } from '../../../src-main/features/setup/public.ts'
import { stderrLogger } from '../../../src-main/kernel/logger.ts'
import { callInProcess } from '../../../src-main/transports/in-process.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { PERMISSIONS, type Permission } from '../../../src-shared/kernel/permissions.ts'
import { type Client, freshKey } from '../../support/backend.ts'
import { type Report, rounded } from './figures.ts'

const root = resolve(import.meta.dirname, '../../..')
export const SYSTEM_ZONE = 'Asia/Shanghai'
export const LOGIN = { login: 'admin', password: 'kezhan-bench-1' }
const quiet = () => stderrLogger('error')

/** What the rows of a base depend on; a base made by other code is made anew. */
function stampOf(customers: number): string {
  const parts = ['migrations/schema.snapshot.sql', 'src-main/features/setup/seedWords.ts', 'src-main/features/setup/invent.ts']
  const hash = createHash('sha256').update(String(customers))
  for (const part of parts) hash.update(readFileSync(join(root, part)))
  return hash.digest('hex')
}

/** A workspace with this many customers, made by the product's own seed and kept between runs in `.cache/bench`. */
export async function baseFolder(customers: number, report: Report): Promise<string> {
  const folder = join(root, '.cache/bench', `desk-${customers}`)
  const stamp = join(folder, 'made-by')
  // Taken before the seeding: the sources may change while it runs.
  const made = stampOf(customers)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === made) return folder
  const part = `${folder}.part`
  rmSync(part, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  const running = await createBackend({ folder: part, create: true, log: quiet() })
  const start = performance.now()
  await setUpWorkspace(running.backend, { company: '海川自动化', timeZone: SYSTEM_ZONE, name: '顾建国', ...LOGIN })
  const seeded = await seedCustomers(running.backend, { customers, seed: 1 })
  await indexed(running)
  await running.close()
  const seconds = (performance.now() - start) / 1000
  report.note({ case: 'seed', ...seeded, seconds: rounded(seconds), microsecondsEach: Math.round((seconds * 1e6) / customers) })
  writeFileSync(join(part, 'made-by'), made)
  renameSync(part, folder)
  return folder
}

/** What a run leaves to the search index follows it; a search in a base where it has not come yet is no measure of one. */
async function indexed({ backend }: RunningBackend): Promise<void> {
  const pending = backend.database.raw.prepare('select 1 from search_pending limit 1').pluck()
  while (pending.get() !== undefined) await new Promise((done) => setTimeout(done, 500))
}

export const openBase = (folder: string): Promise<RunningBackend> => createBackend({ folder, log: quiet() })

export type Who = { name: string; actor: Actor; owners: readonly string[] | null; client: Client }

/** Three readers: one sees everything, one his own twelfth, one what four people own. */
export function readers(running: RunningBackend): Who[] {
  const owners = running.backend.database.raw
    .prepare("select id from employee where id like '01SEED%' order by id")
    .pluck()
    .all() as string[]
  const four = owners.slice(2, 6)
  return [
    reader(running, 'admin', 'all', null),
    reader(running, 'own', 'own', owners.slice(1, 2)),
    reader(running, 'below', 'below', four),
  ]
}

function reader(running: RunningBackend, name: string, scope: 'all' | 'own' | 'below', owners: readonly string[] | null): Who {
  const all = Object.fromEntries(PERMISSIONS.map((permission) => [permission, 'all'])) as Record<Permission, 'all'>
  const actor: Actor = {
    userId: `bench-${name}`,
    employeeId: owners?.[0] ?? null,
    name,
    origin: 'http',
    permissions: { ...all, 'customers.read': scope },
    fieldRights: {},
    owners: { own: [], department: [], below: [], ...(owners ? { [scope]: owners } : {}) },
  }
  const client = callInProcess(() => ({ backend: running.backend, actor, idempotencyKey: freshKey(), door: null }))
  return { name, actor, owners, client }
}
