import { z } from 'zod'
import { CustomCells, CustomValues } from '../../kernel/custom/model.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { TagName } from '../tags/model.ts'
import { CUSTOMER_KINDS, CUSTOMER_LEVELS, CUSTOMER_STATUSES } from './entity.ts'

export const CustomerId = idOf<'customer'>()
export type CustomerId = z.infer<typeof CustomerId>

const text = (max: number) => z.string().max(max).nullable()

/** What a user sets. Phones E.164 (or the text as given when it is no number), province/city/district by today's divisions. */
export const CustomerValues = z.strictObject({
  name: z.string().trim().min(1, 'required').max(5000),
  kind: z.enum(CUSTOMER_KINDS),
  level: z.enum(CUSTOMER_LEVELS).nullable(),
  status: z.enum(CUSTOMER_STATUSES),
  ownerId: z.string().nullable(),
  phone: text(40),
  phone2: text(40),
  email: text(254),
  website: text(2000),
  creditCode: text(40),
  industry: text(100),
  source: text(100),
  province: text(40),
  city: text(40),
  district: text(40),
  address: text(2000),
  note: text(20000),
  nextFollowUpAt: Instant.nullable(),
  tags: z.array(TagName).max(50),
  /** Fields that the company added, by key; those not named stay as they are. */
  custom: CustomValues,
})
export type CustomerValues = z.infer<typeof CustomerValues>

/** What a form sends: only the name is a must. */
export const NewCustomer = CustomerValues.partial().required({ name: true })
export type NewCustomer = z.infer<typeof NewCustomer>

/** Tags are added or taken away, never replaced: who saves did not see the one a colleague added meanwhile. */
export const TagEdit = z.strictObject({
  addTags: z.array(TagName).max(50).optional(),
  removeTags: z.array(TagName).max(50).optional(),
})

export const CustomerEdit = CustomerValues.omit({ tags: true }).partial().extend(TagEdit.shape)
export type CustomerEdit = z.infer<typeof CustomerEdit>

/** What the reader may do with one customer, beyond what his role says of all: whom he owns, whom he only helps with, who lies in a pool. */
export const MayDo = z.strictObject({
  edit: z.boolean(),
  remove: z.boolean(),
  transfer: z.boolean(),
  release: z.boolean(),
  /** Write down what happened, and add files. */
  say: z.boolean(),
})
export type MayDo = z.infer<typeof MayDo>

/** A row as the caller may see it: a hidden field is null, a masked one shows its mask. `ownerName` spares every list a second call. */
export const Customer = CustomerValues.extend({
  id: CustomerId,
  name: z.string(),
  kind: z.enum(CUSTOMER_KINDS).nullable(),
  status: z.enum(CUSTOMER_STATUSES).nullable(),
  ownerName: z.string().nullable(),
  /** By the rule of the company, or brought along by an import. */
  number: z.string().nullable(),
  contactCount: z.number().int().optional(),
  /** In lists: the main contact, or the oldest where none is said to be, and his number. */
  contactName: z.string().nullable().optional(),
  contactPhone: z.string().nullable().optional(),
  lastFollowUpAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  /** The pool the customer lies in; then nobody owns him. */
  poolId: z.string().nullable(),
  poolName: z.string().nullable(),
  poolEnteredAt: Instant.nullable(),
  ownerSince: Instant.nullable(),
  wonAt: Instant.nullable(),
  /** The day he goes into a pool when nothing happens until then, and the rule that takes him there. */
  poolDueOn: z.string().nullable(),
  poolRule: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdByName: z.string().nullable().optional(),
  deletedAt: Instant.nullable(),
  issue: z.string().nullable(),
  custom: CustomCells.optional(),
  /** Beside the company's fields that name a customer: what he is called, where the reader sees him. */
  customNames: z.record(z.string(), z.string()).optional(),
  /** Only of one customer in full. */
  may: MayDo.optional(),
  /** In lists: false where the reader may look and no more. */
  mayEdit: z.boolean().optional(),
  version: z.number().int(),
}).strip()
export type Customer = z.infer<typeof Customer>

/** Somebody already there who looks like the one being written; masked where the caller may not see the row. */
export const Lookalike = z.strictObject({
  id: CustomerId.nullable(),
  name: z.string(),
  ownerName: z.string().nullable(),
  /** The keys it was found by. */
  because: z.array(z.enum(['phone', 'core', 'code', 'email', 'pinyin'])),
  /** Whether matching takes it for the same; otherwise a person decides. */
  sure: z.boolean(),
  /** What speaks for it, the strongest first; `explain` makes a sentence of it. */
  reasons: z.array(z.string()),
  visible: z.boolean(),
  deleted: z.boolean(),
  /** The pool he lies in; nobody owns him then. */
  poolName: z.string().nullable(),
  /** The caller may claim him from it. */
  claimable: z.boolean(),
  /** Names him in a question to his owner, where his id is not told; of no use to anybody else. */
  ref: z.string(),
})
export type Lookalike = z.infer<typeof Lookalike>
