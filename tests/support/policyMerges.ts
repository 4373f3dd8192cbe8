import type { Run } from './policyAsking.ts'
import { ofKind } from './policyAsking.ts'
import { has, sees } from './policyWorld.ts'

/** Two customers side by side before they are merged: only who may edit both is shown them, through his own masks. */
export async function checkMerges({ world, person, client, checks, about }: Run): Promise<void> {
  const all = ofKind(world, 'customer')
  for (const [index, one] of all.entries()) {
    const other = all[(index + 1) % all.length]
    if (!other || other === one) continue
    const ids = [one.id as never, other.id as never]
    const answer = await client.merges.look({ ids }).catch((error: { code: string }) => error.code)
    checks.scan(world, person, 'merge', answer)
    const both = [one, other]
    const seen = both.every((record) => !record.deleted && sees(world, person, record))
    const mayEdit = has(person, 'customers.edit') && both.every((record) => sees(world, person, record, 'customers.edit'))
    const wanted = !has(person, 'customers.edit') ? 'FORBIDDEN' : !seen ? 'NOT_FOUND' : mayEdit ? 'object' : 'FORBIDDEN'
    checks.same('merge', typeof answer === 'string' ? answer : 'object', wanted, `${about} ${one.id} ${other.id}`)
    if (typeof answer === 'string') continue
    const removable = answer.sides.map(({ mayGoUp }) => mayGoUp)
    const allowed = both.map((record) => sees(world, person, record, 'customers.delete'))
    checks.same('merge', removable, allowed, `${about} ${one.id}`)
  }
}
