import { readEmails } from '../../cleaning/email.ts'
import { readPhones } from '../../cleaning/phone.ts'
import { cleanText, toHalfWidth } from '../../cleaning/text.ts'
import { birthOf } from './values.ts'

/** What a column is compared as. `serial`: numbers the rows and nothing else; `empty`: nothing to compare. */
export type FieldKind =
  | 'name'
  | 'given'
  | 'surname'
  | 'contact'
  | 'phone'
  | 'email'
  | 'address'
  | 'house'
  | 'place'
  | 'postcode'
  | 'region'
  | 'birth'
  | 'credit'
  | 'code'
  | 'category'
  | 'text'
  | 'serial'
  | 'empty'
export type Field = { readonly column: number; readonly header: string; readonly kind: FieldKind }

/** Headers by kind, the first that fits counts; compared in lower case without blanks, underscores and brackets. */
const HEADERS: readonly (readonly [FieldKind, RegExp])[] = [
  ['serial', /^(?:row(?:id|no|number)?|lineno|序号|行号|no|#|index)$/],
  ['credit', /信用代码|税号|纳税人识别号|组织机构代码|营业执照号/],
  ['email', /e?mail|邮箱|邮件|电邮/],
  ['phone', /phone|mobile|tel(?!ler)|cell|fax|电话|手机|联系方式|座机|号码$|传真/],
  ['birth', /birth|^dob|born|生日|出生/],
  ['postcode', /post(?:al)?_?code|zip|邮编|邮政编码|^plz$/],
  ['house', /street(?:number|no|nr)|house(?:number|no)|^number$|门牌/],
  ['given', /given|first|fore(?:name)?|^vorname|^名$/],
  ['surname', /sur(?:name)?$|last(?:name)?$|family(?:name)?$|lname|^姓$|姓氏|nachname/],
  ['contact', /contact|attention|联系人|联络人|对接人|负责人|经办人|法人|法定代表人/],
  ['region', /^(?:state|province|region|county|country)|省份|^省$|国家/],
  ['place', /city|town|suburb|locality|village|place|城市|^市$|^区$|区县|县区|地区|所在地/],
  ['address', /addr|street|road|地址|住址|街道|详细地址/],
  ['name', /name|company|customer|client|organi[sz]ation|account|firm|名称|公司|单位|企业|客户|姓名|全称|抬头|商户|店名/],
  ['code', /(?:^|[^a-z])id$|id$|code|ssn|socsec|passport|身份证|证件|编号|代码|卡号|会员号|工号/],
]
/** A header that says it is about the customer but holds no name of his. */
const NOT_A_NAME =
  /(?:类型|类别|等级|级别|来源|状态|阶段|行业|规模|标签|经理|编号|代码|id$|type|level|status|source|owner|file|user|备注)/

const SAMPLE = 400

/** Says for each column what it is compared as, by its header first and by its cells where the header says nothing or is belied. */
export function recogniseColumns(header: readonly string[], rows: readonly (readonly string[])[]): Field[] {
  const fields = header.map((title, column) => {
    const cells = sampleOf(rows, column)
    return { column, header: title, kind: kindOf(plainHeader(title), cells) }
  })
  return oneName(fields)
}

const plainHeader = (title: string): string =>
  toHalfWidth(cleanText(title))
    .toLowerCase()
    .replace(/\([^()]*\)|[\s_\-*:.]/g, '')

function sampleOf(rows: readonly (readonly string[])[], column: number): string[] {
  const cells: string[] = []
  const step = Math.max(1, Math.floor(rows.length / (SAMPLE * 2)))
  for (let at = 0; at < rows.length && cells.length < SAMPLE; at += step) {
    const cell = cleanText(rows[at]?.[column] ?? '')
    if (cell !== '') cells.push(cell)
  }
  return cells
}

const share = (cells: readonly string[], fits: (cell: string) => boolean): number =>
  cells.length === 0 ? 0 : cells.filter(fits).length / cells.length

const looksPhone = (cell: string): boolean => {
  const { phones, masked } = readPhones(cell)
  return phones.length + masked.length > 0
}
const looksEmail = (cell: string): boolean => readEmails(cell).emails.length > 0 || /\w@\w/.test(toHalfWidth(cell))
const looksNumber = (cell: string): boolean => /^[\d\s.+\-/]+$/.test(cell)

function kindOf(header: string, cells: readonly string[]): FieldKind {
  if (cells.length === 0) return 'empty'
  const named = HEADERS.find(([kind, words]) => words.test(header) && !(kind === 'name' && NOT_A_NAME.test(header)))?.[0]
  const kind = named === undefined || belied(named, cells) ? byContent(cells) : named
  return kind === 'code' || kind === 'serial' ? codeKind(header, kind, cells) : kind
}

/** 电话 over a column of names, birth over anything but dates: the cells win. */
function belied(kind: FieldKind, cells: readonly string[]): boolean {
  if (kind === 'email') return share(cells, looksEmail) < 0.3
  if (kind === 'phone') return share(cells, (cell) => /\d{3}|\d\*/.test(toHalfWidth(cell))) < 0.4
  if (kind === 'birth') return share(cells, (cell) => birthOf(cell) !== null) < 0.5
  if (kind === 'postcode' || kind === 'house') return share(cells, (cell) => /\d/.test(cell)) < 0.5
  if (kind === 'name' || kind === 'given' || kind === 'surname' || kind === 'contact') return share(cells, looksNumber) > 0.5
  return false
}

function byContent(cells: readonly string[]): FieldKind {
  if (share(cells, looksEmail) > 0.6) return 'email'
  if (share(cells, (cell) => birthOf(cell) !== null) > 0.8 && distinct(cells) > 0.2) return 'birth'
  if (share(cells, looksPhone) > 0.6) return 'phone'
  if (share(cells, (cell) => /(?:公司|集团|厂|事务所|合作社|工作室|商行)(?:\)|）)?$/.test(cell)) > 0.4) return 'name'
  if (share(cells, (cell) => /[省市区县州].*(?:路|街|道|巷|镇|村|号|楼)/.test(cell)) > 0.4) return 'address'
  if (distinct(cells) < 0.1 || new Set(cells).size <= 2) return 'category'
  if (share(cells, (cell) => /^[A-Za-z]{0,6}[-_]?\d{3,}[A-Za-z\d-]*$/.test(cell)) > 0.8) return 'code'
  return 'text'
}

const distinct = (cells: readonly string[]): number => new Set(cells).size / cells.length

/** Codes of which every row has its own say nothing about duplicates; few values of many rows are classes. */
function codeKind(header: string, kind: FieldKind, cells: readonly string[]): FieldKind {
  if (kind === 'serial') return 'serial'
  if (distinct(cells) < 0.1) return 'category'
  return /^(?:身份证|证件|ssn|socsec|passport)/.test(header) ? 'code' : kind
}

/** One column is the customer's name; a second 名称 (of a product, of the salesman) is text. A contact without a customer is the customer. */
function oneName(fields: readonly Field[]): Field[] {
  const person = fields.some(({ kind }) => kind === 'given' || kind === 'surname')
  let named = false
  const once = fields.map((field) => {
    if (field.kind !== 'name') return field
    if (named) return { ...field, kind: 'text' as const }
    named = true
    return field
  })
  if (named || person) return once
  const contact = once.findIndex(({ kind }) => kind === 'contact')
  return once.map((field, at) => (at === contact ? { ...field, kind: 'name' as const } : field))
}
