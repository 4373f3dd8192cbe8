import { toHalfWidth } from '../../kernel/cleaning/text.ts'
import { isCustomKey } from '../../kernel/entity.ts'
import { type ColumnContent, readContent } from './columnContent.ts'
import { type Header, headerKey, normalHeader, squeeze } from './headerWords.ts'
import { type Offer, peopleOfFirms, personalPhones } from './personPhones.ts'

export { isTotalRow } from './headerRow.ts'
export { headerFingerprint, headerKey } from './headerWords.ts'

export type SheetColumn = { readonly header: string; readonly samples: readonly string[] }
/** A field that a column can go to, as the slice's entity descriptor tells it. */
export type MappingTarget = {
  readonly entity: string
  readonly field: string
  readonly type: string
  readonly synonyms: readonly string[]
  /** Takes several columns (tags, notes, further contacts). */
  readonly repeatable?: boolean
}
/** `at`: to which contact of the row, counted from 0; without it the nth column of a field goes to the nth. */
export type TargetKey = { readonly entity: string; readonly field: string; readonly at?: number | undefined }
export type ColumnMapping = {
  readonly column: number
  readonly target: TargetKey | null
  /** 1 = the header says exactly this; below 0.55 nothing is proposed. */
  readonly confidence: number
  readonly because: 'synonym' | 'content' | 'memory' | 'none'
}

const ENOUGH = 0.55
const NO_NAME = /^(?:列|栏|column|col|field|f|字段|备用|其他|资料|信息|数据|未命名|unnamed:?)?[\s_]*\d*$|^[a-z]{1,2}$/i
/** Columns that number the rows or belong to the exporting program. */
const NOT_OURS =
  /^(?:序号|编号|行号|no|id|#|seq|index|row|提交时间|提交者|填写时间|开始时间|结束时间|更新时间|修改时间|答题时长|.* \d label)$/

/**
 * Proposes for each column the field it goes to: by remembered choice, else by the header's words, else by what the cells look like.
 * Each field is given once (unless it is repeatable), the surest column first.
 */
export function mapColumns(
  columns: readonly SheetColumn[],
  targets: readonly MappingTarget[],
  memory?: ReadonlyMap<string, TargetKey | null>,
): ColumnMapping[] {
  const named = targets.map((target) => ({ ...target, synonyms: withSibling(target, targets) }))
  const results: ColumnMapping[] = columns.map((_, column) => ({ column, target: null, confidence: 0, because: 'none' }))
  const used = new Set<number>()
  const done = new Set<number>()
  const give = (column: number, index: number, confidence: number, because: ColumnMapping['because']): void => {
    const target = targets[index]
    results[column] = {
      column,
      target: target ? { entity: target.entity, field: target.field } : null,
      confidence: Math.min(1, confidence),
      because,
    }
    done.add(column)
    if (target && !target.repeatable) used.add(index)
  }
  const headers = columns.map(({ header }) => normalHeader(header))
  for (const [column, { header }] of columns.entries()) {
    const index = remembered(memory?.get(headerKey(header)), targets)
    if (index === null || used.has(index)) continue
    give(column, index, 1, 'memory')
    const { target } = results[column] as ColumnMapping
    const at = memory?.get(headerKey(header))?.at
    if (target && at !== undefined) results[column] = { ...(results[column] as ColumnMapping), target: { ...target, at } }
  }
  const all = columns.flatMap((column, at) => (done.has(at) ? [] : offersFor(column, at, named)))
  const given = columns.map(({ samples }, at) => ({ header: headers[at] as Header, samples, given: keyOf(results[at]?.target) }))
  const sheet = { columns: given, targets }
  const neighbours = isPerson(targets[0]) ? all : personalPhones(peopleOfFirms(all, sheet), sheet, ENOUGH)
  const offers = lonelyLess(neighbours, targets, headers)
  offers.sort((a, b) => b.score - a.score || a.target - b.target || a.column - b.column)
  for (const { column, target, score, because } of offers) {
    if (score >= ENOUGH && !done.has(column) && !used.has(target)) give(column, target, score, because)
  }
  const stand = standIn(headers, targets, results)
  if (stand) give(stand.column, stand.target, ENOUGH, 'synonym')
  return numbered(results, headers, targets)
}

const CUSTOMER_NUMBER =
  /^(?:客户|顾客|会员|用户|买家|往来单位|customer|client|account|member|buyer) ?(?:编号|编码|代码|号码?|卡号|id|no|number|code)?$/

/** A list of orders may name its customers by nothing but a number: better than no name, and shown as in need of a look. */
function standIn(
  headers: readonly Header[],
  targets: readonly MappingTarget[],
  results: readonly ColumnMapping[],
): { column: number; target: number } | null {
  const target = targets.findIndex(({ entity, field }) => entity === 'customer' && field === 'name')
  const isNamed = results.some((one) => one.target?.field === 'name' && one.target.entity !== 'followUp')
  if (target < 0 || isNamed) return null
  const column = headers.findIndex(({ text }, at) => results[at]?.because === 'none' && CUSTOMER_NUMBER.test(text))
  return column < 0 ? null : { column, target }
}

const keyOf = (target: TargetKey | null | undefined): string | null => (target ? `${target.entity}.${target.field}` : null)
const isPerson = (target: MappingTarget | undefined): boolean => target?.entity === 'contact'

/** Where no column names a contact, a second number is the customer's own. */
function lonelyLess(offers: Offer[], targets: readonly MappingTarget[], headers: readonly Header[]): Offer[] {
  const named = offers.some(
    ({ target, score }) => score >= ENOUGH && isPerson(targets[target]) && targets[target]?.field === 'name',
  )
  if (named) return offers
  return offers.map((offer) => {
    const says = /联系人|对接人|contact/.test(headers[offer.column]?.text ?? '')
    return isPerson(targets[offer.target]) && !says ? { ...offer, score: offer.score - LONELY } : offer
  })
}
const LONELY = 0.15

/** Tells the contacts of a row apart: as their headers number them, else a new one begins where a field comes again. */
function numbered(results: ColumnMapping[], headers: readonly Header[], targets: readonly MappingTarget[]): ColumnMapping[] {
  // In a list of people each row is one.
  if (isPerson(targets[0])) return results
  const taken = new Set<string>()
  const met = new Map<string, number>()
  const parts = new Set<string>()
  let current = 0
  return results.map((result, column) => {
    const { target } = result
    const header = headers[column]
    if (!target || !header || !isPerson(targets.find((one) => one.entity === target.entity && one.field === target.field)))
      return result
    const nth = met.get(target.field) ?? 0
    met.set(target.field, nth + 1)
    if (target.at === undefined) {
      if (header.person !== null) current = header.person - 1
      else if (!(header.namePart && !parts.has(`${current} ${header.text}`)))
        while (taken.has(`${target.field} ${current}`)) current++
    } else current = target.at
    taken.add(`${target.field} ${current}`)
    if (header.namePart) parts.add(`${current} ${header.text}`)
    return nth === current && current === 0 ? result : { ...result, target: { ...target, at: current } }
  })
}

/** Index of the remembered field, -1 for "leave it out", null where nothing is remembered or the field is gone. */
function remembered(kept: TargetKey | null | undefined, targets: readonly MappingTarget[]): number | null {
  if (kept === undefined) return null
  if (kept === null) return -1
  const index = targets.findIndex((one) => one.entity === kept.entity && one.field === kept.field)
  return index < 0 ? null : index
}

/** phone2 answers to all that phone answers to, a little less surely. */
function withSibling(target: MappingTarget, targets: readonly MappingTarget[]): readonly string[] {
  const base = target.field.endsWith('2')
    ? targets.find((one) => one.entity === target.entity && one.field === target.field.slice(0, -1))
    : undefined
  return base ? [...target.synonyms, ...base.synonyms] : target.synonyms
}

function offersFor(column: SheetColumn, at: number, targets: readonly MappingTarget[]): Offer[] {
  const content = readContent(column.samples)
  const header = normalHeader(column.header)
  const offers: Offer[] = []
  if (NOT_OURS.test(header.text)) return offers
  for (const [index, target] of targets.entries()) {
    const said = nameScore(header, target)
    const seen = contentScore(content, target)
    if (said > 0) {
      const score = said + (seen.agrees ? 0.06 : 0) - (seen.denies ? 0.35 : 0)
      offers.push({ column: at, target: index, score, because: 'synonym' })
    }
    // Cells alone decide only where the header says nothing: a date under 提交时间 is not the customer's.
    if (seen.alone > 0 && NO_NAME.test(header.text))
      offers.push({ column: at, target: index, score: seen.alone, because: 'content' })
  }
  return offers
}

/** How surely the words of the header mean this field. */
function nameScore(header: Header, target: MappingTarget): number {
  let best = 0
  for (const [at, part] of header.parts.entries()) {
    const whole = at === 0 ? 1 : 0.93
    for (const raw of target.synonyms) {
      const synonym = squeeze(toHalfWidth(raw).toLowerCase())
      best = Math.max(best, wordScore(part, synonym) * whole)
    }
  }
  return best === 0 ? 0 : best + entityHint(header, target) + ordinalHint(header, target)
}

function ordinalHint({ ordinal }: Header, { field }: MappingTarget): number {
  const second = field.endsWith('2')
  if (ordinal > 1) return second ? 0.1 : -0.12
  return second ? -0.05 : 0
}

const FILLERS = /(?:信息|情况|内容|资料|名称|号码|明细|全称|一次|最近|最新|所在|所属|主要|常用)/g

const NUMBER_OF = /(?:编号|编码|代码|序号|简称|助记码|\b(?:id|code|no|number))$/
/** 锁定状态, 付款时间, order status: of something that no field here is about. */
const OTHER_THINGS =
  /锁定|审批|审核|付款|支付|发货|物流|快递|订单|运单|下单|合同|签约|开票|发票|银行|账户|产品|商品|竞争|修改|更新|停用|消费|修订|\b(?:modified|updated|payment|shipping|order|invoice|bank|product|label|pageviews)\b/
/** Words that people use for one another in headers. */
const oneWord = (text: string): string =>
  text
    .replace(/日期/g, '时间')
    .replace(/住址|居住地址?/g, '地址')
    .replace(/电邮|邮件地址|邮箱地址/g, '邮箱')
    .replace(/移动电话/g, '手机')
    .replace(/帐/g, '账')

function wordScore(part: string, synonym: string): number {
  if (part === synonym) return 1
  const plain = oneWord(part.replace(/[\d一二三四](?=$|[一-龥])/g, '').trim())
  if (plain === oneWord(synonym)) return 0.97
  // 客户编号, customer id: a number of the record, not the record.
  if (NUMBER_OF.test(plain) && !NUMBER_OF.test(synonym)) return 0
  // 是否公海 is answered by yes or no, and names no pool.
  if (plain.startsWith('是否') && !synonym.startsWith('是否')) return 0
  if (OTHER_THINGS.test(plain) && !OTHER_THINGS.test(synonym)) return 0
  const chinese = /[一-龥]/.test(part)
  if (chinese !== /[一-龥]/.test(synonym)) return 0
  return chinese ? chineseScore(plain, synonym) : latinScore(plain, synonym)
}

/** In Chinese the last word says what it is: 采购联系人电话 is a phone. */
function chineseScore(part: string, synonym: string): number {
  const [bare, wanted] = [part.replace(FILLERS, ''), synonym.replace(FILLERS, '')]
  const share = synonym.length / part.length
  if (bare === wanted && bare.length >= 2) return 0.9
  if (synonym.length < 2) return 0
  if (part.endsWith(synonym)) return 0.72 + 0.2 * share
  if (bare.endsWith(wanted) && wanted.length >= 2) return 0.68 + 0.2 * share
  if (part.includes(synonym)) return 0.3 + 0.2 * share
  return synonym.endsWith(part) && part.length >= 2 ? 0.5 + 0.3 / share : 0
}

function latinScore(part: string, synonym: string): number {
  if (part.replace(/ /g, '') === synonym.replace(/ /g, '')) return 0.98
  const words = part.split(' ')
  const wanted = synonym.split(' ')
  if (wanted.every((word) => words.includes(word)))
    return words.at(-1) === wanted.at(-1)
      ? 0.7 + 0.2 * (wanted.length / words.length)
      : 0.25 + 0.2 * (wanted.length / words.length)
  return 0
}

/** 联系人手机 belongs to the contact, 公司电话 to the customer. */
function entityHint({ text: header, ordinal }: Header, target: MappingTarget): number {
  const contact = /联系人|对接人|收货人|收件人|经办人|contact(?! owner)|attn/.test(header)
  const company = /公司|客户|单位|企业|甲方|company|customer|account/.test(header)
  if (target.entity === 'contact') return contact ? 0.08 : company ? -0.2 : 0
  if (target.entity === 'followUp') return /跟进|沟通|拜访|follow/.test(header) && target.field !== 'authorId' ? 0.06 : 0
  if (target.entity !== 'customer') return 0
  if (company) return 0.08
  // The phone of a second contact is not the customer's second phone.
  return contact ? (ordinal > 1 ? -0.5 : -0.08) : 0
}

type Seen = { readonly agrees: boolean; readonly denies: boolean; readonly alone: number }

/** What the cells say about a field: in favour, against, or enough by themselves. */
function contentScore(content: ColumnContent, target: MappingTarget): Seen {
  // What the company added is known by its name alone.
  if (isCustomKey(target.field)) return { agrees: false, denies: false, alone: 0 }
  const share = shareFor(content, target)
  if (share === null || content.filled === 0) return { agrees: false, denies: false, alone: 0 }
  const strict = target.type === 'phone' || target.type === 'email' || target.field === 'address' || target.type === 'link'
  const other = Math.max(content.phone, content.email, content.link, content.creditCode)
  return {
    agrees: share >= 0.6,
    denies: content.filled >= 2 && share === 0 && (strict ? target.type === 'email' || other >= 0.6 : other >= 0.8),
    alone: share >= 0.7 ? 0.55 + 0.25 * share : 0,
  }
}

function shareFor(content: ColumnContent, { entity, field, type }: MappingTarget): number | null {
  if (type === 'phone') return field === 'phone' ? content.phone : content.phone * 0.7
  if (type === 'email') return content.email
  if (type === 'link') return content.link
  if (field === 'creditCode') return content.creditCode
  if (field === 'address' || field === 'detail') return content.address
  if (field === 'name' && entity === 'customer') return content.company
  if (field === 'name' && entity === 'contact') return content.person
  return null
}
