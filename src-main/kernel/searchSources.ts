/** What an image or row of a record is read as for the index: in the order of the columns of `SOURCES`. */
export type Stored = readonly [
  id: string,
  name: string,
  phone: string | null,
  phone2: string | null,
  email: string | null,
  creditCode: string | null,
  city: string | null,
  ownerId: string | null,
  customerId: string | null,
  deletedAt: string | null,
  kind: string,
  poolId: string | null,
  members: string | null,
  number: string | null,
  reference: string | null,
]

/** The columns that words, digits, scope and duplicates are found by; a change elsewhere leaves the index alone. */
export const RELEVANT = [
  'name',
  'phone',
  'phone2',
  'email',
  'credit_code',
  'city',
  'owner_id',
  'pool_id',
  'customer_id',
  'deleted_at',
  'kind',
  'number',
  'barcode',
  'company',
  'reference',
  'official_number',
]
/** What the document of a contact says of its customer. */
export const PASSED_ON = ['owner_id', 'pool_id', 'deleted_at']

const membersOf = (entity: string, id: string): string =>
  `(select group_concat(m.employee_id, ' ') from record_member m where m.entity = '${entity}' and m.record_id = ${id})`
const CUSTOMERS_TEAM = membersOf('customer', 'c.id')
const TWO_NUMBERS = 'char(10)'
const owned = (kind: string, table: string): string =>
  `select t.id, t.name, null, null, null, null, null, t.owner_id, null, t.deleted_at, '${kind}', null, ${membersOf(kind, 't.id')}, t.number, null
    from json_each(?) w cross join ${table} t on t.id = w.value`
/** Papers have no names: they are found by their numbers, and through their customers. */
const paper = (kind: string, reference: string): string =>
  `select t.id, '', null, null, null, null, null, null, null, t.deleted_at, '${kind}', null, null, t.number, t.${reference}
    from json_each(?) w cross join ${kind} t on t.id = w.value`

/** Read as arrays: an import reads hundreds of thousands, and objects cost twice as much. */
export const SOURCES = {
  customer: `select c.id, c.name, c.phone, c.phone2, c.email, c.credit_code, c.city, c.owner_id, null, c.deleted_at, c.kind, c.pool_id, ${CUSTOMERS_TEAM}, c.number, null
    from json_each(?) w cross join customer c on c.id = w.value`,
  contact: `select t.id, t.name, t.phone, t.phone2, t.email, null, null, c.owner_id, t.customer_id, coalesce(t.deleted_at, c.deleted_at), 'person', c.pool_id, ${CUSTOMERS_TEAM}, null, null
    from json_each(?) w cross join contact t on t.id = w.value cross join customer c on c.id = t.customer_id`,
  // Whoever may see products sees all of them: no owner, no customer, and no duplicates to be found by.
  product: `select p.id, p.name, null, null, null, null, null, null, null, p.deleted_at, 'product', null, null, trim(coalesce(p.number, '') || ${TWO_NUMBERS} || coalesce(p.barcode, ''), ${TWO_NUMBERS}), null
    from json_each(?) w cross join product p on p.id = w.value`,
  // Behind its name stands its firm, by which it is compared.
  lead: `select l.id, l.name || iif(coalesce(l.company, '') in ('', l.name), '', ${TWO_NUMBERS} || l.company), l.phone, null, l.email, null, l.city, l.owner_id, null, l.deleted_at, 'lead', l.pool_id, null, l.number, null
    from json_each(?) w cross join lead l on l.id = w.value`,
  opportunity: owned('opportunity', 'opportunity'),
  quote: owned('quote', 'quote'),
  order: owned('order', 'sales_order'),
  payment: paper('payment', 'reference'),
  invoice: paper('invoice', 'official_number'),
} as const

/** Kinds of records with documents of their own in the index. */
export type Source = keyof typeof SOURCES
export const KINDS = Object.keys(SOURCES) as Source[]
export const isSource = (name: string): name is Source => name in SOURCES
/** Deals and their papers: found by rights of their own, and through the customers they hang on. */
export const DEALS = ['opportunity', 'quote', 'order', 'payment', 'invoice'] as const satisfies readonly Source[]
export type Deal = (typeof DEALS)[number]
export const isDeal = (name: string): name is Deal => (DEALS as readonly string[]).includes(name)
/** Deals that belong to somebody; papers belong to whoever their customer belongs to. */
export const OWNED_DEALS: readonly string[] = ['opportunity', 'quote', 'order']

export const tableOfSource = (source: Source): string => (source === 'order' ? 'sales_order' : source)
const SOURCE_OF: Readonly<Record<string, Source>> = Object.fromEntries(KINDS.map((source) => [tableOfSource(source), source]))
/** Of which kind the rows of a table are. */
export const sourceOfTable = (table: string): Source | undefined => SOURCE_OF[table]
