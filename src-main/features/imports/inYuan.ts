import { foreignCurrency } from '../../../src-shared/kernel/cleaning/currency.ts'
import type { EntityDescriptor, FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { CleanRow, Importer } from '../../kernel/importer.ts'

/** The column that says in what the sums of a row are counted. It is read and not kept: no rates are, so only yuan are taken. */
const CURRENCY: FieldDescriptor = {
  key: 'currency',
  type: 'text',
  // What is there is counted so.
  computed: "'CNY'",
  maxLength: 40,
  synonyms: ['币种', '币别', '货币', '货币种类', '结算币种', '交易币种', 'currency', 'currency code'],
}

const known = new WeakMap<EntityDescriptor, EntityDescriptor>()
/** The kind with that column; of one descriptor always the same. */
export function withCurrency(entity: EntityDescriptor): EntityDescriptor {
  const made = known.get(entity) ?? { ...entity, fields: [...entity.fields, CURRENCY] }
  known.set(entity, made)
  return made
}
export const hasCurrency = (part: EntityDescriptor): boolean => part.fields.includes(CURRENCY)

function take(row: CleanRow, { entity }: Importer): void {
  const [values] = row.parts[entity] ?? []
  if (values?.[CURRENCY.key] === undefined) return
  const foreign = foreignCurrency(String(values[CURRENCY.key]))
  delete values[CURRENCY.key]
  if (foreign !== null) row.problems.push({ column: null, level: 'error', code: 'currency.foreign', detail: foreign })
}

/** An importer whose sums are counted in yuan: a row that names another currency is refused, since it would be read as yuan. */
export function inYuan(importer: Importer): Importer {
  const { finish, finishEdited } = importer
  return {
    ...importer,
    yuanOnly: true,
    parts: importer.parts.map((part, at) => (at === 0 ? withCurrency(part) : part)),
    finish: (row, mapped) => {
      take(row, importer)
      finish(row, mapped)
    },
    ...(finishEdited && {
      finishEdited: (row: CleanRow) => {
        take(row, importer)
        finishEdited(row)
      },
    }),
    write: (context, rows, rules) =>
      importer.write(context, rows, {
        ...rules,
        mapped: rules.mapped.filter((key) => key !== `${importer.entity}.${CURRENCY.key}`),
      }),
  }
}
