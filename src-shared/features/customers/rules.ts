import { Refusal } from '../../kernel/refusal.ts'
import type { EDIT_REFUSALS } from './contract.ts'
import type { CustomerEdit } from './model.ts'

type EditRefusal = (typeof EDIT_REFUSALS)[number]
export type OwnerState = 'unknown' | 'left' | 'here'

/** A name stays a name, and records are only given to people who work here. */
export function requireSoundEdit(values: CustomerEdit, owner: OwnerState | null): void {
  if (values.name !== undefined && values.name.trim() === '') throw new Refusal<EditRefusal>('nameMissing')
  if (owner === 'unknown') throw new Refusal<EditRefusal>('ownerUnknown')
  if (owner === 'left') throw new Refusal<EditRefusal>('ownerLeft')
}

/** A bulk action over a filter is done chunk by chunk; this is one chunk, small enough for a short transaction. */
export const CHUNK = 100
