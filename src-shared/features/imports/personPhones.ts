import type { Header } from './headerWords.ts'

export type Offer = {
  readonly column: number
  readonly target: number
  readonly score: number
  readonly because: 'synonym' | 'content'
}
type Column = { readonly header: Header; readonly samples: readonly string[]; readonly given: string | null }
type Sheet = { readonly columns: readonly Column[]; readonly targets: readonly { entity: string; field: string }[] }

/** 公司电话, 座机, fax: the firm's own wherever it stands. */
const OF_FIRM =
  /公司|单位|企业|办公|商务|座机|固话|固定|总机|前台|传真|热线|\b(?:company|office|business|work|main|landline|fax|switchboard|hotline)\b/
const SAYS_MOBILE = /手机|移动|\b(?:mobile|cell)/
const MOBILE = /^(?:\+?(?:00)?86[- ]?)?1[3-9]\d[-\s]?[\d*]{4}[-\s]?\d{4}$/
/** What sheets put between a person and his number. */
const OF_PERSON = /^(?:性别|称呼|部门|所在部门|生日|年龄|qq|身份证(?:号码?)?|gender|department|salutation|birthday)$/
const MOSTLY = 0.6
const SURE = 0.94

const SAYS_FIRM = /公司|单位|企业|店|厂|商户|\b(?:company|organi[sz]ation|business|account|shop|firm)\b/
const SAYS_PERSON = /姓名$|^(?:full )?name$/

/** 客户姓名 beside 公司名称, Name beside Company: where another column names the firm, a personal name is its contact. */
export function peopleOfFirms(offers: readonly Offer[], sheet: Sheet): Offer[] {
  const [firm, person] = [indexOf(sheet, 'customer.name'), indexOf(sheet, 'contact.name')]
  const headerOf = (column: number): string => sheet.columns[column]?.header.text ?? ''
  const names = offers.filter(({ target, score }) => target === firm && score >= SURE)
  if (person < 0 || !names.some(({ column }) => SAYS_FIRM.test(headerOf(column)))) return [...offers]
  const people = new Set(names.map(({ column }) => column).filter((column) => SAYS_PERSON.test(headerOf(column))))
  return [
    ...offers.filter(({ column }) => !people.has(column)),
    ...[...people].map((column): Offer => ({ column, target: person, score: SURE, because: 'synonym' })),
  ]
}

/**
 * A number right beside the name of a contact is that contact's, not the firm's: 公司, 联系人, 手机. It follows the name, or the name
 * follows it; where 电话 and 手机 both follow, the one that is no mobile stays the firm's, and so does a 电话 that is the only number of
 * the sheet. Without a column of firms the person is the customer, and so is the number.
 */
export function personalPhones(offers: readonly Offer[], sheet: Sheet, enough: number): Offer[] {
  const [main, spare] = ['phone', 'phone2'].map((field) => indexOf(sheet, `contact.${field}`))
  const goes = sheet.columns.map(({ given }, at) => given ?? likeliest(offers, sheet, at, enough))
  if (main === undefined || main < 0 || !goes.includes('customer.name')) return [...offers]
  const people = peopleIn(goes, sheet.columns)
  const moved = new Map<number, number>()
  for (const person of people) {
    const [first, second] = numbersOf(person, goes, sheet.columns)
    if (first !== undefined) moved.set(first, main)
    // The second number of a contact is one column of the whole sheet.
    if (second !== undefined && spare !== undefined && spare >= 0 && people.length === 1) moved.set(second, spare)
  }
  if (people.length === 1) keepSoleNumber(moved, goes, sheet.columns)
  return [
    ...offers.filter(({ column }) => !moved.has(column)),
    ...[...moved].map(([column, target]): Offer => {
      const said = offers.find((offer) => offer.column === column && offer.target === target)
      return { column, target, score: Math.max(SURE, said?.score ?? 0), because: 'synonym' }
    }),
  ]
}

/** The only number of a sheet is where the firm is reached, too: without it the list of customers would show none. A 手机 is somebody's own. */
function keepSoleNumber(moved: Map<number, number>, goes: readonly (string | null)[], columns: readonly Column[]): void {
  const [column] = moved.keys()
  const numbers = goes.filter(isPhone).length
  if (column !== undefined && numbers === 1 && !SAYS_MOBILE.test(wordsOf(columns[column]))) moved.delete(column)
}

const indexOf = ({ targets }: Sheet, key: string): number =>
  targets.findIndex(({ entity, field }) => `${entity}.${field}` === key)

/** Only by what headers say: of a sheet without them nothing is known about neighbours. */
function likeliest(offers: readonly Offer[], { targets }: Sheet, at: number, enough: number): string | null {
  let best: Offer | null = null
  for (const offer of offers)
    if (offer.column === at && offer.because === 'synonym' && offer.score >= enough && offer.score > (best?.score ?? 0))
      best = offer
  const target = best ? targets[best.target] : undefined
  return target ? `${target.entity}.${target.field}` : null
}

type Person = { readonly from: number; readonly to: number }

/** The columns of names; 姓 and 名, first and last name, are one. */
function peopleIn(goes: readonly (string | null)[], columns: readonly Column[]): Person[] {
  const people: { from: number; to: number }[] = []
  for (const [at, key] of goes.entries()) {
    if (key !== 'contact.name') continue
    const last = people.at(-1)
    if (last?.to === at - 1 && columns[at]?.header.namePart && columns[last.to]?.header.namePart) last.to = at
    else people.push({ from: at, to: at })
  }
  return people
}

/** The columns of a person's numbers: the one to call, and a second one. */
function numbersOf({ from, to }: Person, goes: readonly (string | null)[], columns: readonly Column[]): number[] {
  const isLoose = (at: number): boolean => isPhone(goes[at]) && columns[at]?.given == null && !OF_FIRM.test(wordsOf(columns[at]))
  const after: number[] = []
  for (let at = to + 1; isLoose(at) || isAside(goes[at], columns[at]); at++) if (isLoose(at)) after.push(at)
  if (after.length > 0) return theirs(after, columns)
  const before = from - 1
  if (!isLoose(before) || goes[before - 1] === 'contact.name') return []
  // 公司, 电话, 联系人: between the two only a mobile is the person's.
  return isMobile(columns[before]) || !goes[before - 1]?.startsWith('customer.') ? [before] : []
}

const isPhone = (key: string | null | undefined): boolean => /^(?:customer|contact)\.phone2?$/.test(key ?? '')

function isAside(key: string | null | undefined, column: Column | undefined): boolean {
  if (!column) return false
  return key?.startsWith('contact.') ? key !== 'contact.name' && !isPhone(key) : !key && OF_PERSON.test(column.header.text)
}

const wordsOf = (column: Column | undefined): string => (column ? [column.header.text, ...column.header.parts].join(' ') : '')

function isMobile(column: Column | undefined): boolean {
  if (!column) return false
  const filled = column.samples.map((sample) => sample.trim()).filter((sample) => sample !== '')
  const share = filled.length === 0 ? 0 : filled.filter((sample) => MOBILE.test(sample)).length / filled.length
  return SAYS_MOBILE.test(wordsOf(column)) || share >= MOSTLY
}

/** 电话 beside 手机 rings in the office; 电话1 and 电话2, or 手机 and 备用电话, are both the person's. */
function theirs(phones: readonly number[], columns: readonly Column[]): number[] {
  const mobiles = phones.filter((at) => isMobile(columns[at]))
  if (mobiles.length === 0) return phones.slice(0, 2)
  const further = phones.filter((at) => at !== mobiles[0] && (mobiles.includes(at) || (columns[at]?.header.ordinal ?? 1) > 1))
  return [...mobiles.slice(0, 1), ...further.slice(0, 1)]
}
