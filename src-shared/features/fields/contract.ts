import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import {
  ChoiceLabel,
  CustomField,
  CustomFieldId,
  CustomizableEntity,
  EditedChoice,
  FieldLabel,
  MAX_CHOICES,
  NewField,
} from './model.ts'

export const CREATE_REFUSALS = ['labelTaken', 'choiceTaken', 'tooManyFields', 'notASelect'] as const
export const EDIT_REFUSALS = ['labelTaken', 'choiceTaken', 'choiceUnknown', 'notASelect', 'archived'] as const
export const CHOICE_REFUSALS = ['notASelect', 'tooManyChoices', 'archived'] as const
export const ORDER_REFUSALS = ['orderUnknown'] as const
export const ARCHIVE_REFUSALS = ['archived'] as const
export const RESTORE_REFUSALS = ['notArchived', 'labelTaken', 'tooManyFields'] as const

const One = z.strictObject({ id: CustomFieldId })

export const fieldsContract = {
  /** Every field that the company added, in order, those put aside too: labels are no secret, values have their rights. */
  list: query('signed-in', ['customField']).input(z.strictObject({})).output(z.array(CustomField)),
  /** On how many records in the caller's reach a field holds a value. */
  used: query('fields.manage', ['customField', 'customer', 'contact'])
    .input(One)
    .output(z.strictObject({ count: z.number().int() })),
  create: command('fields.manage', CREATE_REFUSALS).input(NewField).output(CustomField),
  /** The type stays what it is. Of options, one that is left out of the list is put aside: records keep it. */
  edit: command('fields.manage', EDIT_REFUSALS)
    .input(
      z.strictObject({
        id: CustomFieldId,
        version: z.number().int(),
        label: FieldLabel.optional(),
        unit: z.string().trim().max(20).nullable().optional(),
        precision: z.number().int().min(0).max(6).nullable().optional(),
        choices: z.array(EditedChoice).max(MAX_CHOICES).optional(),
      }),
    )
    .output(CustomField),
  /** New options behind the others; a word that is there already is not added again. */
  addChoices: command('fields.manage', CHOICE_REFUSALS)
    .input(z.strictObject({ id: CustomFieldId, labels: z.array(ChoiceLabel).min(1).max(MAX_CHOICES) }))
    .output(CustomField),
  /** All living fields of a kind of record in their new order. */
  reorder: command('fields.manage', ORDER_REFUSALS)
    .input(z.strictObject({ entity: CustomizableEntity, ids: z.array(CustomFieldId).min(1).max(500) }))
    .output(z.array(CustomField)),
  /** Out of every list, form and filter; what records hold in it stays and comes back with it. */
  archive: command('fields.manage', ARCHIVE_REFUSALS).input(One).output(CustomField),
  restore: command('fields.manage', RESTORE_REFUSALS).input(One).output(CustomField),
}
