import { LEAD_STATUSES, leadEntity } from '../../../src-shared/features/leads/entity.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { cleanName, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { formatPhone } from '../../../src-shared/kernel/cleaning/phoneDisplay.ts'
import { keyNumber } from '../../../src-shared/kernel/matching/keyNumber.ts'
import { matchKeys } from '../../../src-shared/kernel/matching/keys.ts'
import { scorePair } from '../../../src-shared/kernel/matching/score.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CleanRow, Importer, Parts, Placing, RowRecord, Values } from '../../kernel/importer.ts'
import { maskValue, mayAskBy, reaches, reachIn } from '../../kernel/policy.ts'
import { customerImporter, mostTelling, ofOneKey } from '../customers/public.ts'
import { askedOfNew, writeLeads } from './importWrite.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const leadOf = (parts: Parts): Values => parts.lead?.[0] ?? {}
/** What a sheet may say of where a lead stands; what became a customer comes in as one. */
const STANDS: readonly string[] = LEAD_STATUSES.filter((status) => status !== 'converted' && status !== 'invalid')

function leave(row: CleanRow, values: Values, key: string, code: string): void {
  row.problems.push({ column: null, level: 'warning', code, detail: String(values[key]).slice(0, 80) })
  delete values[key]
}

function finish(row: CleanRow): void {
  const values = (row.parts.lead ??= [{}])[0] ?? {}
  row.parts.lead = [values]
  // Who asked is the lead where no column says what it is called.
  const name = ['name', 'company', 'person', 'phone'].map((key) => cleanName(text(values[key]))).find((word) => word !== '')
  if (name !== undefined) Object.assign(values, { name, nameSort: sortKey(name) })
  else if (text(values['id']) === '') row.problems.push({ column: null, level: 'error', code: 'leadless' })
  if (values['number'] !== undefined) values['number'] = cleanText(text(values['number']))
  if (text(values['status']) !== '' && !STANDS.includes(text(values['status']))) leave(row, values, 'status', 'lead.closedStatus')
  const [more] = row.more.lead ?? []
  if (more !== undefined) row.problems.push({ column: null, level: 'warning', code: 'phone.left', detail: formatPhone(more) })
}

const NAMED = 'select name, owner_id as ownerId from customer where id = ? and deleted_at is null'

/** Tells a row that looks like a customer who is there: whoever works on both would not know of the other. */
function place(row: CleanRow, { read, actor, matching, now }: Placing): void {
  const values = leadOf(row.parts)
  if (text(values['arrivedAt']) > now || text(values['createdAt']) > now)
    row.problems.push({ column: null, level: 'error', code: 'timeAhead' })
  const record = recordOf(values)
  const keys = matchKeys(record)
  if (keys.length === 0) return
  const { candidates, sees } = customerImporter
  for (const found of read(candidates.sql, candidates.parameter(keys))) {
    const candidate = candidates.read(found, actor)
    if (candidate.deleted || scorePair(record, candidate.record, { matching }).verdict !== 'same') continue
    const [there] = read(NAMED, candidate.id)
    const name = text(there?.['name']) || candidate.name
    const shown = sees(actor, candidate) ? name : String(maskValue('text', name))
    row.problems.push({ column: null, level: 'warning', code: 'lead.customerThere', detail: shown.slice(0, 80) })
    return
  }
}

function recordOf(values: Values): RowRecord {
  const firm = text(values['company']) || text(values['name'])
  const phone = text(values['phone'])
  return {
    phones: phone.startsWith('+') ? [phone] : [],
    ...(firm !== '' && { name: firm }),
    ...(text(values['email']) !== '' && { email: text(values['email']) }),
    ...(text(values['city']) !== '' && { city: text(values['city']) }),
  }
}

/** Leads, compared with leads and customers by the one judgement of the program. */
export const leadImporter: Importer = {
  entity: 'lead',
  parts: [leadEntity],
  identified: ['lead.name', 'lead.company', 'lead.person', 'lead.phone'],
  unidentified: 'leadNotMapped',
  action: 'importedLeads',
  needs: 'leads.create',
  creates: 'leads.create',
  writes: {},
  presentPeople: ['lead.ownerId'],
  repeatable: ['lead.note'],
  words: {
    'lead.status': {
      new: ['新线索', '新', '待跟进', '未跟进', '未处理', '待分配', 'open', 'uncontacted'],
      contacted: ['已联系', '跟进中', '已跟进', '联系中', '处理中', 'working', 'in progress', 'attempted'],
      qualified: ['有意向', '意向', '已确认', '有效', '合格', '高意向', 'hot'],
      converted: ['已转化', '转化', '已转客户', '成交', 'won'],
      invalid: ['无效', '失效', '垃圾', '放弃', 'junk', 'unqualified', 'dead', 'lost'],
    },
  },
  finish,
  finishEdited: (row) => {
    const values = row.parts.lead?.[0]
    if (!values || values['name'] === undefined) return
    const name = cleanName(text(values['name']))
    Object.assign(values, { name, nameSort: sortKey(name) })
  },
  place,
  matchRecord: (parts) => recordOf(leadOf(parts)),
  candidates: {
    sql: `select t.id, t.name, t.company, t.phone, t.email, t.city, t.owner_id as ownerId, e.name as ownerName, t.deleted_at as deletedAt
      from (select distinct d.record_id as id from json_each(?) w
        cross join match_key k on k.key = w.value ->> 0 and k.doc <= min(w.value ->> 1, ${ofOneKey('w.value ->> 0', "= 'lead'")})
        cross join search_doc d on d.id = k.doc and d.entity = 'lead' limit 60) f
      join lead t on t.id = f.id left join employee e on e.id = t.owner_id where t.status not in ('converted', 'invalid')`,
    parameter: (keys, until = Number.MAX_SAFE_INTEGER) =>
      JSON.stringify(mostTelling(keys, ({ kind }) => kind).map((key) => [keyNumber(key), until])),
    read: (row, actor) => ({
      id: text(row['id']),
      name: text(row['name']),
      ownerId: text(row['ownerId']) || null,
      ownerName: mayAskBy(actor, leadEntity, 'ownerId') ? text(row['ownerName']) || null : null,
      deleted: row['deletedAt'] !== null,
      record: recordOf(row),
    }),
  },
  sees: (actor, { ownerId }) =>
    reaches(reachIn(actor, leadEntity, 'read'), ownerId) || (ownerId === null && may(actor, 'leads.assign')),
  asked: askedOfNew,
  write: writeLeads,
}
