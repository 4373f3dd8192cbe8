import { z } from 'zod'
import { cleanText } from '../../kernel/cleaning/text.ts'
import { line } from '../../kernel/line.ts'
import { CHOICE_TONES, CUSTOM_TYPES, StoredChoice } from '../../kernel/custom/model.ts'
import { FieldSetting } from '../../kernel/custom/setting.ts'
import { idOf } from '../../kernel/ids.ts'

export const CustomFieldId = idOf<'customField'>()
export type CustomFieldId = z.infer<typeof CustomFieldId>

/** Kinds of records that companies may add fields to. */
export const CUSTOMIZABLE = ['customer', 'contact', 'followUp'] as const
export const CustomizableEntity = z.enum(CUSTOMIZABLE)
export type CustomizableEntity = z.infer<typeof CustomizableEntity>

export const CustomTypeName = z.enum(CUSTOM_TYPES)
export const FieldLabel = line(40)
export const ChoiceLabel = line(100)
export const MAX_FIELDS = 200
export const MAX_CHOICES = 200

/** By what two labels are the same. */
export const labelKey = (label: string): string => cleanText(label).toLowerCase()

/** A field that the company added. `key` names it in filters, orders, rights and in `custom` of a record, whatever it is called. */
export const CustomField = z.strictObject({
  id: CustomFieldId,
  entity: CustomizableEntity,
  key: z.string(),
  label: z.string(),
  type: CustomTypeName,
  choices: z.array(StoredChoice),
  unit: z.string().nullable(),
  precision: z.number().int().nullable(),
  /** Fields by their keys in braces; null where it is none. */
  formula: z.string().nullable(),
  position: z.number().int(),
  archived: z.boolean(),
  version: z.number().int(),
})
export type CustomField = z.infer<typeof CustomField>

export const NewChoice = z.strictObject({ label: ChoiceLabel, tone: z.enum(CHOICE_TONES).optional() })
/** With its value an option that is there, without one a new one. */
export const EditedChoice = NewChoice.extend({ value: z.string().max(40).optional() })

export const NewField = z.strictObject({
  entity: CustomizableEntity,
  label: FieldLabel,
  type: CustomTypeName,
  choices: z.array(NewChoice).max(MAX_CHOICES).optional(),
  unit: z.string().trim().max(20).nullable().optional(),
  precision: z.number().int().min(0).max(6).nullable().optional(),
  /** Fields by their names in brackets or their keys in braces. */
  formula: z.string().max(2000).optional(),
})
export type NewField = z.infer<typeof NewField>

/** Fields of the program that take any words and offer those that the company keeps for them. */
export const WORD_FIELDS = ['industry', 'source'] as const
export type WordField = (typeof WORD_FIELDS)[number]
export const isWordField = (entity: string, field: string): field is WordField =>
  entity === 'customer' && (WORD_FIELDS as readonly string[]).includes(field)
/** Options belong to these kinds of the company's fields. */
export const hasChoices = (type: string): boolean => type === 'select' || type === 'multiSelect'

/** What is asked of a field; `version` 0 where nothing has ever been asked. */
export const ConfiguredField = FieldSetting.extend({
  id: z.string(),
  entity: CustomizableEntity,
  field: z.string(),
  options: z.array(StoredChoice),
  version: z.number().int(),
})
export type ConfiguredField = z.infer<typeof ConfiguredField>

/** Null where the rule does not ask: how many must fill the field in and do not, where it would not show though something stands in it. */
export const FieldTrial = z.strictObject({
  all: z.number().int(),
  asked: z.number().int().nullable(),
  missing: z.number().int().nullable(),
  shown: z.number().int().nullable(),
  /** Records that hold a value and would no longer show it. */
  kept: z.number().int().nullable(),
  /** Records whose value another one has, with some of the values. */
  repeated: z.strictObject({ count: z.number().int(), values: z.array(z.string()) }).nullable(),
  /** The first that would have to be filled in, or that would hide their value. */
  rows: z.array(z.strictObject({ id: z.string(), customerId: z.string(), name: z.string() })),
})
export type FieldTrial = z.infer<typeof FieldTrial>
