import { z } from 'zod'
import { FIELD_RIGHTS, PERMISSIONS, SCOPES } from '../../kernel/permissions.ts'
import { command, query } from '../../kernel/procedure.ts'
import { CustomerId } from '../customers/model.ts'
import { UserId } from '../people/model.ts'

export const LOOK_REFUSALS = ['yourself', 'userUnknown', 'userDisabled', 'beyondYours', 'noSession'] as const

/** Why somebody sees a customer, or what he lacks. `dailyViews`: he has him in the list of the pool, and has not opened him today. */
export const SIGHT_REASONS = [
  'all',
  'owner',
  'department',
  'below',
  'team',
  'pool',
  'noRight',
  'outside',
  'inPool',
  'dailyViews',
] as const
export const SightReason = z.strictObject({
  code: z.enum(SIGHT_REASONS),
  /** The role that gives the scope, the pool, or the owner in whose department he is. */
  name: z.string().nullable(),
  /** Which of the program's own roles that is; null for others. */
  builtin: z.string().nullable(),
  /** Of a team: what he may do; of a pool: whether he looks after it. */
  edits: z.boolean(),
})
export type SightReason = z.infer<typeof SightReason>

export const Sight = z.strictObject({
  userId: UserId,
  name: z.string(),
  roles: z.array(z.strictObject({ name: z.string(), builtin: z.string().nullable() })),
  sees: z.boolean(),
  edits: z.boolean(),
  reasons: z.array(SightReason),
  /** Fields of this customer that his roles, or the pool, keep from him, and those he sees masked. */
  hidden: z.array(z.string()),
  masked: z.array(z.string()),
})
export type Sight = z.infer<typeof Sight>

const Reach = z.strictObject({ count: z.number().int(), names: z.array(z.string()) })
/** What one account may do and see, as the policy has it, and which of its roles gives it. */
export const Access = z.strictObject({
  userId: UserId,
  employeeId: z.string().nullable(),
  name: z.string(),
  login: z.string(),
  departmentName: z.string().nullable(),
  /** A closed account sees nothing, whatever its roles say. */
  active: z.boolean(),
  roles: z.array(z.strictObject({ id: z.string(), name: z.string(), builtin: z.string().nullable() })),
  /** `from`: the roles that reach so far. */
  permissions: z.array(z.strictObject({ permission: z.enum(PERMISSIONS), scope: z.enum(SCOPES), from: z.array(z.string()) })),
  fields: z.array(
    z.strictObject({ entity: z.string(), field: z.string(), right: z.enum(FIELD_RIGHTS), from: z.array(z.string()) }),
  ),
  /** Whose records the scopes of departments reach today. */
  department: Reach,
  below: Reach,
  pools: z.array(z.strictObject({ id: z.string(), name: z.string(), manages: z.boolean() })),
  /** As far as the asker sees them too; null = out of reach altogether. */
  customers: z.number().int().nullable(),
  contacts: z.number().int().nullable(),
  followUps: z.number().int().nullable(),
})
export type Access = z.infer<typeof Access>

const Ok = z.strictObject({ ok: z.literal(true) })

export const lookingContract = {
  /** From now on this session sees the program as somebody else does, and writes nothing. */
  as: command('people.manage', LOOK_REFUSALS, { irreversible: 'looking changes no data' })
    .input(z.strictObject({ userId: UserId }))
    .output(Ok),
  leave: command('signed-in', ['none'], { irreversible: 'looking changes no data', whileLooking: true })
    .input(z.strictObject({}))
    .output(Ok),
  /** Everybody who can sign in: whether he sees this customer, and why or why not. */
  whoSees: query('people.read', ['customer', 'user', 'role', 'employee', 'department', 'pool'])
    .input(z.strictObject({ customerId: CustomerId }))
    .output(z.array(Sight)),
  /** One account: its rights with the roles they come from, its fields, its pools, and how much it sees. */
  access: query('people.read', ['customer', 'user', 'role', 'employee', 'department', 'pool'])
    .input(z.strictObject({ userId: UserId }))
    .output(Access),
}
