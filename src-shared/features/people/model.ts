import { EntityName } from '../../kernel/procedure.ts'
import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { FIELD_RIGHTS, PERMISSIONS, SCOPES } from '../../kernel/permissions.ts'
import { BusinessDate, Instant } from '../../kernel/time.ts'

export const EmployeeId = idOf<'employee'>()
export type EmployeeId = z.infer<typeof EmployeeId>
export const DepartmentId = idOf<'department'>()
export const RoleId = idOf<'role'>()
export const UserId = idOf<'user'>()

export const Department = z.strictObject({
  id: DepartmentId,
  name: z.string(),
  parentId: DepartmentId.nullable(),
  managerId: EmployeeId.nullable(),
  position: z.number().int(),
  employeeCount: z.number().int(),
  version: z.number().int(),
})
export type Department = z.infer<typeof Department>

/** An employee is not a user: imported sales agents have no login. Department, manager, rank and team as of today. */
export const Employee = z.strictObject({
  id: EmployeeId,
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  departmentId: DepartmentId.nullable(),
  departmentName: z.string().nullable(),
  managerId: EmployeeId.nullable(),
  rank: z.string().nullable(),
  team: z.string().nullable(),
  hiredOn: BusinessDate.nullable(),
  leftOn: BusinessDate.nullable(),
  /** Customers of whoever has a last day: they wait to be handed over. */
  toHandOver: z.number().int(),
  userId: UserId.nullable(),
  login: z.string().nullable(),
  roleIds: z.array(RoleId),
  disabled: z.boolean(),
  version: z.number().int(),
})
export type Employee = z.infer<typeof Employee>

/** What every picker needs: who can own a record. */
export const Colleague = z.strictObject({
  id: EmployeeId,
  name: z.string(),
  departmentName: z.string().nullable(),
  left: z.boolean(),
})
export type Colleague = z.infer<typeof Colleague>

export const Role = z.strictObject({
  id: RoleId,
  name: z.string(),
  builtin: z.string().nullable(),
  description: z.string().nullable(),
  permissions: z.array(z.strictObject({ permission: z.enum(PERMISSIONS), scope: z.enum(SCOPES) })),
  fieldRights: z.array(z.strictObject({ entity: z.string(), field: z.string(), right: z.enum(FIELD_RIGHTS) })),
  userCount: z.number().int(),
  version: z.number().int(),
})
export type Role = z.infer<typeof Role>

export const Account = z.strictObject({
  id: UserId,
  employeeId: EmployeeId.nullable(),
  employeeName: z.string().nullable(),
  login: z.string(),
  roleIds: z.array(RoleId),
  disabledAt: Instant.nullable(),
  lastSeenAt: Instant.nullable(),
  version: z.number().int(),
})
export type Account = z.infer<typeof Account>

const Shown = z.string().nullable()
/** Null = the kind itself would be out of reach. */
export const RolePreview = z.strictObject({
  customers: z.number().int().nullable(),
  contacts: z.number().int().nullable(),
  followUps: z.number().int().nullable(),
  /** How many there are of every kind of record. */
  kinds: z.array(z.strictObject({ entity: EntityName, count: z.number().int().nullable() })),
  rows: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      ownerName: Shown,
      level: Shown,
      phone: Shown,
      email: Shown,
      city: Shown,
    }),
  ),
})
export type RolePreview = z.infer<typeof RolePreview>
