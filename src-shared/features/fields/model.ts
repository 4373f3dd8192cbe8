import { z } from 'zod'
import { cleanText } from '../../kernel/cleaning/text.ts'
import { CHOICE_TONES, CUSTOM_TYPES, StoredChoice } from '../../kernel/custom/model.ts'
import { idOf } from '../../kernel/ids.ts'

export const CustomFieldId = idOf<'customField'>()
export type CustomFieldId = z.infer<typeof CustomFieldId>

/** Kinds of records that companies may add fields to. */
export const CUSTOMIZABLE = ['customer', 'contact'] as const
export const CustomizableEntity = z.enum(CUSTOMIZABLE)
export type CustomizableEntity = z.infer<typeof CustomizableEntity>

export const CustomTypeName = z.enum(CUSTOM_TYPES)
export const FieldLabel = z.string().overwrite(cleanText).min(1, 'required').max(40)
export const ChoiceLabel = z.string().overwrite(cleanText).min(1, 'required').max(100)
export const MAX_FIELDS = 80
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
})
export type NewField = z.infer<typeof NewField>
