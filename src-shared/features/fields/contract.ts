import { z } from 'zod'
import { CELL_ERRORS } from '../../kernel/custom/formula/evaluate.ts'
import { FORMULA_PROBLEMS } from '../../kernel/custom/formula/tokens.ts'
import { FieldSetting } from '../../kernel/custom/setting.ts'
import { CustomValue } from '../../kernel/custom/model.ts'
import { command, query } from '../../kernel/procedure.ts'
import {
  ChoiceLabel,
  ConfiguredField,
  CustomField,
  CustomFieldId,
  CustomizableEntity,
  EditedChoice,
  FieldLabel,
  FieldTrial,
  MAX_CHOICES,
  NewField,
  WORD_FIELDS,
} from './model.ts'

const FORMULA_REFUSALS = ['formulaWrong', 'formulaMissing'] as const
export const CREATE_REFUSALS = ['labelTaken', 'choiceTaken', 'tooManyFields', 'notASelect', ...FORMULA_REFUSALS] as const
export const EDIT_REFUSALS = [
  'labelTaken',
  'choiceTaken',
  'choiceUnknown',
  'notASelect',
  'archived',
  ...FORMULA_REFUSALS,
] as const
export const CHOICE_REFUSALS = ['notASelect', 'tooManyChoices', 'archived'] as const
export const ORDER_REFUSALS = ['orderUnknown'] as const
export const ARCHIVE_REFUSALS = ['archived'] as const
export const RESTORE_REFUSALS = ['notArchived', 'labelTaken', 'tooManyFields'] as const
export const CONFIGURE_REFUSALS = [
  'fieldUnknown',
  'notRequirable',
  'notUniquable',
  'ruleNotUsable',
  'defaultDoesNotFit',
  'duplicatesThere',
] as const
export const WORD_REFUSALS = ['choiceTaken', 'choiceUnknown', 'tooManyChoices'] as const
export const REPLACE_REFUSALS = ['notASelect', 'choiceUnknown', 'fieldUnknown'] as const

const One = z.strictObject({ id: CustomFieldId })
const Replaced = z.strictObject({ changed: z.number().int(), batchId: z.string().nullable() })

export const fieldsContract = {
  /** Every field that the company added, in order, those put aside too: labels are no secret, values have their rights. */
  list: query('signed-in', ['customField']).input(z.strictObject({})).output(z.array(CustomField)),
  /** What is asked of fields, the company's and the program's; those of which nothing is asked are not in it. */
  settings: query('signed-in', ['customField']).input(z.strictObject({})).output(z.array(ConfiguredField)),
  /** On how many records in the caller's reach a field holds a value. */
  used: query('fields.manage', ['customField', 'customer', 'contact', 'followUp'])
    .input(One)
    .output(z.strictObject({ count: z.number().int() })),
  /** How many records hold each option, in the caller's reach. */
  choicesUsed: query('fields.manage', ['customField', 'customer', 'contact', 'followUp'])
    .input(z.strictObject({ entity: CustomizableEntity, field: z.string().max(40) }))
    .output(z.array(z.strictObject({ value: z.string(), count: z.number().int() }))),
  /** What a formula would come to on the newest records, or what is wrong with it and where. */
  tryFormula: query('fields.manage', ['customField', 'customer', 'contact', 'followUp'])
    .input(
      z.strictObject({
        entity: CustomizableEntity,
        source: z.string().max(4000),
        exceptId: CustomFieldId.optional(),
        precision: z.number().int().min(0).max(6).nullable().optional(),
      }),
    )
    .output(
      z.strictObject({
        type: z.string().nullable(),
        problem: z.strictObject({ code: z.enum(FORMULA_PROBLEMS), at: z.number().int(), detail: z.string() }).nullable(),
        rows: z.array(
          z.strictObject({
            id: z.string(),
            name: z.string(),
            value: z.union([CustomValue, z.strictObject({ error: z.enum(CELL_ERRORS) })]),
          }),
        ),
      }),
    ),
  /** What a rule of a field would ask of the records that are there, as far as the caller sees them; what repeats is counted among all of them. */
  tryRule: query('fields.manage', ['customField', 'customer', 'contact', 'followUp'])
    .input(
      z.strictObject({
        entity: CustomizableEntity,
        field: z.string().max(40),
        values: FieldSetting.pick({ required: true, requiredWhen: true, visibleWhen: true, unique: true }),
      }),
    )
    .output(FieldTrial),
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
        formula: z.string().max(2000).optional(),
      }),
    )
    .output(CustomField),
  /** Required, unique, shown when, begun with, explained; of the company's fields and the program's alike. */
  configure: command('fields.manage', CONFIGURE_REFUSALS)
    .input(
      z.strictObject({
        entity: CustomizableEntity,
        field: z.string().max(40),
        /** That of the settings seen; 0 where nothing was asked of the field so far. */
        version: z.number().int(),
        values: FieldSetting.partial(),
      }),
    )
    .output(ConfiguredField),
  /** The words that a free field offers, in order. One that is renamed is renamed on every record. */
  setWords: command('fields.manage', WORD_REFUSALS)
    .input(
      z.strictObject({
        field: z.enum(WORD_FIELDS),
        version: z.number().int(),
        words: z.array(EditedChoice).max(MAX_CHOICES),
      }),
    )
    .output(Replaced.extend({ settings: ConfiguredField })),
  /** Gives every record that holds an option another one, or none, and puts the option away; one undo of the batch brings all back. */
  replaceChoice: command('fields.manage', REPLACE_REFUSALS)
    .input(
      z.strictObject({
        entity: CustomizableEntity,
        field: z.string().max(40),
        from: z.string().max(100),
        to: z.string().max(100).nullable(),
      }),
    )
    .output(Replaced),
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
