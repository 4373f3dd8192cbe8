import { z } from 'zod'
import { line } from '../../kernel/line.ts'
import { FIELD_RIGHTS, PERMISSIONS, SCOPES } from '../../kernel/permissions.ts'
import { command, query } from '../../kernel/procedure.ts'
import { BusinessDate } from '../../kernel/time.ts'
import { Account, Colleague, Department, DepartmentId, Employee, EmployeeId, Role, RoleId, RolePreview, UserId } from './model.ts'

export const DEPARTMENT_REFUSALS = ['nameTaken', 'underItself', 'notEmpty', 'managerUnknown', 'parentUnknown'] as const
export const EMPLOYEE_REFUSALS = [
  'departmentUnknown',
  'managerUnknown',
  'managerOfHimself',
  'leftBeforeHired',
  'ownsCustomers',
  'lastAdmin',
  'beforeLastChange',
  'beyondYours',
] as const
export const USER_REFUSALS = [
  'loginTaken',
  'employeeUnknown',
  'employeeHasUser',
  'employeeLeft',
  'tooShort',
  'tooLong',
  'tooCommon',
  'sameAsName',
  'lastAdmin',
  'roleUnknown',
  'beyondYours',
] as const
export const ROLE_REFUSALS = ['nameTaken', 'builtin', 'inUse', 'wouldLockOut', 'fieldUnknown', 'beyondYours'] as const

const Name = line(100)
const Versioned = { version: z.number().int() }
const Rights = {
  permissions: z.array(z.strictObject({ permission: z.enum(PERMISSIONS), scope: z.enum(SCOPES) })).max(200),
  fieldRights: z
    .array(z.strictObject({ entity: z.string().max(40), field: z.string().max(40), right: z.enum(FIELD_RIGHTS) }))
    .max(500),
}
const EmployeeValues = z.strictObject({
  name: Name,
  phone: z.string().max(40).nullable().optional(),
  email: z.string().max(254).nullable().optional(),
  departmentId: DepartmentId.nullable().optional(),
  managerId: EmployeeId.nullable().optional(),
  rank: z.string().max(100).nullable().optional(),
  team: z.string().max(100).nullable().optional(),
  hiredOn: BusinessDate.nullable().optional(),
  leftOn: BusinessDate.nullable().optional(),
})

export const peopleContract = {
  colleagues: query('signed-in', ['employee']).input(z.strictObject({})).output(z.array(Colleague)),
  /** Who can grant a right: the names to ask, for whoever lacks one. */
  granters: query('signed-in', ['user', 'role']).input(z.strictObject({})).output(z.array(z.string())),
  departments: query('people.read', ['department', 'employee']).input(z.strictObject({})).output(z.array(Department)),
  createDepartment: command('people.manage', DEPARTMENT_REFUSALS)
    .input(z.strictObject({ name: Name, parentId: DepartmentId.nullable() }))
    .output(Department),
  editDepartment: command('people.manage', DEPARTMENT_REFUSALS)
    .input(
      z.strictObject({
        id: DepartmentId,
        ...Versioned,
        name: Name.optional(),
        parentId: DepartmentId.nullable().optional(),
        managerId: EmployeeId.nullable().optional(),
        position: z.number().int().optional(),
      }),
    )
    .output(Department),
  removeDepartment: command('people.manage', DEPARTMENT_REFUSALS)
    .input(z.strictObject({ id: DepartmentId }))
    .output(z.strictObject({ id: DepartmentId })),

  employees: query('people.read', ['employee', 'department', 'user', 'role'])
    .input(z.strictObject({ includeLeft: z.boolean().default(false) }))
    .output(z.array(Employee)),
  createEmployee: command('people.manage', EMPLOYEE_REFUSALS).input(EmployeeValues).output(Employee),
  /** A change of department, manager, rank or team is dated: `from` (default today) starts a new period and ends the one before. */
  editEmployee: command('people.manage', EMPLOYEE_REFUSALS)
    .input(z.strictObject({ id: EmployeeId, ...Versioned, values: EmployeeValues.partial(), from: BusinessDate.optional() }))
    .output(Employee),

  users: query('people.read', ['user', 'employee', 'role']).input(z.strictObject({})).output(z.array(Account)),
  createUser: command('people.manage', USER_REFUSALS, {
    irreversible: 'an account is disabled, not undone: its password is not journaled',
  })
    .input(
      z.strictObject({
        employeeId: EmployeeId,
        login: z.string().trim().min(2).max(100),
        password: z.string().min(1).max(1024),
        roleIds: z.array(RoleId).min(1).max(20),
      }),
    )
    .output(Account),
  editUser: command('people.manage', USER_REFUSALS)
    .input(
      z.strictObject({
        id: UserId,
        ...Versioned,
        login: z.string().trim().min(2).max(100).optional(),
        roleIds: z.array(RoleId).min(1).max(20).optional(),
      }),
    )
    .output(Account),
  /** Ends every session of the user at once. */
  disableUser: command('people.manage', USER_REFUSALS)
    .input(z.strictObject({ id: UserId }))
    .output(Account),
  enableUser: command('people.manage', USER_REFUSALS)
    .input(z.strictObject({ id: UserId }))
    .output(Account),
  resetPassword: command('people.manage', USER_REFUSALS, { irreversible: 'the old password is not kept' })
    .input(z.strictObject({ id: UserId, password: z.string().min(1).max(1024) }))
    .output(Account),

  roles: query('people.read', ['role', 'user']).input(z.strictObject({})).output(z.array(Role)),
  /**
   * What somebody would see with these rights alone, in his place: nothing is changed, and nothing shown that the caller himself may not
   * see. `rows`: the newest of the customers, masked as they would be.
   */
  previewRole: query('roles.manage', ['role', 'customer', 'employee', 'user'])
    .input(z.strictObject({ ...Rights, userId: UserId }))
    .output(RolePreview),
  createRole: command('roles.manage', ROLE_REFUSALS)
    .input(z.strictObject({ name: Name, description: z.string().max(500).nullable(), ...Rights }))
    .output(Role),
  editRole: command('roles.manage', ROLE_REFUSALS)
    .input(
      z.strictObject({
        id: RoleId,
        ...Versioned,
        name: Name.optional(),
        description: z.string().max(500).nullable().optional(),
        permissions: Rights.permissions.optional(),
        fieldRights: Rights.fieldRights.optional(),
      }),
    )
    .output(Role),
  removeRole: command('roles.manage', ROLE_REFUSALS)
    .input(z.strictObject({ id: RoleId }))
    .output(z.strictObject({ id: RoleId })),
}
