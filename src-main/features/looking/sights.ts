import type { Sight, SightReason } from '../../../src-shared/features/looking/contract.ts'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import type { QueryContext } from '../../kernel/context.ts'
import type { FieldRight } from '../../../src-shared/kernel/permissions.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { actorInPool, limitedFields } from '../../kernel/policy.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { type Place, readPlace, readTeam, readUsers } from './store.ts'

type Team = ReadonlyMap<string, string>
type Scopes = readonly (readonly [role: string, scope: string | null, builtin: string | null])[]

/** Whether each user sees a customer is asked of the policy itself; the reasons say which of its ways it was. */
export async function sightsOf(context: QueryContext, customerId: string): Promise<Sight[]> {
  const { db, services } = context
  const entity = entityIn(context, 'customer')
  const [place, team] = [await readPlace(db, customerId), await readTeam(db, customerId)]
  const sights: Sight[] = []
  for (const { userId, name, roles, scopes } of await readUsers(db)) {
    const actor = services.actorOf(userId)
    if (!actor) continue
    const within = async (verb: 'read' | 'edit', listed = false) =>
      may(actor, `customers.${verb}`) &&
      (await rowsById(db, actor, entity, [customerId], { verb, deleted: true, listed })).length > 0
    // Where looks are counted a member has him in the list before he opens him.
    const sees = await within('read', true)
    const isOpen = sees && (await within('read'))
    const limits = limitedFields(actorInPool(actor, place.poolId), entity)
    const limited = (right: FieldRight) => limits.flatMap((field) => (field.right === right ? [field.key] : []))
    sights.push({
      userId: userId as Sight['userId'],
      name,
      roles: JSON.parse(roles) as Sight['roles'],
      sees,
      edits: sees && (await within('edit')),
      reasons: sees
        ? [
            ...whySees(actor, place, team, JSON.parse(scopes) as Scopes),
            ...(isOpen ? [] : [{ ...BARE, code: 'dailyViews', name: place.poolName } as const]),
          ]
        : whyNot(actor, place),
      hidden: limited('hidden'),
      masked: limited('masked'),
    })
  }
  return sights
}

const BARE = { name: null, builtin: null, edits: false } as const

function whySees(actor: Actor, place: Place, team: Team, scopes: Scopes): SightReason[] {
  const { employeeId, pools = [] } = actor
  const scope = actor.permissions['customers.read']
  const reasons: SightReason[] = []
  if (employeeId !== null && place.ownerId === employeeId) reasons.push({ ...BARE, code: 'owner' })
  const access = team.get(employeeId ?? '')
  if (access) reasons.push({ ...BARE, code: 'team', edits: access === 'edit' })
  const pool = pools.find(({ id }) => id === place.poolId)
  if (pool) reasons.push({ ...BARE, code: 'pool', name: place.poolName, edits: pool.manages })
  if (scope === 'all') {
    const [name = null, , builtin = null] = scopes.find(([, one]) => one === 'all') ?? []
    reasons.push({ ...BARE, code: 'all', name, builtin })
  }
  const isOthers = place.ownerId !== null && place.ownerId !== employeeId
  if (isOthers && (scope === 'department' || scope === 'below') && actor.owners[scope].includes(place.ownerId ?? ''))
    reasons.push({ ...BARE, code: scope, name: place.ownerName })
  return reasons
}

function whyNot(actor: Actor, place: Place): SightReason[] {
  if (!may(actor, 'customers.read')) return [{ ...BARE, code: 'noRight' }]
  if (place.poolId !== null) return [{ ...BARE, code: 'inPool', name: place.poolName }]
  return [{ ...BARE, code: 'outside', name: place.ownerName }]
}
