import { later } from '../../kernel/later.ts'

/** What other features may use of reports. */
export const ReachedDrawer = later(() => import('./ReachedDrawer.tsx').then((module) => module.ReachedDrawer))
export type { ReachedOf } from './ReachedDrawer.tsx'
export { useKinds } from './useKinds.ts'
