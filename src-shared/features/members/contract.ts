import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import { Instant } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'
import { OpportunityId } from '../opportunities/model.ts'

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

/** Who works on a record beside its owner; they see whatever hangs on it, and with `edit` they may change it. */
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

const EmployeeId = z.string().max(26)
const Employees = z.array(EmployeeId).min(1).max(50)
/** `mayManage`: the caller may add and remove others; himself anybody may remove. */
const Team = z.strictObject({ rows: z.array(Member), mayManage: z.boolean() })
export type Team = z.infer<typeof Team>

const OfCustomer = z.strictObject({ customerId: CustomerId })
const OfOpportunity = z.strictObject({ opportunityId: OpportunityId })

export const membersContract = {
  list: query('customers.read', ['customer', 'employee']).input(OfCustomer).output(Team),
  /** Adds them; who is there already gets this access. By the owner, or who may edit his records. */
  add: command('customers.edit', MEMBER_REFUSALS)
    .input(OfCustomer.extend({ employeeIds: Employees, access: Access }))
    .output(Team),
  change: command('customers.edit', MEMBER_REFUSALS)
    .input(OfCustomer.extend({ employeeId: EmployeeId, access: Access }))
    .output(Team),
  /** A collaborator may also leave by himself. */
  remove: command('customers.read', MEMBER_REFUSALS)
    .input(OfCustomer.extend({ employeeId: EmployeeId }))
    .output(Team),

  /** The same of an opportunity. */
  listOfDeal: query('opportunities.read', ['opportunity', 'employee']).input(OfOpportunity).output(Team),
  addToDeal: command('opportunities.edit', MEMBER_REFUSALS)
    .input(OfOpportunity.extend({ employeeIds: Employees, access: Access }))
    .output(Team),
  changeInDeal: command('opportunities.edit', MEMBER_REFUSALS)
    .input(OfOpportunity.extend({ employeeId: EmployeeId, access: Access }))
    .output(Team),
  removeFromDeal: command('opportunities.read', MEMBER_REFUSALS)
    .input(OfOpportunity.extend({ employeeId: EmployeeId }))
    .output(Team),
}
