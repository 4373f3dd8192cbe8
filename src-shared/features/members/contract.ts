import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import { Instant } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'

export const ACCESS = ['read', 'edit'] as const
export const Access = z.enum(ACCESS)
export type Access = z.infer<typeof Access>

export const MEMBER_REFUSALS = [
  'deleted',
  'inPool',
  'isOwner',
  'notMember',
  'employeeUnknown',
  'employeeLeft',
  'notYours',
] as const

/** Who works on a customer beside his owner; they see whatever hangs on him, and with `edit` they may change it. */
export const Member = z.strictObject({
  employeeId: z.string(),
  name: z.string(),
  departmentName: z.string().nullable(),
  access: Access,
  addedAt: Instant,
  addedByName: z.string().nullable(),
  left: z.boolean(),
})
export type Member = z.infer<typeof Member>

const Employees = z.array(z.string().max(26)).min(1).max(50)
/** `mayManage`: the caller may add and remove others; himself anybody may remove. */
const Team = z.strictObject({ rows: z.array(Member), mayManage: z.boolean() })

export const membersContract = {
  list: query('customers.read', ['customer', 'employee'])
    .input(z.strictObject({ customerId: CustomerId }))
    .output(Team),
  /** Adds them; who is there already gets this access. By the owner, or who may edit his customers. */
  add: command('customers.edit', MEMBER_REFUSALS)
    .input(z.strictObject({ customerId: CustomerId, employeeIds: Employees, access: Access }))
    .output(Team),
  change: command('customers.edit', MEMBER_REFUSALS)
    .input(z.strictObject({ customerId: CustomerId, employeeId: z.string().max(26), access: Access }))
    .output(Team),
  /** A collaborator may also leave by himself. */
  remove: command('customers.read', MEMBER_REFUSALS)
    .input(z.strictObject({ customerId: CustomerId, employeeId: z.string().max(26) }))
    .output(Team),
}
