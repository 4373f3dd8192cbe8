/** What the frame shows of imports on every page. */
export { ImportButton } from './ImportButton.tsx'
export { ImportPill } from './ImportPill.tsx'
