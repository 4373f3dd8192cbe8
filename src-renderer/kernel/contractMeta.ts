/** The contract as values, with zod behind it: loaded after the first page, because only the live stream reads it. */
export { contract } from '../../src-shared/contract.ts'
