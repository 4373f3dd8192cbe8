import { insertInto } from '../../src-main/kernel/records/write.ts'
import { bySystem } from './factories.ts'
import type { Run } from './policyAsking.ts'
import { has, ownsWithin, type Person, type World } from './policyWorld.ts'

type Hung = { id: string; name: string; ownerId: string | null; pool: Pool | null; phone: string }
type Pool = { id: string; members: readonly string[] }
const hung = new WeakMap<World, Hung[]>()

/** Counted, not drawn: leads of everybody, in two pools with some of the people, and of nobody. */
export async function hangLeads(world: World): Promise<void> {
  const leads: Hung[] = []
  await bySystem(world.running, async ({ tx, newId, now }) => {
    const at = now()
    const pools: Pool[] = []
    for (const n of [0, 1]) {
      const members = world.people.filter((_, place) => place % 3 === n).map(({ employeeId }) => employeeId)
      const id = newId()
      await insertInto(tx, 'lead_pool', { id, name: `池${n}`, nameKey: `池${n}`, createdAt: at, updatedAt: at })
      for (const employeeId of members)
        await insertInto(tx, 'lead_pool_member', { id: newId(), poolId: id, employeeId, createdAt: at })
      pools.push({ id, members })
    }
    for (let n = 0; n < 40; n++) {
      const pool = n % 5 === 3 ? (pools[n % 2] ?? null) : null
      const ownerId = pool !== null || n % 5 === 4 ? null : (world.people[(n * 5 + 2) % world.people.length]?.employeeId ?? null)
      const lead = { id: newId(), name: `线人第${n}个`, ownerId, pool, phone: `+86137${String(55_000_000 + n * 101)}` }
      await insertInto(tx, 'lead', {
        id: lead.id,
        name: lead.name,
        nameSort: lead.name,
        phone: lead.phone,
        ownerId,
        poolId: pool?.id ?? null,
        arrivedAt: at,
        createdAt: at,
        updatedAt: at,
      })
      leads.push(lead)
    }
  })
  hung.set(world, leads)
}

/** By its owner within the scope; what is nobody's by the right to give it, or as a member of its pool. */
function reaches(world: World, person: Person, { ownerId, pool }: Hung, verb: 'read' | 'edit' = 'read'): boolean {
  if (!has(person, `leads.${verb}`)) return false
  const waits = verb === 'read' && ownerId === null
  if (waits && (has(person, 'leads.assign') || pool?.members.includes(person.employeeId))) return true
  return ownsWithin(world, person, `leads.${verb}`, ownerId)
}

const RIGHTS = ['hidden', 'masked', 'read', 'write'] as const
/** The larger right of several roles. */
const phoneRight = ({ roles }: Person) =>
  RIGHTS[Math.max(...roles.map(({ fieldRights }) => RIGHTS.indexOf(fieldRights?.['lead.phone'] ?? 'write')))]
const shownPhone = (person: Person, { phone }: Hung): string | null => {
  const right = phoneRight(person)
  if (right === 'hidden') return null
  return right === 'masked' ? `${phone.slice(3, 6)}****${phone.slice(-4)}` : phone
}

/** Every channel of leads tells of the same ones, and of their numbers as much as the roles let it. */
export async function checkLeads({ world, person, client, checks, about }: Run): Promise<void> {
  const all = hung.get(world) ?? []
  const mine = all.filter((lead) => reaches(world, person, lead))
  const sorted = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).toSorted()
  const answer = await client.leads.list({ limit: 200 }).catch((error: { code: string }) => error.code)
  checks.scan(world, person, 'leads', answer)
  if (typeof answer === 'string') {
    checks.same('leads', answer, has(person, 'leads.read') ? 'answered' : 'FORBIDDEN', about)
    const { hits } = await client.search.records({ text: '线人第', limit: 50 })
    checks.same('lead palette', hits.filter(({ entity }) => entity === 'lead').length, 0, about)
    return
  }
  checks.same('leads', sorted(answer.rows), sorted(mine), about)
  for (const lead of all) {
    const seen = mine.includes(lead)
    const one = await client.leads.get({ id: lead.id as never }).catch((error: { code: string }) => error.code)
    checks.same('lead get', typeof one === 'object', seen, `${about} ${lead.name}`)
    if (typeof one === 'object') {
      checks.same('lead phone', one.phone, shownPhone(person, lead), `${about} ${lead.name}`)
      checks.same('lead may', one.may?.edit, reaches(world, person, lead, 'edit'), `${about} ${lead.name}`)
    }
    for (const ask of [client.leads.followUps, client.leads.moves]) {
      const told = await ask({ id: lead.id as never }).catch((error: { code: string }) => error.code)
      checks.same('lead beside', Array.isArray(told), seen, `${about} ${lead.name}`)
    }
    const history = await client.history
      .ofRecord({ entity: 'lead', id: lead.id })
      .then(() => true)
      .catch(() => false)
    checks.same('lead history', history, seen, `${about} ${lead.name}`)
  }
  const { count } = await client.leads.count({})
  checks.same('lead count', count, mine.length, about)
  const found = await client.leads.list({ search: '线人第', limit: 200 })
  checks.same('lead search', sorted(found.rows), sorted(mine), about)
  const { hits } = await client.search.records({ text: '线人第', limit: 50 })
  checks.same('lead palette', sorted(hits.filter(({ entity }) => entity === 'lead')), sorted(mine), about)
  const [first] = all
  const right = phoneRight(person)
  if (first) {
    const whole = await client.leads.list({ search: first.phone.slice(3), limit: 200 })
    const finds = (right === 'read' || right === 'write') && mine.includes(first)
    checks.same(
      'lead by number',
      whole.rows.some(({ id }) => id === first.id),
      finds,
      about,
    )
    const alike = await client.leads.lookalikes({ phone: first.phone })
    const told = alike.filter(({ kind }) => kind === 'lead')
    checks.same('lead alike', told.length > 0, right === 'read' || right === 'write', about)
    checks.same(
      'lead alike seen',
      told.some(({ id }) => id === first.id),
      told.length > 0 && mine.includes(first),
      about,
    )
  }
}
