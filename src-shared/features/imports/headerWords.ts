import { cleanText, toHalfWidth } from '../../kernel/cleaning/text.ts'

/** What a set of headers is remembered by: order and marks do not matter. */
export const headerFingerprint = (headers: readonly string[]): string =>
  headers
    .map((header) => normalHeader(header).text)
    .filter((text) => text !== '')
    .toSorted()
    .join('|')

/** The form in which a single header is remembered. */
export const headerKey = (header: string): string => normalHeader(header).text

export type Header = {
  readonly text: string
  readonly parts: readonly string[]
  readonly ordinal: number
  /** Which contact of the row it speaks of (联系人2 手机 → 2); null where it does not say. */
  readonly person: number | null
  /** 姓 or 名 alone, first name or last name: two columns of one name. */
  readonly namePart: boolean
}

const NUMERALS = '一二三四五六七八九'
const PERSON =
  /(?:联系人|对接人|contact(?: person)?)\s*([1-9一二三四五六七八九])(?!\d)|第([1-9一二三四五六七八九])(?:个|位)?(?:联系人|对接人)|(备用|其他|次要|另一)(?:联系人|对接人)|(?:second|other) (contact)/
const NAME_PART = /^(?:姓|名|姓氏|名字|first name|last name|given name|family name|surname|forename)$/
/** What kind of address or number it is says nothing about the field. */
const KIND_OF =
  /^(?:default address|billing|mailing|business|work|home|primary|main|organi[sz]ation|商务|单位|公司|家庭|办公|收货|默认)\s*(?=.)/

function personOf(text: string): number | null {
  const found = PERSON.exec(text)
  if (!found) return null
  const numeral = found[1] ?? found[2]
  if (numeral === undefined) return 2
  return NUMERALS.includes(numeral) ? NUMERALS.indexOf(numeral) + 1 : Number(numeral)
}

/** 联系人2 手机 → 联系人 手机. */
const withoutPerson = (text: string): string =>
  text
    .replace(/第[1-9一二三四五六七八九](?:个|位)?(?=联系人|对接人)|(?:备用|其他|次要|另一)(?=联系人|对接人)/g, '')
    .replace(/(联系人|对接人|contact(?: person)?)\s*[1-9一二三四五六七八九](?!\d)/g, '$1')
    .replace(/(?:second|other) (?=contact)/g, '')

/** 您的公司名称是？ → 公司名称; *手机号码（必填） → 手机号码; customer_name, contactName → words; 电话2 keeps its number apart. */
export function normalHeader(raw: string): Header {
  const half = toHalfWidth(cleanText(raw))
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/(\d) ?- ?(?:value|formatted)$/, '$1')
  const bare = half
    .replace(/\((?:必填|选填|可选|非必填|required|optional|\d+位|[^()]{0,4}格式[^()]*|多个[^()]*|如[^()]*)\)/g, '')
    .replace(/[*:?!"'“”。;]+/g, ' ')
    .replace(/^\s*\d{1,2}[.、]\s*/, '')
    .trim()
  const inner = /\(([^()]+)\)/.exec(bare)?.[1] ?? ''
  const text = squeeze(bare.replace(/\([^()]*\)/g, ' '))
  const person = personOf(text)
  const named = person === null ? text : squeeze(withoutPerson(text))
  const ordinal = Number(/(?:^|[^\d])([2-9])(?=$|[一-龥])/.exec(named)?.[1] ?? (/(?:其他|备用|第二|另一)/.test(named) ? 2 : 1))
  const pieces = bare
    .replace(/\([^()]*\)/g, ' ')
    .split(/[/|,，、\n]|(?<=[一-龥]) (?=[a-z])|(?<=[a-z.]) (?=[一-龥])/)
    .map(squeeze)
    .filter((piece) => piece !== '')
  const kind = named.replace(KIND_OF, '')
  return {
    text,
    parts: [...new Set([named, ...(kind === named ? [] : [kind]), ...pieces, ...(inner === '' ? [] : [squeeze(inner)])])].filter(
      (part) => part !== '',
    ),
    ordinal,
    person,
    namePart: NAME_PART.test(named),
  }
}

export function squeeze(text: string): string {
  const words = text.replace(/[_\-.\s]+/g, ' ').trim()
  return /[一-龥]/.test(words)
    ? words
        .replace(/\s+/g, '')
        .replace(/^(?:请问?|请?(?:填写|输入|选择))?(?:您|你|贵)(?:们)?(?:的|所在的|所在)?/, '')
        .replace(/(?:是什么|是|为|吗|呢)$/, '')
    : words.replace(/\b(?:no|nr|num)$/, '').trim()
}
