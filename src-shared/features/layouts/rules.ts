import { type EntityDescriptor, type FieldDescriptor, isCustomKey } from '../../kernel/entity.ts'
import type { Layout, LayoutField, LayoutGroup, Place } from './model.ts'

type Standard = { readonly id: string; readonly form: readonly string[]; readonly more: readonly string[] }

/** How a record of each kind looks before anybody has arranged it: per group what a form asks, and what only the record shows. */
const STANDARD: Readonly<Record<string, readonly Standard[]>> = {
  customer: [
    {
      id: 'basics',
      form: ['name', 'phone', 'level', 'status', 'ownerId', 'industry', 'source', 'email'],
      more: ['number', 'kind', 'phone2', 'website', 'creditCode'],
    },
    { id: 'place', form: ['address'], more: ['province', 'city', 'district'] },
    { id: 'other', form: ['tags', 'note'], more: [] },
    {
      id: 'belongs',
      form: [],
      more: [
        'nextFollowUpAt',
        'lastFollowUpAt',
        'ownerSince',
        'poolEnteredAt',
        'poolDueOn',
        'poolRule',
        'wonAt',
        'createdAt',
        'updatedAt',
        'createdBy',
      ],
    },
  ],
  contact: [
    { id: 'basics', form: ['name', 'title', 'phone', 'phone2', 'wechat', 'email', 'birthday', 'isPrimary'], more: [] },
    { id: 'other', form: ['note'], more: [] },
  ],
  product: [
    {
      id: 'basics',
      form: ['name', 'number', 'categoryId', 'spec', 'unit', 'priceFen', 'taxRate', 'status', 'stocked', 'barcode'],
      more: ['costFen', 'costFrom'],
    },
    { id: 'other', form: ['description'], more: [] },
    { id: 'belongs', form: [], more: ['createdAt', 'updatedAt', 'createdBy'] },
  ],
  opportunity: [
    {
      id: 'basics',
      form: ['name', 'customerId', 'contactId', 'amount', 'expectedOn', 'ownerId', 'source'],
      more: ['number', 'stageId', 'pipelineId', 'probability', 'weighted'],
    },
    { id: 'next', form: ['nextStep', 'nextAt'], more: [] },
    { id: 'other', form: ['competitor', 'note'], more: [] },
    {
      id: 'belongs',
      form: [],
      more: [
        'stageEnteredAt',
        'rotsAt',
        'state',
        'closedOn',
        'closedAt',
        'lostReasonId',
        'lostNote',
        'createdAt',
        'updatedAt',
        'createdBy',
      ],
    },
  ],
  quote: [
    {
      id: 'basics',
      form: ['name', 'customerId', 'contactId', 'opportunityId', 'quotedOn', 'validUntil', 'ownerId'],
      more: ['number', 'status', 'versionNo', 'totalFen', 'discountRate'],
    },
    { id: 'other', form: ['terms', 'note'], more: ['discountFen', 'linesFen', 'taxFen', 'listFen'] },
    { id: 'belongs', form: [], more: ['sentAt', 'decidedAt', 'reason', 'superseded', 'createdAt', 'updatedAt', 'createdBy'] },
  ],
  order: [
    {
      id: 'basics',
      form: ['name', 'customerId', 'contactId', 'signedOn', 'startsOn', 'endsOn', 'ownerId'],
      more: ['number', 'status', 'opportunityId', 'quoteId', 'deliveredOn'],
    },
    {
      id: 'money',
      form: ['discountFen', 'expenseFen'],
      more: [
        'totalFen',
        'receivedFen',
        'refundedFen',
        'dueFen',
        'overdueFen',
        'nextDueOn',
        'invoicedFen',
        'uninvoicedFen',
        'linesFen',
        'taxFen',
        'listFen',
        'costFen',
      ],
    },
    { id: 'other', form: ['note'], more: ['cancelReason'] },
    { id: 'belongs', form: [], more: ['createdAt', 'updatedAt', 'createdBy'] },
  ],
  payment: [
    {
      id: 'basics',
      form: ['customerId', 'amountFen', 'receivedOn', 'method', 'reference', 'note'],
      more: ['number', 'kind', 'allocatedFen', 'restFen', 'authorId'],
    },
    { id: 'belongs', form: [], more: ['createdAt', 'updatedAt', 'createdBy'] },
  ],
  invoice: [
    {
      id: 'basics',
      form: ['kind', 'note'],
      more: [
        'number',
        'status',
        'customerId',
        'amountFen',
        'officialNumber',
        'issuedOn',
        'postedOn',
        'expressNo',
        'voidReason',
        'requesterId',
        'requestedOn',
      ],
    },
    {
      id: 'billing',
      form: [],
      more: ['buyer', 'buyerKind', 'taxNumber', 'address', 'phone', 'bank', 'account', 'email', 'mailAddress'],
    },
    { id: 'belongs', form: [], more: ['createdAt', 'updatedAt', 'createdBy'] },
  ],
  purchase: [
    {
      id: 'basics',
      form: ['supplier', 'expectedOn', 'warehouseId', 'note'],
      more: ['number', 'state', 'goods', 'amountFen', 'progress', 'authorId', 'cancelReason'],
    },
    { id: 'belongs', form: [], more: ['createdAt', 'updatedAt', 'createdBy'] },
  ],
  lead: [
    {
      id: 'basics',
      form: ['name', 'company', 'person', 'title', 'phone', 'wechat', 'email', 'sourceId', 'campaign', 'ownerId'],
      more: ['number', 'status', 'poolId'],
    },
    { id: 'place', form: ['province', 'city', 'district', 'address', 'industry'], more: [] },
    { id: 'next', form: ['nextFollowUpAt'], more: ['arrivedAt', 'firstFollowUpAt', 'responseSeconds', 'assignedAt'] },
    { id: 'other', form: ['note'], more: [] },
    {
      id: 'belongs',
      form: [],
      more: ['invalidReasonId', 'invalidNote', 'convertedAt', 'createdAt', 'updatedAt', 'createdBy'],
    },
  ],
  followUp: [{ id: 'basics', form: ['kind', 'contactId', 'text', 'happenedAt', 'nextAt'], more: ['authorId'] }],
}
/** Where fields stand that nobody has put anywhere. */
export const OWN_GROUP = 'own'
/** Said by the page itself, or written nowhere. */
const NOT_LAID: ReadonlySet<string> = new Set(['customerId', 'poolId', 'deletedAt', 'lastFollowUpAt', 'createdBy'])

const shownIn = (key: string, form: boolean): LayoutField => ({ key, form, page: true, panel: true })
const canForm = (field: FieldDescriptor): boolean => field.readOnly !== true

/** The layout of a kind of record that nobody has arranged: the company's fields behind the program's own. */
export function standardLayout(entity: EntityDescriptor): Layout {
  const byKey = new Map(entity.fields.map((field) => [field.key, field]))
  const laid = (keys: readonly string[], form: boolean): LayoutField[] =>
    keys.filter((key) => byKey.has(key)).map((key) => shownIn(key, form))
  const groups = (STANDARD[entity.name] ?? []).map(
    ({ id, form, more }): LayoutGroup => ({
      id,
      label: null,
      columns: 1,
      isFolded: false,
      fields: [...laid(form, true), ...laid(more, false)],
    }),
  )
  return withOthers(entity, groups)
}

/** The group of a field of the program: the one that the standard has it in, or where others of that group stand now. */
function homeOf(entity: EntityDescriptor, key: string, groups: readonly LayoutGroup[]): string {
  const standard = (STANDARD[entity.name] ?? []).find(({ form, more }) => form.includes(key) || more.includes(key))
  if (!standard || groups.some(({ id }) => id === standard.id)) return standard?.id ?? OWN_GROUP
  const others = new Set([...standard.form, ...standard.more])
  return groups.find(({ fields }) => fields.some((field) => others.has(field.key)))?.id ?? standard.id
}

/** Fields that stand nowhere yet come last in their group, so that a new one is never lost; those of the company in one of their own. */
function withOthers(entity: EntityDescriptor, groups: readonly LayoutGroup[]): Layout {
  const there = new Set(groups.flatMap(({ fields }) => fields.map(({ key }) => key)))
  const missing = entity.fields
    .filter(({ key }) => !there.has(key) && !NOT_LAID.has(key))
    .map((field) => shownIn(field.key, isCustomKey(field.key) && canForm(field)))
  const homes = missing.map((field) => ({ field, home: homeOf(entity, field.key, groups) }))
  const more = (id: string): LayoutField[] => homes.flatMap(({ field, home }) => (home === id ? [field] : []))
  const known = new Set(groups.map(({ id }) => id))
  const added = [...new Set(homes.map(({ home }) => home))].filter((id) => !known.has(id))
  // The company's own stay behind the program's.
  added.sort((a, b) => Number(a === OWN_GROUP) - Number(b === OWN_GROUP))
  return {
    groups: [
      ...groups.map((group) => ({ ...group, fields: [...group.fields, ...more(group.id)] })),
      ...added.map((id): LayoutGroup => ({ id, label: null, columns: 1, isFolded: false, fields: more(id) })),
    ],
  }
}

/**
 * How a record of a kind is laid out: as the company arranged it, with what has been added since, without what has been put away; the one
 * answer for form, page and panel. Without a stored layout the standard one.
 */
export function layoutOf(entity: EntityDescriptor, stored: Layout | null): Layout {
  if (!stored) return standardLayout(entity)
  const byKey = new Map(entity.fields.map((field) => [field.key, field]))
  const seen = new Set<string>()
  const groups = stored.groups.map((group) => ({
    ...group,
    fields: group.fields.flatMap((laid): LayoutField[] => {
      const field = byKey.get(laid.key)
      if (!field || seen.has(laid.key)) return []
      seen.add(laid.key)
      // A record without a name could not be made.
      const must = field.key === entity.title
      return [{ ...laid, form: (laid.form || must) && canForm(field), page: laid.page || must }]
    }),
  }))
  return withOthers(entity, groups)
}

export type Laid = { readonly group: LayoutGroup; readonly fields: readonly FieldDescriptor[] }

/** Whoever edits a record as a whole sees what its page shows beside what its form asks. */
const stands = (laid: LayoutField, place: Place | 'edit'): boolean => (place === 'edit' ? laid.form || laid.page : laid[place])

/** What of a layout shows in one place, group by group; groups with nothing in them are left out. */
export function laidIn(entity: EntityDescriptor, { groups }: Layout, place: Place | 'edit'): Laid[] {
  const byKey = new Map(entity.fields.map((field) => [field.key, field]))
  return groups.flatMap((group) => {
    const fields = group.fields.flatMap((laid) => (stands(laid, place) ? (byKey.get(laid.key) ?? []) : []))
    return fields.length > 0 ? [{ group, fields }] : []
  })
}

/** Puts a field somewhere else: before another one of the same or another group, or at a group's end. */
export function moveField(layout: Layout, key: string, to: { group: string; before: string | null }): Layout {
  const moved = layout.groups.flatMap(({ fields }) => fields.filter((field) => field.key === key))[0]
  if (!moved || key === to.before) return layout
  return {
    groups: layout.groups.map((group) => {
      const others = group.fields.filter((field) => field.key !== key)
      if (group.id !== to.group) return { ...group, fields: others }
      const at = to.before === null ? -1 : others.findIndex((field) => field.key === to.before)
      return { ...group, fields: at < 0 ? [...others, moved] : [...others.slice(0, at), moved, ...others.slice(at)] }
    }),
  }
}

/** One step up or down; out of a group into its neighbour. */
export function stepField(layout: Layout, key: string, by: -1 | 1): Layout {
  const at = layout.groups.findIndex(({ fields }) => fields.some((field) => field.key === key))
  const group = layout.groups[at]
  if (!group) return layout
  const place = group.fields.findIndex((field) => field.key === key)
  const neighbour = group.fields[place + (by < 0 ? -1 : 2)]
  if (by < 0 ? place > 0 : place < group.fields.length - 1)
    return moveField(layout, key, { group: group.id, before: neighbour?.key ?? null })
  const next = layout.groups[at + by]
  return next ? moveField(layout, key, { group: next.id, before: by < 0 ? null : (next.fields[0]?.key ?? null) }) : layout
}
