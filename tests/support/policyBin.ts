import { ofKind, type Run } from './policyAsking.ts'
import { hungFiles } from './policyFiles.ts'
import { has, isPlain, type Rec, rightOf, sees } from './policyWorld.ts'

/** What was deleted is listed and counted for who sees it, under the name of its customer, and for nobody else. */
export async function checkBin(run: Run): Promise<void> {
  const { world, person, client, checks, about } = run
  if (!has(person, 'customers.read')) {
    const answer = await client.recycleBin.counts({}).catch((error: { code: string }) => error.code)
    return checks.same('bin', answer, 'FORBIDDEN', about)
  }
  const counts = await client.recycleBin.counts({})
  for (const kind of ['customer', 'contact', 'followUp'] as const) {
    const { rows, count } = await client.recycleBin.list({ kind, limit: 200 })
    checks.scan(world, person, 'bin', rows)
    const mine = ofKind(world, kind).filter((record) => record.deleted && sees(world, person, record))
    checks.same('bin', rows.map(({ id }) => id).toSorted(), mine.map(({ id }) => id).toSorted(), `${about} ${kind}`)
    checks.same('bin', count, mine.length, `${about} ${kind}`)
    const mayRead = kind === 'customer' || has(person, kind === 'contact' ? 'contacts.read' : 'followUps.read')
    checks.same('bin', counts[kind], mayRead ? mine.length : null, `${about} ${kind}`)
    for (const row of rows) checkRow(run, ofKind(world, kind).find(({ id }) => id === row.id) as Rec, row)
    for (const record of mine) {
      const found = await client.recycleBin.list({ kind, search: String(record.values['name'] ?? record.values['text']) })
      checks.same('bin', found.rows.map(({ id }) => id).includes(record.id), true, `${about} ${record.id} by its words`)
    }
  }
  const files = hungFiles(world).filter(
    ({ host }) =>
      host.deleted && has(person, 'files.read') && sees(world, person, host) && sees(world, person, host.customer ?? host),
  )
  const { rows } = await client.recycleBin.list({ kind: 'file', limit: 200 })
  checks.same('bin', rows.map(({ title }) => title).toSorted(), files.map(({ name }) => name).toSorted(), `${about} files`)
  checks.same('bin', counts.file, has(person, 'files.read') ? files.length : null, `${about} files`)
}

type Row = { customerName: string | null; ownerName: string | null; note: string | null }
function checkRow({ world, person, checks, about }: Run, record: Rec, row: Row): void {
  const customer = record.customer ?? record
  checks.same('bin', row.customerName, customer.values['name'], `${about} ${record.id} customer`)
  const owner = isPlain(rightOf(person, 'customer', 'ownerId'))
    ? (world.employeeNames.get(String(customer.values['ownerId'])) ?? null)
    : null
  checks.same('bin', row.ownerName, owner, `${about} ${record.id} owner`)
}
