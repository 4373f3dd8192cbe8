import { insertInto } from '../../src-main/kernel/records/write.ts'
import { bySystem } from './factories.ts'
import { ofKind, type Run } from './policyAsking.ts'
import { checkPalette } from './policyPalette.ts'
import { has, ownsWithin, type Person, type Rec, sees, type World } from './policyWorld.ts'

type Hung = { id: string; name: string; ownerId: string | null; customer: Rec | null; member: string | null; amount: number }
const hung = new WeakMap<World, Hung[]>()

/** Counted, not drawn: an opportunity for every customer and some for nobody, their owners, and now and then a collaborator. */
export async function hangOpportunities(world: World): Promise<void> {
  const chances: Hung[] = []
  const customers = ofKind(world, 'customer').filter(({ deleted }) => !deleted)
  await bySystem(world.running, async ({ tx, newId, now }) => {
    const stage = await tx.selectFrom('stage').selectAll().where('kind', '=', 'open').executeTakeFirstOrThrow()
    const at = now()
    for (const [n, customer] of [...customers, ...customers.slice(0, 6).map(() => null)].entries()) {
      const owner = n % 4 === 3 ? null : (world.people[(n * 5 + 2) % world.people.length]?.employeeId ?? null)
      const member = n % 3 === 0 ? (world.people[(n * 7 + 1) % world.people.length]?.employeeId ?? null) : null
      const chance = { id: newId(), name: `机会第${n}个`, ownerId: owner, customer, member, amount: 100 + n * n }
      await insertInto(tx, 'opportunity', {
        id: chance.id,
        name: chance.name,
        customerId: customer?.id ?? null,
        ownerId: owner,
        pipelineId: stage.pipelineId,
        stageId: stage.id,
        state: 'open',
        stageEnteredAt: at,
        amount: chance.amount,
        createdAt: at,
        updatedAt: at,
      })
      if (member !== null)
        await insertInto(tx, 'record_member', {
          id: newId(),
          entity: 'opportunity',
          recordId: chance.id,
          employeeId: member,
          access: 'read',
          createdAt: at,
          updatedAt: at,
        })
      chances.push(chance)
    }
  })
  hung.set(world, chances)
}

/** By its own owner within the scope, as one of its team, or through the customer it hangs on. */
function reaches(world: World, person: Person, { ownerId, member, customer }: Hung, verb: 'read' | 'edit' = 'read'): boolean {
  if (!has(person, `opportunities.${verb}`)) return false
  const through = customer !== null && sees(world, person, customer, `customers.${verb}`)
  const shared = verb === 'read' && member === person.employeeId
  return ownsWithin(world, person, `opportunities.${verb}`, ownerId) || shared || through
}

/** Every channel of opportunities tells of the same ones, and of a customer only who sees him. */
export async function checkOpportunities(run: Run): Promise<void> {
  const { world, person, client, checks, about } = run
  const all = hung.get(world) ?? []
  const mine = all.filter((chance) => reaches(world, person, chance))
  await checkPalette(run, 'opportunity', mine, [{ text: '机会第', of: all }])
  const answer = await client.opportunities.list({ limit: 200 }).catch((error: { code: string }) => error.code)
  checks.scan(world, person, 'opportunities', answer)
  if (typeof answer === 'string') {
    checks.same('opportunities', answer, has(person, 'opportunities.read') ? 'answered' : 'FORBIDDEN', about)
    return
  }
  const got = new Map(answer.rows.map((row) => [row.id as string, row]))
  for (const chance of all) {
    const seen = mine.includes(chance)
    checks.same('opportunities', got.has(chance.id), seen, `${about} ${chance.name}`)
    const one = await client.opportunities.get({ id: chance.id as never }).catch((error: { code: string }) => error.code)
    checks.scan(world, person, 'opportunity get', one)
    checks.same('opportunity get', typeof one === 'object', seen, `${about} ${chance.name}`)
    const { customer } = chance
    const named = customer !== null && sees(world, person, customer) ? customer.values['name'] : null
    if (typeof one === 'object') {
      checks.same('opportunity get', one.customerName, named, `${about} ${chance.name} customer`)
      checks.same('opportunity may', one.may?.edit, reaches(world, person, chance, 'edit'), `${about} ${chance.name}`)
    }
    const history = await client.history
      .ofRecord({ entity: 'opportunity', id: chance.id })
      .then(() => 'told')
      .catch((error: { code: string }) => error.code)
    checks.same('opportunity history', history === 'told', seen, `${about} ${chance.name}`)
  }
  const { count } = await client.opportunities.count({})
  checks.same('opportunity count', count, mine.length, about)
  const sums = await client.opportunities.sums({
    selection: { which: {}, except: [] },
    sums: [{ field: 'amount', sum: 'sum' }],
  })
  const total = mine.reduce((sum, { amount }) => sum + amount, 0)
  checks.same('opportunity sums', sums[0]?.value, mine.length === 0 ? null : total, about)
  const found = await client.opportunities.list({ search: '机会第', limit: 200 })
  const ids = found.rows.map(({ id }) => id as string).toSorted()
  checks.same('opportunity search', ids, mine.map(({ id }) => id).toSorted(), about)
  // A report counts the same ones, and opens them.
  const asked = { from: '2026-01-01', to: '2026-12-31' }
  const { figures } = await client.reports.funnel(asked)
  checks.same('funnel', figures.entered, { count: mine.length, amount: total }, about)
  const behind = await client.reports.funnelRows({ asked, cell: { what: 'entered' }, limit: 200 })
  checks.scan(world, person, 'funnel rows', behind)
  checks.same('funnel rows', behind.rows.map(({ id }) => id as string).toSorted(), ids, about)
  const { undated } = await client.reports.forecast(asked)
  checks.same('forecast', undated.open, { count: mine.length, amount: total }, about)
  const [pipeline] = await client.pipelines.list({})
  const board = await client.opportunities.board({ pipelineId: pipeline?.id as never, limit: 200 })
  checks.scan(world, person, 'opportunity board', board)
  const cards = board.columns.flatMap(({ rows }) => rows.map(({ id }) => id as string)).toSorted()
  checks.same('opportunity board', cards, mine.map(({ id }) => id).toSorted(), about)
  checks.same(
    'opportunity board sums',
    board.columns.reduce((sum, column) => sum + (column.sum ?? 0), 0),
    total,
    about,
  )
}
