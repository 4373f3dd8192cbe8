import type { ImportableEntity } from '../../../src-shared/features/imports/model.ts'
import type { MappingTarget } from '../../../src-shared/features/imports/mapping.ts'
import { type Choice, type EntityDescriptor, type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { Importer } from '../../kernel/importer.ts'
import { contactImporter } from '../contacts/public.ts'
import type { Entities } from '../../kernel/livingEntities.ts'
import { customerImporter } from '../customers/public.ts'
import { followUpImporter } from '../follow-ups/public.ts'
import { opportunityImporter } from '../opportunities/public.ts'
import { invoiceImporter } from '../invoices/importing.ts'
import { leadImporter } from '../leads/importing.ts'
import { quoteImporter } from '../quotes/importing.ts'
import { orderImporter, personImporter, planImporter } from '../orders/importing.ts'
import { paymentImporter, withMoneyOfWon } from '../payments/importing.ts'
import { employeeImporter } from '../people/public.ts'
import { productImporter } from '../products/public.ts'
import { purchaseImporter } from '../purchases/importing.ts'
import { stockImporter } from '../stock/importing.ts'
import { tagImporter } from '../tags/public.ts'
import { hasCurrency, inYuan, withCurrency } from './inYuan.ts'

/** What can be imported, one line per entity. */
const importers: Readonly<Record<ImportableEntity, Importer>> = {
  customer: customerImporter,
  contact: contactImporter,
  followUp: followUpImporter,
  tag: tagImporter,
  employee: employeeImporter,
  product: productImporter,
  opportunity: inYuan(withMoneyOfWon(opportunityImporter)),
  lead: leadImporter,
  quote: inYuan(quoteImporter),
  order: inYuan(orderImporter),
  paymentPlan: inYuan(planImporter),
  orderPerson: personImporter,
  payment: inYuan(paymentImporter),
  invoice: inYuan(invoiceImporter),
  stockMove: stockImporter,
  purchase: purchaseImporter,
}

export const importerOf = (entity: ImportableEntity): Importer => importers[entity]

const living = new WeakMap<Importer, Importer>()
/** The same with the fields that this workspace has: those of the company are targets, and the words of their options values, like the program's own. */
export function importerIn(entities: Entities, entity: ImportableEntity): Importer {
  const own = importerOf(entity)
  const parts = own.parts.map((part) => {
    const now = entities.get(part.name)
    return now === undefined ? part : hasCurrency(part) ? withCurrency(now) : now
  })
  if (parts.every((part, at) => part === own.parts[at])) return own
  const known = living.get(own)
  if (known && parts.every((part, at) => part === known.parts[at])) return known
  const chosen = parts.flatMap((part) =>
    part.fields.flatMap(({ key, choices }) => (choices ? [[`${part.name}.${key}`, wordsOf(choices)] as const] : [])),
  )
  const made = { ...own, parts, words: { ...own.words, ...Object.fromEntries(chosen) } }
  living.set(own, made)
  return made
}

const wordsOf = (choices: readonly Choice[]): Record<string, readonly string[]> =>
  Object.fromEntries(choices.filter(({ archived }) => !archived).map(({ value, label }) => [value, [label.toLowerCase()]]))

/** References that a sheet can name: people by their names, categories by their paths, and customers in the company's own fields. */
const NAMEABLE: ReadonlySet<string> = new Set(['employee', 'productCategory', 'leadSource'])
const importable = (field: FieldDescriptor): boolean =>
  field.importOnce === true ||
  field.importBy !== undefined ||
  (!field.readOnly && (field.type !== 'reference' || NAMEABLE.has(field.reference ?? '') || isCustomKey(field.key)))

export type ImportTarget = MappingTarget & {
  readonly feature: string
  readonly required: boolean
  readonly repeatable: boolean
  /** What a field of the company is called, and its options. */
  readonly label?: string
  readonly choices?: { value: string; label: string }[]
}

/** The fields a column can go to, the row's own first. */
export function targetsOf(importer: Importer): ImportTarget[] {
  const [own] = importer.parts
  const id: ImportTarget[] =
    own && importer.finishEdited
      ? [{ entity: own.name, feature: own.feature, field: 'id', type: 'id', synonyms: [], required: false, repeatable: false }]
      : []
  const fields = importer.parts.flatMap((part: EntityDescriptor) =>
    part.fields
      .filter((field) => importable(field) && (importer.lookedUp?.[part.name]?.includes(field.key) ?? true))
      .map((field) => ({
        entity: part.name,
        feature: part.feature,
        field: field.key,
        type: field.type,
        synonyms: [...(field.synonyms ?? []), ...(importer.headers?.[`${part.name}.${field.key}`] ?? [])],
        required: field.required === true && part === importer.parts[0],
        repeatable: importer.repeatable.includes(`${part.name}.${field.key}`),
        ...(field.label !== undefined && { label: field.label }),
        ...(field.choices && {
          choices: field.choices.filter(({ archived }) => !archived).map(({ value, label }) => ({ value, label })),
        }),
      })),
  )
  return [...fields, ...id]
}
