import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { MADE_CUSTOMER } from '../../../src-shared/features/customers/said.ts'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import { quoteEntity } from '../../../src-shared/features/quotes/entity.ts'
import { cleanName, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { lineEntity } from '../../../src-shared/kernel/documents/lineEntity.ts'
import { saysLine } from '../../../src-shared/kernel/documents/sheetLines.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CleanRow, Importer, Placing, Values } from '../../kernel/importer.ts'
import { documentsKnownBy } from '../../kernel/records/sheetDocuments.ts'
import { callLines, leave, tidyLines } from '../../kernel/records/sheetRowLines.ts'
import { newCustomerKey } from '../customers/public.ts'
import { placeDeal, SAID_OF_DEAL } from '../opportunities/public.ts'
import { askedOfNew, writeQuotes } from './importWrite.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const lines = lineEntity('quoteLine', 'quote_line', 'quotes')

function tidy(row: CleanRow, values: Values): void {
  const name = cleanText(text(values['name']))
  if (name === '') delete values['name']
  else Object.assign(values, { name, nameSort: sortKey(name) })
  if (values['number'] !== undefined) values['number'] = cleanText(text(values['number']))
  for (const key of ['discountFen', 'totalFen'] as const)
    if (typeof values[key] === 'number' && values[key] < 0) leave(row, values, key, 'amount.negative')
  if (text(values['validUntil']) !== '' && text(values['validUntil']) < text(values['quotedOn']))
    leave(row, values, 'validUntil', 'endsEarly')
}

function finish(row: CleanRow): void {
  const values = (row.parts.quote ??= [{}])[0] ?? {}
  row.parts.quote = [values]
  tidy(row, values)
  // What waits for a decision, or had one, is asked about here again.
  if (['pending', 'approved'].includes(text(values['status']))) leave(row, values, 'status', 'quote.asked')
  row.parts.quoteLine = (row.parts.quoteLine ?? []).filter(saysLine)
  tidyLines(row, row.parts.quoteLine)
  const isCalled = ['name', 'number', 'id'].some((key) => text(values[key]) !== '')
  if (!isCalled) row.problems.push({ column: null, level: 'error', code: 'quoteless' })
}

function place(row: CleanRow, given: Placing): void {
  const values = row.parts.quote?.[0] ?? {}
  placeDeal(row, given, values)
  const offered = callLines(row.parts.quoteLine ?? [], given)
  if (text(values['quotedOn']) > given.today || text(values['createdAt']) > given.now)
    row.problems.push({ column: null, level: 'warning', code: 'dayAhead' })
  if (text(values['name']) !== '') return
  const said = [cleanName(text(row.parts.customer?.[0]?.['name'])), offered].filter((part) => part !== '')
  const name = (said.join(' · ') || text(values['number'])).slice(0, 200)
  if (name !== '') Object.assign(values, { name, nameSort: sortKey(name) })
}

/** Quotes with their lines, one row a line or one a quote. */
export const quoteImporter: Importer = {
  entity: 'quote',
  parts: [quoteEntity, lines, customerEntity, contactEntity, opportunityEntity],
  lookedUp: { quoteLine: lines.fields.map(({ key }) => key), ...SAID_OF_DEAL },
  identified: ['quote.number', 'quote.name'],
  unidentified: 'quoteNotMapped',
  action: 'importedQuotes',
  gathers: () => true,
  needs: 'quotes.create',
  creates: 'quotes.create',
  writes: {},
  makes: MADE_CUSTOMER,
  presentPeople: [],
  repeatable: ['quote.note'],
  headers: {
    'customer.name': ['客户', '公司', '需方', '购买方', 'account', 'account name', 'customer', 'company'],
    'opportunity.number': ['商机编号', '商机号', 'opportunity id', 'opportunity number'],
    'opportunity.name': ['商机', '商机名称', '关联商机', 'opportunity', 'opportunity name', 'deal'],
  },
  words: {
    'quote.status': {
      draft: ['草稿', '未发送', '待发送', '新建', 'new', 'open'],
      pending: ['审批中', '待审批', 'in approval'],
      approved: ['已批准', '已审批', '审批通过'],
      sent: ['已发送', '已报价', '已发出', '报价中', '待客户确认', 'submitted', 'presented'],
      accepted: ['已接受', '已成交', '成交', '客户接受', '已确认', 'won', 'confirmed'],
      rejected: ['已拒绝', '拒绝', '未成交', '客户拒绝', '输单', 'declined', 'lost'],
      expired: ['已过期', '过期', '失效'],
    },
  },
  finish,
  finishEdited: (row) => {
    const values = row.parts.quote?.[0]
    if (values) tidy(row, values)
  },
  place,
  ...documentsKnownBy(quoteEntity, 'quotedOn', (said) => newCustomerKey(said)),
  asked: askedOfNew,
  write: writeQuotes,
}
