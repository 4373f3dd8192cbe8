import type { ContactEdit } from '../../../src-shared/features/contacts/model.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import { cleanPhone } from '../customers/public.ts'

/** The one cleaning of contact fields, for form, inline edit and pasted cells alike. */
export const cleanContact = <Values extends ContactEdit>(values: Values): Values => ({
  ...values,
  ...(values.name === undefined ? {} : { name: cleanText(values.name) }),
  ...(values.phone ? { phone: cleanPhone(values.phone) } : {}),
  ...(values.phone2 ? { phone2: cleanPhone(values.phone2) } : {}),
})
export const derivedOf = (values: ContactEdit): Record<string, string> =>
  values.name === undefined ? {} : { nameSort: sortKey(values.name) }
