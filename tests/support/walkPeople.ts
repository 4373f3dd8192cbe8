import type { Client } from './backend.ts'
import { addPerson } from './factories.ts'
import { todayOf } from './walkPools.ts'
import { type Op, onOne, raw, type Scene, some } from './walkScene.ts'

const staying = 'left_on is null'
/** Colleagues who never sign in here: they own, belong to teams and pools, and leave. */
export async function addColleagues({ office }: Scene): Promise<void> {
  for (const name of ['赵一', '钱二', '孙三', '李四']) await addPerson(office.running, { name, roles: ['sales'] })
}
const isWalker = ({ users }: Scene, id: string): boolean => users.some(({ actor }) => actor.employeeId === id)
const successors = (scene: Scene, count: number): never[] =>
  Array.from({ length: count }, () => some(scene, 'employee', staying)?.id).filter((id) => id !== undefined)

/** Everything that somebody has goes to one, to two in turn, or by level; now and then one of those who walk leaves. */
async function handOver(scene: Scene, client: Client): Promise<unknown> {
  const { random } = scene
  const leaver = some(scene, 'employee', staying)
  const [to, other] = successors(scene, 2)
  if (!leaver || !to || !other || (isWalker(scene, leaver.id) && random.chance(0.7))) return null
  const customers = random.pick([
    { kind: 'one' as const, to },
    { kind: 'even' as const, to: [to, other] },
    { kind: 'by' as const, field: 'level' as const, map: [{ value: 'A', to: other }], rest: to },
  ])
  const plan = {
    employeeId: leaver.id,
    customers,
    departmentsTo: random.pick([null, to]),
    reportsTo: random.pick([null, to]),
    teamsTo: random.pick([null, to]),
    poolsTo: random.pick([null, other]),
    viewsTo: random.pick([null, to]),
  }
  return client.handover.run({ plan, leftOn: todayOf(scene) as never, overLimit: true })
}

const ownRole = 'builtin is null'
const permissions = (scene: Scene) => [
  { permission: 'customers.read' as const, scope: scene.random.pick(['own', 'below', 'all'] as const) },
  { permission: 'contacts.read' as const, scope: 'own' as const },
]
const rights = (scene: Scene) =>
  scene.random.chance(0.5)
    ? [{ entity: 'customer', field: 'phone', right: scene.random.pick(['masked', 'hidden'] as const) }]
    : []
const notAdmin = "login_key <> 'admin'"
const builtin = (scene: Scene): never =>
  raw(scene)
    .prepare('select id from role where builtin = ?')
    .pluck()
    .get(scene.random.pick(['sales', 'viewer', 'service'])) as never

/** People, departments, accounts, roles, and handing over what somebody leaves. */
export const peopleOps: readonly Op[] = [
  ['handover.run', 8, (scene, { client }) => handOver(scene, client)],
  ['people.createDepartment', 1, (scene, { client }) => client.people.createDepartment(newDepartment(scene))],
  [
    'people.editDepartment',
    2,
    onOne('department', '1 = 1', (scene, { client }, row) =>
      client.people.editDepartment({ ...row, managerId: some(scene, 'employee', staying)?.id ?? null }),
    ),
  ],
  [
    'people.removeDepartment',
    1,
    onOne('department', '1 = 1', (_scene, { client }, { id }) => client.people.removeDepartment({ id })),
  ],
  ['people.createEmployee', 1, (scene, { client }) => client.people.createEmployee({ name: `同事${scene.random.below(50)}` })],
  [
    'people.editEmployee',
    4,
    onOne('employee', '1 = 1', (scene, { client }, row) =>
      client.people.editEmployee({
        ...row,
        values: scene.random.pick([
          { leftOn: null },
          { rank: `P${scene.random.below(9)}` },
          { departmentId: some(scene, 'department', '1 = 1')?.id ?? null },
          { managerId: some(scene, 'employee', staying)?.id ?? null },
        ]),
      }),
    ),
  ],
  [
    'people.editUser',
    1,
    onOne('user_account', notAdmin, (scene, { client }, row) => client.people.editUser({ ...row, roleIds: [builtin(scene)] })),
  ],
  ['people.disableUser', 1, onOne('user_account', notAdmin, (_scene, { client }, { id }) => client.people.disableUser({ id }))],
  ['people.enableUser', 2, onOne('user_account', notAdmin, (_scene, { client }, { id }) => client.people.enableUser({ id }))],
  [
    'people.createRole',
    1,
    (scene, { client }) =>
      client.people.createRole({
        name: `角色${scene.random.below(30)}`,
        description: null,
        permissions: permissions(scene),
        fieldRights: rights(scene),
      }),
  ],
  [
    'people.editRole',
    2,
    onOne('role', ownRole, (scene, { client }, row) =>
      client.people.editRole({ ...row, permissions: permissions(scene), fieldRights: rights(scene) }),
    ),
  ],
  ['people.removeRole', 1, onOne('role', ownRole, (_scene, { client }, { id }) => client.people.removeRole({ id }))],
]
const newDepartment = (scene: Scene) => ({
  name: `部门${scene.random.below(30)}`,
  parentId: some(scene, 'department', '1 = 1')?.id ?? null,
})
