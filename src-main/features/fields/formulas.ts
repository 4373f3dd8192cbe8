import type { CustomField } from '../../../src-shared/features/fields/model.ts'
import { labelKey } from '../../../src-shared/features/fields/model.ts'
import { describeCustom } from '../../../src-shared/kernel/custom/describe.ts'
import { checkFormula, type FormulaRow } from '../../../src-shared/kernel/custom/formula/program.ts'
import { FormulaProblem, withKeys } from '../../../src-shared/kernel/custom/formula/tokens.ts'
import { type EntityDescriptor, type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'

const described = (
  field: Pick<CustomField, 'key' | 'label' | 'type' | 'choices' | 'unit' | 'precision' | 'formula'>,
): FieldDescriptor => describeCustom({ ...field, options: JSON.stringify(field.choices), archivedAt: null })

/** What a formula is to be: a new one has no key yet. */
export type Draft = Pick<CustomField, 'key' | 'label' | 'precision'> & { formula: string }

/**
 * A formula as it is kept, its fields by their keys, and the field it makes among the living ones.
 * @throws FormulaProblem
 */
export function preparedFormula(
  entity: EntityDescriptor,
  fields: readonly CustomField[],
  draft: Draft,
): { source: string; field: FieldDescriptor } {
  const living = fields.filter(({ archived, key }) => !archived && key !== draft.key)
  const byLabel = new Map(living.map(({ label, key }) => [labelKey(label), key]))
  const source = withKeys(
    draft.formula,
    (label) => byLabel.get(labelKey(label)) ?? entity.fields.find(({ key }) => key === label)?.key,
  )
  const own = entity.fields.filter(({ key }) => !isCustomKey(key))
  const stored = [...own, ...living.filter(({ type }) => type !== 'formula').map(described)]
  const formulas = living
    .filter(({ type }) => type === 'formula')
    .map((field): FormulaRow => ({ field: described(field), source: field.formula ?? '' }))
  const asked: FormulaRow = {
    field: described({ ...draft, type: 'formula', choices: [], unit: null }),
    source,
  }
  return { source, field: checkFormula(stored, formulas, asked) }
}

/** The same where it is to be saved. @throws Refusal formulaWrong, saying what and where */
export function soundFormula(entity: EntityDescriptor, fields: readonly CustomField[], draft: Draft): string {
  try {
    return preparedFormula(entity, fields, draft).source
  } catch (error) {
    if (!(error instanceof FormulaProblem)) throw error
    throw new Refusal('formulaWrong', { code: error.code, at: error.at, detail: error.detail })
  }
}
