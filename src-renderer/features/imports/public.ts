/** What the frame shows of imports on every page. */
export { ImportPill } from './ImportPill.tsx'
