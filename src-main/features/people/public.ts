/** What other features may use of people. */
export { leave, moveUnder } from './leaving.ts'
export { employeeImporter } from './importer.ts'
export { readRoles } from './read.ts'
export { requireSoundPeople, requireTouchedCovered, requireUserCovered, rightsTouchedBy } from './sound.ts'
export { peopleUnder, type Staff, staffOf } from './staff.ts'
export { insertDepartment, insertEmployee, insertUser, seedRoles } from './write.ts'
