import { z } from 'zod'
import { isBirthday } from '../../kernel/birthday.ts'
import { CustomCells, CustomValues } from '../../kernel/custom/model.ts'
import { idOf } from '../../kernel/ids.ts'
import { line } from '../../kernel/line.ts'
import { Instant } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'

export const ContactId = idOf<'contact'>()
export type ContactId = z.infer<typeof ContactId>
const text = (max: number) => z.string().max(max).nullable()

/** A person at a customer. Phones E.164. */
export const ContactValues = z.strictObject({
  name: line(200),
  title: text(100),
  phone: text(40),
  phone2: text(40),
  email: text(254),
  wechat: text(100),
  /** YYYY-MM-DD, or --MM-DD where the year is not known. */
  birthday: z.string().max(10).refine(isBirthday, 'notABirthday').nullable(),
  isPrimary: z.boolean(),
  note: text(20000),
  /** Fields that the company added, by key; those not named stay as they are. */
  custom: CustomValues,
})
export const NewContact = ContactValues.partial().required({ name: true }).extend({ customerId: CustomerId })
export type NewContact = z.infer<typeof NewContact>
export const ContactEdit = ContactValues.partial()
export type ContactEdit = z.infer<typeof ContactEdit>
export const Contact = ContactValues.extend({
  id: ContactId,
  name: z.string(),
  customerId: CustomerId,
  customerName: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
  custom: CustomCells.optional(),
  customNames: z.record(z.string(), z.string()).optional(),
  /** In lists: false where the reader may look and no more. */
  mayEdit: z.boolean().optional(),
  version: z.number().int(),
}).strip()
export type Contact = z.infer<typeof Contact>
