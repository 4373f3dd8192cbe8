import { insertInto } from '../../src-main/kernel/records/write.ts'
import { bySystem } from './factories.ts'
import type { Run } from './policyAsking.ts'
import { has, ownsWithin, type Person, type World } from './policyWorld.ts'

type Set = { of: 'employee' | 'department'; id: string; amount: number }
const set = new WeakMap<World, Set[]>()

/** Something to reach for everybody and for every department, each an amount of its own. */
export async function hangTargets(world: World): Promise<void> {
  const aims = [
    ...world.people.map(({ employeeId }) => ({ of: 'employee' as const, id: employeeId })),
    ...world.departments.map(({ id }) => ({ of: 'department' as const, id })),
  ].map((aim, n): Set => ({ ...aim, amount: 1_000_000 + n * 7 }))
  await bySystem(world.running, async ({ tx, newId, now }) => {
    for (const { of, id, amount } of aims)
      await insertInto(tx, 'target', {
        id: newId(),
        kind: 'won',
        period: '2026-11',
        employeeId: of === 'employee' ? id : null,
        departmentId: of === 'department' ? id : null,
        amount,
        createdAt: now(),
        updatedAt: now(),
      })
  })
  set.set(world, aims)
}

function isWithin({ departments }: World, at: string | null, above: string): boolean {
  if (at === null || at === above) return at === above
  return isWithin({ departments } as World, departments.find(({ id }) => id === at)?.parent ?? null, above)
}

/** A person as his own rows are; a department when all the people in it, and below, are. */
function reaches(world: World, person: Person, { of, id }: Set, permission: 'targets.read' | 'opportunities.read'): boolean {
  if (of === 'employee') return ownsWithin(world, person, permission, id)
  if (person.roles.some((role) => role.permissions[permission] === 'all')) return true
  const within = world.people.filter(({ departmentId }) => isWithin(world, departmentId, id))
  return within.length > 0 && within.every(({ employeeId }) => ownsWithin(world, person, permission, employeeId))
}

/** The grid holds whom one reaches; attainment only of whom one sees both what he is to reach and what he won. */
export async function checkTargets({ world, person, client, checks, about }: Run): Promise<void> {
  const all = set.get(world) ?? []
  const code = (error: { code: string }) => error.code
  const grid = await client.targets.grid({ year: 2026 }).catch(code)
  const attained = await client.targets.attainment({ period: '2026-11' }).catch(code)
  if (typeof grid === 'string' || typeof attained === 'string') {
    checks.same('targets', [grid, attained], has(person, 'targets.read') ? 'answered' : ['FORBIDDEN', 'FORBIDDEN'], about)
    return
  }
  const known = (id: string) => all.some((one) => one.id === id)
  const seen = all.filter((one) => reaches(world, person, one, 'targets.read'))
  const amounts = (rows: readonly { amount: number }[]) => rows.map(({ amount }) => amount).toSorted((a, b) => a - b)
  checks.same('targets', amounts(grid.targets), amounts(seen), about)
  const aims = grid.aims.flatMap(({ aim }) => (known(aim.id) ? [aim.id] : []))
  checks.same('target aims', aims.toSorted(), seen.map(({ id }) => id).toSorted(), about)
  const told = seen.filter((one) => has(person, 'opportunities.read') && reaches(world, person, one, 'opportunities.read'))
  const shown = [...attained.people, ...attained.departments].map(({ aim, target }) => ({ id: aim.id, amount: target ?? 0 }))
  checks.same('attainment', amounts(shown.filter(({ id }) => known(id))), amounts(told), about)
}
