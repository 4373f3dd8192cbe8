import { lazy, Suspense, useSyncExternalStore } from 'react'
import { currentConflict, onConflict } from '../kernel/conflict.ts'

const ConflictDialog = lazy(() => import('./ConflictDialog.tsx').then((module) => ({ default: module.ConflictDialog })))

/** Where two people's changes of one field are put before the later one; mounted once. */
export function ConflictHost() {
  const asked = useSyncExternalStore(onConflict, currentConflict)
  if (!asked) return null
  return (
    <Suspense>
      <ConflictDialog asked={asked} />
    </Suspense>
  )
}
