import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exchangeFile } from '../../src-main/features/files/public.ts'
import { insertInto } from '../../src-main/kernel/records/write.ts'
import { actorOf, bySystem } from './factories.ts'
import { ofKind, type Run } from './policyAsking.ts'
import { has, type Rec, sees, type World } from './policyWorld.ts'

type Hung = { id: string; host: Rec; name: string }
const hung = new WeakMap<World, Hung[]>()
export const hungFiles = (world: World): readonly Hung[] => hung.get(world) ?? []

/** A file on every customer and in every conversation; its name and its bytes are canaries. */
export async function hangFiles(world: World): Promise<void> {
  const files: Hung[] = []
  const { folder } = world.running
  mkdirSync(join(folder, 'files'), { recursive: true })
  for (const host of [...ofKind(world, 'customer'), ...ofKind(world, 'followUp')])
    await bySystem(world.running, async ({ tx, newId, now }) => {
      const [id, at] = [newId(), now()]
      const name = `qfile${files.length}x.txt`
      const customerId = (host.customer ?? host).id
      const what = { name, type: 'text/plain', size: name.length, sha256: '0'.repeat(64) }
      const deletedAt = host.deleted ? at : null
      await insertInto(tx, 'file', {
        ...what,
        id,
        entity: host.kind,
        recordId: host.id,
        customerId,
        deletedAt,
        createdAt: at,
        updatedAt: at,
      })
      writeFileSync(join(folder, 'files', id), name)
      files.push({ id, host, name })
    })
  hung.set(world, files)
}

/** A file is shown, handed out and told of to who sees what it hangs on, and to nobody else. */
export async function checkFiles({ world, person, client, checks, about }: Run): Promise<void> {
  const files = hung.get(world) ?? []
  const mayKnow = ({ host }: Hung) =>
    has(person, 'files.read') && sees(world, person, host) && sees(world, person, host.customer ?? host)
  for (const customer of ofKind(world, 'customer')) {
    const answer = await client.files
      .ofCustomer({ customerId: customer.id as never })
      .then(({ rows, count }) => ({ names: rows.map(({ name }) => name).sort(), count }))
      .catch((error: { code: string }) => error.code)
    const own = files.filter((file) => (file.host.customer ?? file.host) === customer && !file.host.deleted && mayKnow(file))
    const names = own.map(({ name }) => name).sort()
    const wanted = has(person, 'files.read') ? { names, count: names.length } : 'FORBIDDEN'
    checks.same('files', answer, wanted, `${about} ${customer.id}`)
  }
  const actor = actorOf(world.running, person.userId)
  for (const file of files) {
    const call = { method: 'GET', url: `/files/${file.id}`, header: () => null, body: null }
    const { status, body } = await exchangeFile(world.running.backend, actor, call)
    if (typeof body !== 'string') body.destroy()
    const wanted = mayKnow(file) ? 200 : has(person, 'files.read') ? 404 : 403
    checks.same('file bytes', status, wanted, `${about} ${file.id}`)
    const history = await client.history
      .ofRecord({ entity: 'file', id: file.id })
      .then((): string => 'told')
      .catch((error: { code: string }) => error.code)
    checks.same('file history', history === 'told', mayKnow(file), `${about} ${file.id}`)
  }
}
