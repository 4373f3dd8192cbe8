import { accountHandlers } from './accounts.ts'
import { departmentHandlers } from './departments.ts'
import { employeeHandlers } from './employees.ts'
import { roleHandlers } from './roles.ts'

export const peopleHandlers = { ...departmentHandlers, ...employeeHandlers, ...accountHandlers, ...roleHandlers }
