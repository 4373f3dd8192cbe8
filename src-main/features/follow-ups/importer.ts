import { MADE_CUSTOMER, SAID_OF_CUSTOMER } from '../../../src-shared/features/customers/said.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { AUTHOR_SAID, withAuthorSaid } from '../../../src-shared/features/follow-ups/authorSaid.ts'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { cleanName } from '../../../src-shared/kernel/cleaning/text.ts'
import type { CleanRow, Importer, Likeness, Parts, Placing, RowKey, RowRecord } from '../../kernel/importer.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { newCustomerKey, placeUnderCustomer, seesByCustomer } from '../customers/public.ts'
import { askedOfNew, writeFollowUps } from './importWrite.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
/** Clocks of two computers differ a little. */
const TOLERANCE_MS = 10 * 60_000

function finish(row: CleanRow): void {
  const said = (row.parts.followUp ??= [{}])[0] ?? {}
  row.parts.followUp = [said]
  if (text(said['text']) === '' && text(said['id']) === '') row.problems.push({ column: null, level: 'error', code: 'textless' })
  const happenedAt = text(said['happenedAt'])
  const author = text(said[AUTHOR_SAID])
  delete said[AUTHOR_SAID]
  if (author !== '') said['text'] = withAuthorSaid(text(said['text']), author)
  const unread = row.problems.findIndex(({ code }) => code === 'happenedAt.unread')
  const told = row.problems[unread]
  // Taken for now, it would stand before all that was said since.
  if (told) row.problems[unread] = { ...told, level: 'error' }
  else if (happenedAt === '' && !said['id']) row.problems.push({ column: null, level: 'warning', code: 'dateless' })
  if (happenedAt !== '' && text(said['nextAt']) !== '' && text(said['nextAt']) < happenedAt) {
    delete said['nextAt']
    row.problems.push({ column: null, level: 'warning', code: 'nextBeforeNow' })
  }
}

const CONTACTS = `select t.id, t.name from contact t where t.customer_id = ? and t.deleted_at is null limit 200`

function place(row: CleanRow, given: Placing): void {
  const said = row.parts.followUp?.[0]
  if (!said) return
  if (text(said['happenedAt']) !== '' && Date.parse(text(said['happenedAt'])) > Date.parse(given.now) + TOLERANCE_MS)
    row.problems.push({ column: null, level: 'error', code: 'inTheFuture' })
  const customerId = placeUnderCustomer(row, given, 'read')
  if (customerId === null) return
  said['customerId'] = customerId
  const name = cleanName(text(row.parts.contact?.[0]?.['name']))
  if (name === '' || !may(given.actor, 'contacts.read')) return
  const same = given.read(CONTACTS, customerId).filter((one) => cleanName(text(one['name'])) === name)
  if (same.length === 1) said['contactId'] = same[0]?.['id']
  else row.problems.push({ column: null, level: 'warning', code: 'contact.unknown', detail: name.slice(0, 80) })
}

function matchRecord(parts: Parts): RowRecord {
  const said = parts.followUp?.[0] ?? {}
  const own = {
    text: text(said['text']),
    kind: text(said['kind']) || null,
    at: text(said['happenedAt']).slice(0, 16) || null,
    author: text(said['authorId']) || null,
  }
  return { name: own.text.slice(0, 80), phones: [], own }
}

/** What was said to whom: a conversation is looked for among those of its customer with the same words. */
function keys(parts: Parts): RowKey[] {
  const said = parts.followUp?.[0] ?? {}
  const whose = text(said['customerId']) || `new ${newCustomerKey(parts.customer?.[0] ?? {})}`
  return text(said['text']) === '' ? [] : [{ kind: 'own', key: JSON.stringify([whose, said['text']]) }]
}

/**
 * The same words at the same minute in the same way are the same conversation, so that a file imported twice does not double the history;
 * 未接电话 at ten and at three are two. What the file does not say cannot tell them apart.
 */
function compare({ own: row }: RowRecord, { own: there }: RowRecord): Likeness {
  const fits = (key: string): boolean => !row?.[key] || !there?.[key] || row[key] === there[key]
  const same = row?.['text'] === there?.['text'] && fits('at') && fits('kind')
  return same
    ? { verdict: 'same', bits: 20, score: 1, reasons: [{ code: 'textSame', weight: 20 }] }
    : { verdict: 'different', bits: -20, score: 0, reasons: [] }
}

type Row = Record<'id' | 'text' | 'kind' | 'happenedAt', string> & Record<'authorId' | 'ownerId' | 'ownerName', string | null>

const candidates: Importer['candidates'] = {
  sql: `select f.id, f.text, f.kind, f.happened_at as happenedAt, f.author_id as authorId, c.owner_id as ownerId, e.name as ownerName
    from json_each(?) w cross join follow_up f on f.customer_id = w.value ->> 0 and f.text = w.value ->> 1
    join customer c on c.id = f.customer_id left join employee e on e.id = c.owner_id where f.deleted_at is null limit 200`,
  parameter: (found) => `[${found.map(({ key }) => key).join(',')}]`,
  read: (found, actor) => {
    const row = found as Row
    return {
      id: row.id,
      name: row.text.slice(0, 80),
      ownerId: row.ownerId,
      ownerName: mayAskBy(actor, customerEntity, 'ownerId') ? row.ownerName : null,
      deleted: false,
      record: matchRecord({ followUp: [row] }),
    }
  },
}

/** What was said to customers, when and by whom; the customer and the contact are found, not imported. */
export const followUpImporter: Importer = {
  entity: 'followUp',
  parts: [followUpEntity, customerEntity, contactEntity],
  lookedUp: { customer: SAID_OF_CUSTOMER, contact: ['name'] },
  identified: ['followUp.text', 'followUp.id'],
  unidentified: 'followUpNotMapped',
  action: 'importedFollowUps',
  needs: 'followUps.write',
  creates: 'followUps.write',
  writes: {},
  makes: MADE_CUSTOMER,
  presentPeople: [],
  repeatable: ['followUp.text'],
  headers: {
    'followUp.text': ['沟通内容', '拜访内容', '拜访记录', '内容', 'text', 'content'],
    'followUp.kind': ['沟通方式', '跟进类型', '方式', 'follow-up type', 'kind'],
    'followUp.happenedAt': [
      '沟通时间',
      '拜访时间',
      '时间',
      '日期',
      'follow-up time',
      'activity date',
      'happened',
      'date',
      'time',
    ],
    'followUp.nextAt': ['下次跟进', '下次跟进时间', '下次联系时间', '下次联系', 'next follow-up'],
    'followUp.authorId': ['记录人', '跟进人员', '拜访人', '填写人', '业务员', '销售', '负责人', 'followed up by'],
  },
  words: {
    'followUp.kind': {
      call: ['电话', '打电话', '通话', '电话沟通', '去电', '来电', '电话跟进', '电话联系', 'phone', 'phone call', 'call'],
      visit: ['拜访', '上门', '上门拜访', '面谈', '见面', '来访', '实地拜访', '拜访客户', 'meeting', 'on site', 'visit'],
      wechat: ['微信', '微信沟通', 'wx', '企业微信', '微信跟进', 'wechat'],
      email: ['邮件', '邮箱', '邮件沟通', 'mail', 'e-mail', 'email'],
      note: ['备注', '其他', '其它', '记录', 'other', 'note'],
    },
  },
  finish,
  // Nothing of what was said follows from anything else.
  finishEdited: () => undefined,
  place,
  matchRecord,
  keys,
  compare,
  candidates,
  sees: (actor, candidate) => may(actor, 'followUps.read') && seesByCustomer(actor, candidate),
  asked: askedOfNew,
  write: writeFollowUps,
}
