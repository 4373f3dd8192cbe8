import {
  insertFieldRights,
  insertDepartment,
  insertEmployee,
  insertRole,
  insertUser,
} from '../../src-main/features/people/write.ts'
import { buildActor } from '../../src-main/features/session/actor.ts'
import { runCommand } from '../../src-main/kernel/commands.ts'
import type { CommandContext } from '../../src-main/kernel/context.ts'
import { nobody } from '../../src-main/kernel/pipeline.ts'
import type { BuiltinRole } from '../../src-shared/features/people/seededRoles.ts'
import type { Actor, Origin } from '../../src-shared/kernel/actor.ts'
import type { FieldRight, Permission, Scope } from '../../src-shared/kernel/permissions.ts'
import { dateIn } from '../../src-shared/kernel/time.ts'
import { type Client, clientAs, startBackend, type TestBackend } from './backend.ts'

/** One command of the program itself: rows that a test needs and no call makes. */
export function bySystem<Output>(running: TestBackend, work: (context: CommandContext) => Promise<Output>): Promise<Output> {
  const call = { procedure: 'test.prepare', actor: { ...nobody('system'), name: 'test' }, key: null, input: null }
  return runCommand(running.backend, call, async (context) => {
    const output = await work(context)
    context.record({ entity: 'workspace', id: '', action: 'prepared' })
    return output
  })
}

/** The actor of a user exactly as a session would build him. */
export function actorOf(running: TestBackend, userId: string, origin: Origin = 'http'): Actor {
  const actor = buildActor(running.backend.database.raw, userId, { origin, today: dateIn(running.clock.now(), 'Asia/Shanghai') })
  if (!actor) throw new Error(`user ${userId} may not sign in`)
  return actor
}

export function administrator(running: TestBackend): Actor {
  const id = running.backend.database.raw.prepare("select id from user_account where login_key = 'admin'").pluck().get()
  return actorOf(running, String(id))
}

export type RoleSpec = {
  permissions: Partial<Record<Permission, Scope>>
  /** Keyed `<entity>.<field>`. */
  fieldRights?: Record<string, FieldRight>
}
export type PersonSpec = { name: string; departmentId?: string | null; roles: readonly (RoleSpec | BuiltinRole)[] }

let logins = 0
/** An employee with an account and roles of his own, in one command. */
export async function addPerson(running: TestBackend, spec: PersonSpec): Promise<{ userId: string; employeeId: string }> {
  return bySystem(running, async (context) => {
    const employeeId = await insertEmployee(
      context,
      { name: spec.name },
      { departmentId: spec.departmentId ?? null, from: '2026-01-01' },
    )
    const roleIds: string[] = []
    for (const role of spec.roles) roleIds.push(await roleId(context, role))
    const userId = await insertUser(context, { employeeId, login: `login-${++logins}`, roleIds })
    return { userId, employeeId }
  })
}

async function roleId(context: CommandContext, role: RoleSpec | BuiltinRole): Promise<string> {
  if (typeof role === 'string') {
    const found = await context.tx.selectFrom('role').select('id').where('builtin', '=', role).executeTakeFirstOrThrow()
    return found.id
  }
  const id = await insertRole(context, {
    name: `role-${context.newId()}`,
    description: null,
    builtin: null,
    permissions: Object.entries(role.permissions).map(([permission, scope]) => ({ permission, scope })),
    fieldRights: [],
  })
  const rights = Object.entries(role.fieldRights ?? {}).map(([key, right]) => {
    const [entity = '', field = ''] = key.split('.')
    return { entity, field, right }
  })
  await insertFieldRights(context, id, rights)
  return id
}

export const addDepartment = (running: TestBackend, name: string, parentId: string | null = null): Promise<string> =>
  bySystem(running, (context) => insertDepartment(context, { name, parentId }))

export type Office = {
  running: TestBackend
  admin: Actor
  /** 销售主管 over both groups, a 销售 in each, 客服, 财务, 只读 in the first group. */
  manager: Actor
  sales: Actor
  colleague: Actor
  service: Actor
  finance: Actor
  viewer: Actor
  as: (actor: Actor) => Client
  close: () => Promise<void>
}

/** A small company with every seeded role. */
export async function openOffice(): Promise<Office> {
  const running = await startBackend()
  const region = await addDepartment(running, '华东区')
  const first = await addDepartment(running, '杭州组', region)
  const second = await addDepartment(running, '宁波组', region)
  const hire = async (name: string, departmentId: string, role: BuiltinRole) =>
    (await addPerson(running, { name, departmentId, roles: [role] })).userId
  const people = {
    manager: await hire('孙悦', region, 'salesManager'),
    sales: await hire('王海峰', first, 'sales'),
    colleague: await hire('李婷', second, 'sales'),
    service: await hire('周敏', region, 'service'),
    finance: await hire('钱进', region, 'finance'),
    viewer: await hire('何看', first, 'viewer'),
  }
  // Rights are read once everybody is there: a manager reaches who stood in the departments at that moment.
  const actor = (key: keyof typeof people) => actorOf(running, people[key])
  return {
    running,
    admin: administrator(running),
    manager: actor('manager'),
    sales: actor('sales'),
    colleague: actor('colleague'),
    service: actor('service'),
    finance: actor('finance'),
    viewer: actor('viewer'),
    as: (actor) => clientAs(running.backend, actor),
    close: running.dispose,
  }
}

/** What a call is refused with, as the client sees it; a call that succeeds is a test that failed. */
export async function failureOf(call: Promise<unknown>): Promise<{ code: string; data: Record<string, unknown> }> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error as { code?: string; data?: Record<string, unknown> },
  )
  if (outcome === null) throw new Error('the call succeeded')
  if (outcome.code === undefined) throw outcome
  return { code: outcome.code, data: outcome.data ?? {} }
}

/** Small, fast, repeatable random numbers (mulberry32): a failing run is run again by its seed. */
export function randomFrom(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number): number => Math.floor(next() * n)
  const pick = <T>(list: readonly T[]): T => {
    const found = list[below(list.length)]
    if (found === undefined) throw new Error('nothing to pick from')
    return found
  }
  return { next, below, pick, chance: (share: number): boolean => next() < share }
}
export type Random = ReturnType<typeof randomFrom>

/** How many rounds a random test makes: short in `npm test`, long in `npm run acceptance`. */
export const rounds = (short: number, long: number): number => (process.env['KEZHAN_LONG'] === '1' ? long : short)
