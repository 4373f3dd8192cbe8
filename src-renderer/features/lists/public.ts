/** Heads and empty states of lists: what every list with views has, whatever its rows are. */
export { ListEmpty } from './ListEmpty.tsx'
export { ListHead } from './ListHead.tsx'
