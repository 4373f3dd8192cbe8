import type { Employee } from '../../../src-shared/features/people/model.ts'

/**
 * The version to save against: the newest, as long as nobody changed what is changed here; otherwise the one the form
 * began with, which the backend refuses, so that nobody's change is overwritten unseen.
 */
export function versionFor(began: Employee, newest: Employee | null, changed: readonly string[]): number {
  if (newest === null) return began.version
  const collides = changed.some((key) => began[key as keyof Employee] !== newest[key as keyof Employee])
  return collides ? began.version : newest.version
}
