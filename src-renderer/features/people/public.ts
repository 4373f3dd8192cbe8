export { peopleField, permissionWord, rightHint, roleDescription, roleName, scopeHint } from './words.ts'
