/** What other features may use of people. */
export { insertDepartment, insertEmployee, insertUser, seedRoles, todayOf } from './write.ts'
