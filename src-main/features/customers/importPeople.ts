import { text } from '../../../src-shared/features/contacts/text.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { type Actor, fieldRight } from '../../../src-shared/kernel/actor.ts'
import { TITLE } from '../../../src-shared/kernel/matching/keys.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { RowWrite, Values } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireSound } from '../../kernel/records/sound.ts'
import { type StoredRow, updateRow } from '../../kernel/records/write.ts'
import { CONTACT_KEYS, insertRecords } from './importRows.ts'
import { requireContacts } from './importRights.ts'

/** How a contact is called of whom the sheet has no name. */
export const UNNAMED = text['zh-CN']['entity.contact']
const str = (value: unknown): string => (typeof value === 'string' ? value : '')
const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''

const CONTACT_FIELDS = ['name', 'title', 'phone', 'phone2', 'email', 'wechat', 'birthday', 'note'] as const
const isUnnamed = (name: string): boolean => name === UNNAMED || !/\p{L}/u.test(name)

/** One number is often shared: by it alone only 王总 and 王海峰, or somebody without a name, are one person. */
function samePerson(known: StoredRow, contact: Values, phones: readonly unknown[]): boolean {
  if (!phones.includes(known['phone']) && !phones.includes(known['phone2'])) return false
  const [a, b] = [str(known['name']), str(contact['name'])]
  return isUnnamed(a) || isUnnamed(b) || (a[0] === b[0] && (TITLE.test(a) || TITLE.test(b)))
}

const SAYS_NOBODY: ReadonlySet<string> = new Set(['name', 'nameSort', 'phone', 'phone2'])
const isBareNumber = (contact: Values): boolean =>
  contact['name'] === UNNAMED && Object.entries(contact).every(([key, value]) => SAYS_NOBODY.has(key) || isEmpty(value))

/**
 * Where a sheet names contacts, a number beside an empty name is the firm's: a contact called 联系人 would help nobody. Only for who may write
 * the firm's numbers, and where there is room.
 * @returns what the firm gets instead of the contact; null where the contact stays one.
 */
export function numberOfFirm(
  actor: Actor,
  contacts: readonly Values[],
  { firm, mapped }: { firm: Values; mapped: readonly string[] },
): Values | null {
  const [contact] = contacts
  if (!contact || contacts.length > 1 || !isBareNumber(contact) || !mapped.includes('contact.name')) return null
  if (['phone', 'phone2'].some((field) => fieldRight(actor, 'customer', field) !== 'write')) return null
  const stands = [firm['phone'], firm['phone2']].filter((phone) => !isEmpty(phone))
  const news = [contact['phone'], contact['phone2']].filter((phone) => !isEmpty(phone) && !stands.includes(phone))
  if (news.length === 0) return {}
  return stands.length > 0 ? null : { phone: news[0], ...(news.length > 1 ? { phone2: news[1] } : {}) }
}

export async function mergeContacts(
  context: CommandContext,
  write: Pick<Extract<RowWrite, { mode: 'update' | 'fill' }>, 'id' | 'mode'>,
  given: readonly Values[],
  there: readonly StoredRow[],
): Promise<boolean> {
  let changed = false
  const entity = entityIn(context, 'contact')
  const news: Values[] = []
  const mayWritePhone2 = fieldRight(context.actor, 'contact', 'phone2') === 'write'
  for (const contact of given) {
    const phones = [contact['phone'], contact['phone2']].filter((phone) => !isEmpty(phone))
    // Two without a name are not the same person because neither has one.
    const byName = isUnnamed(str(contact['name'])) ? undefined : there.find((one) => one['name'] === contact['name'])
    const known = byName ?? there.find((one) => samePerson(one, contact, phones))
    if (!known) {
      news.push(contact)
      continue
    }
    const values: Values = {}
    const isBlank = (key: string): boolean => isEmpty(known[key]) || (key === 'name' && isUnnamed(str(known[key])))
    for (const key of [...CONTACT_FIELDS, ...entity.fields.map((field) => field.key).filter(isCustomKey)])
      if (!isEmpty(contact[key]) && (isBlank(key) || (write.mode === 'update' && (key !== 'name' || byName))))
        values[key] = contact[key]
    const free = phones.find((phone) => phone !== (values['phone'] ?? known['phone']) && phone !== known['phone2'])
    if (free !== undefined && isEmpty(known['phone2']) && values['phone2'] === undefined && mayWritePhone2)
      values['phone2'] = free
    changed = (await updateRow(context, entity, known, { values })) || changed
  }
  if (news.length > 0) {
    requireContacts(context, news)
    for (const values of news) await requireSound(context, entity, { before: null, values })
    const at = context.now()
    const stamp = { createdAt: at, updatedAt: at, createdBy: context.actor.userId || null, customerId: write.id }
    await insertRecords(
      context,
      entity,
      CONTACT_KEYS,
      news.map((one, index) => ({ ...one, id: context.newId(), isPrimary: index === 0 && there.length === 0 ? 1 : 0, ...stamp })),
    )
  }
  return changed || news.length > 0
}
