/** What other features may use of people. */
export { employeeImporter } from './importer.ts'
export { requireSoundPeople, requireTouchedCovered, rightsTouchedBy } from './sound.ts'
export { insertDepartment, insertEmployee, insertUser, seedRoles, todayOf } from './write.ts'
