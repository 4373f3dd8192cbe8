import { z } from 'zod'
import { FIELD_TYPES, type FieldType } from './entity.ts'

export type ConflictValue = string | number | boolean | null
/** One field that two people changed: as the caller saw it, as it stands now by somebody's hand, as the caller wants it. */
export interface ConflictField {
  field: string
  type: FieldType
  original: ConflictValue
  current: ConflictValue
  mine: ConflictValue
  by: string
  at: string
}
/** `version`: the row as it stands; `names`: of the people that values refer to. Interfaces: their names are all that every call repeats. */
export interface Conflict {
  version: number
  fields: ConflictField[]
  names: Record<string, string>
}

const Value = z.union([z.string(), z.number(), z.boolean()]).nullable()
export const Conflict: z.ZodType<Conflict> = z.strictObject({
  version: z.number().int(),
  fields: z.array(
    z.strictObject({
      field: z.string(),
      type: z.enum(FIELD_TYPES),
      original: Value,
      current: Value,
      mine: Value,
      by: z.string(),
      at: z.string(),
    }),
  ),
  names: z.record(z.string(), z.string()),
})
