import type { ImportableEntity, ImportDetail, OnDuplicate } from '../../../src-shared/features/imports/model.ts'
import { ON_DUPLICATE } from '../../../src-shared/features/imports/model.ts'

/** What a kind of import asks and shows; everything else is the same for all. */
type Kind = {
  /** Fields of new records where the file says nothing, and what makes two of them the same. */
  readonly defaults: boolean
  /** Whether cells that are empty in the file may empty a record. */
  readonly empty: boolean
  /** Tags of a row, added or in place of those there are. */
  readonly multi: boolean
  readonly duplicates: readonly OnDuplicate[]
  /** Whether whom a row hangs on may be made. */
  readonly missing: boolean
  /** Where a record of it has a page. */
  readonly page: string | null
  /** Where its records are seen. */
  readonly list: string
}

const KINDS: Readonly<Record<ImportableEntity, Kind>> = {
  customer: {
    defaults: true,
    empty: true,
    multi: true,
    duplicates: ON_DUPLICATE,
    missing: false,
    page: '/customers/',
    list: '/customers',
  },
  contact: {
    defaults: false,
    empty: true,
    multi: false,
    duplicates: ON_DUPLICATE,
    missing: true,
    page: null,
    list: '/customers',
  },
  followUp: {
    defaults: false,
    empty: true,
    multi: false,
    duplicates: ON_DUPLICATE,
    missing: false,
    page: null,
    list: '/customers',
  },
  // A tag is its name: nothing can be filled in, and there are no two of one name.
  tag: {
    defaults: false,
    empty: false,
    multi: false,
    duplicates: ['skip', 'update'],
    missing: false,
    page: null,
    list: '/settings/tags',
  },
  employee: {
    defaults: false,
    empty: false,
    multi: false,
    duplicates: ON_DUPLICATE,
    missing: true,
    page: null,
    list: '/settings/people',
  },
  product: {
    defaults: false,
    empty: true,
    multi: false,
    duplicates: ON_DUPLICATE,
    missing: false,
    page: null,
    list: '/products',
  },
  opportunity: {
    defaults: false,
    empty: true,
    multi: false,
    duplicates: ON_DUPLICATE,
    missing: true,
    page: '/opportunities/',
    list: '/opportunities',
  },
  lead: {
    defaults: false,
    empty: true,
    multi: false,
    duplicates: ON_DUPLICATE,
    missing: false,
    page: '/leads/',
    list: '/leads',
  },
  quote: {
    defaults: false,
    empty: true,
    multi: false,
    duplicates: ON_DUPLICATE,
    missing: true,
    page: '/quotes/',
    list: '/quotes',
  },
  order: {
    defaults: false,
    empty: true,
    multi: false,
    duplicates: ON_DUPLICATE,
    missing: true,
    page: '/orders/',
    list: '/orders',
  },
  paymentPlan: {
    defaults: false,
    empty: true,
    multi: false,
    duplicates: ON_DUPLICATE,
    missing: false,
    page: null,
    list: '/orders',
  },
  // A split is one thing: it stands, or another takes its place.
  orderPerson: {
    defaults: false,
    empty: false,
    multi: false,
    duplicates: ['skip', 'update'],
    missing: false,
    page: null,
    list: '/orders',
  },
  payment: {
    defaults: false,
    empty: true,
    multi: false,
    duplicates: ON_DUPLICATE,
    missing: false,
    page: null,
    list: '/payments',
  },
  invoice: {
    defaults: false,
    empty: true,
    multi: false,
    duplicates: ON_DUPLICATE,
    missing: false,
    page: '/invoices/',
    list: '/invoices',
  },
  // What has moved has moved: nothing of it is filled in or changed.
  stockMove: {
    defaults: false,
    empty: false,
    multi: false,
    duplicates: ['skip', 'create'],
    missing: false,
    page: null,
    list: '/stock',
  },
  purchase: {
    defaults: false,
    empty: true,
    multi: false,
    duplicates: ON_DUPLICATE,
    missing: false,
    page: '/purchases/',
    list: '/purchases',
  },
}

export const kindOf = ({ entity }: Pick<ImportDetail, 'entity'>): Kind => KINDS[entity]

/** What is done with duplicates, as far as the kind knows it: to fill a tag is to leave it. */
export const duplicateChoice = ({ duplicates }: Kind, chosen: OnDuplicate): OnDuplicate =>
  duplicates.includes(chosen) ? chosen : 'skip'

/** Whether one of the columns says what a row is. */
export const isIdentified = ({ columns, identified }: Pick<ImportDetail, 'columns' | 'identified'>): boolean =>
  columns.some(
    ({ target, note }) =>
      (target !== null && identified.includes(`${target.entity}.${target.field}`)) || (note?.counts['pasted'] ?? 0) > 0,
  )
