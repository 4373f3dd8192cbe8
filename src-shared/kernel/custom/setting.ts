import { z } from 'zod'
import { Filter } from '../list.ts'
import { CustomValue } from './model.ts'

/** What a company asks of a field, its own or the program's. The rules are filters over the same record. */
export const FieldSetting = z.strictObject({
  required: z.boolean(),
  requiredWhen: Filter.nullable(),
  visibleWhen: Filter.nullable(),
  unique: z.boolean(),
  /** What a new record begins with, stored form; `today` for a date means the day it is made. */
  defaultValue: CustomValue,
  help: z.string().trim().max(300).nullable(),
})
export type FieldSetting = z.infer<typeof FieldSetting>

export const NO_SETTING: FieldSetting = {
  required: false,
  requiredWhen: null,
  visibleWhen: null,
  unique: false,
  defaultValue: null,
  help: null,
}
