import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { isNothing, removeInvisible, toHalfWidth } from './text.ts'

export type PhoneKind = 'mobile' | 'landline' | 'service' | 'foreign'
export type ReadPhone = { readonly e164: string; readonly kind: PhoneKind; readonly extension: string | null }
export type PhoneProblem = {
  /** digitsLost: Excel kept only the first digits; areaCode: a local number without its area; short: 95588 and its like, which have no E.164 form; invalid: digits that are no number. */
  readonly code: 'digitsLost' | 'areaCode' | 'short' | 'invalid'
  readonly text: string
}
export type PhoneCell = {
  readonly phones: readonly ReadPhone[]
  readonly masked: readonly string[]
  readonly problems: readonly PhoneProblem[]
}

/** Mobile ranges given out by 2025, after libphonenumber's plan and 149 (China Telecom). */
const MOBILE = /^1(?:610\d|740[0-5])\d{6}$|^1(?:[38]\d|4[579]|[59][0-35-9]|6[25-7]|7[0-35-8])\d{8}$/
/** Three-digit areas whose local numbers all have eight digits; a seventh digit missing there cannot be dialled. After libphonenumber's plan of 2026. */
export const EIGHT =
  '311|371|377|379|411|431|432|451|51[0-9]|523|527|531|532|551|571|57[3-7]|579|591|595|731|755|757|760|769|791|871|898'
export const AREA =
  '3(?:1\\d|35|49|5\\d|7[0-79]|9[1-68])|4(?:1[125-9]|2[179]|[35][1-9]|6[47-9]|7\\d|8[23])|5(?:[1357]\\d|2[37]|4[36]|6[1-46]|80|9[1-9])|6(?:3[1-35]|6[0238]|9[12])|7(?:01|[1579]\\d|2[248]|3[014-9]|4[3-6]|6[023689])|8(?:1[236-8]|2[5-7]|[37]\\d|5[14-9]|8[36-8]|9[1-8])|9(?:0[1-3689]|1[1-79]|3\\d|4[13]|5[1-5]|7[0-79]|9\\d)'
/** Landlines: 10 and 2x have eight digits; elsewhere both seven and eight are met, as cities went over one by one. */
const LANDLINE = new RegExp(`^(?:(?:10|2[0-57-9]|${EIGHT})[1-9]\\d{7}|(?!${EIGHT})(?:${AREA})[1-9]\\d{6,7})$`)

const GAP = '[\\s\\-._()·]{0,3}'
const CHINA = `(?:(?:\\+\\s?\\(?|00\\s?|\\()?86\\)?${GAP}(?:\\+\\s?86${GAP})?)`
/** 转801, -801, #801, (801), ext. 801, 分机号：801, ;ext=801, 按2; a year or the beginning of a date is none. */
const EXTENSION =
  '(?:\\s{0,2}(?:[-,;]?\\s?(?:转?分机号?|内线|转|轉|ext(?:ension)?[.=]?|x)|-|#|\\*|按|\\((?:转|轉)?分?机?(?!(?:19|20)\\d\\d\\D))\\s{0,2}:?\\s?(\\d{1,6})\\)?(?![\\d年月:线门条路楼]|[-/.]\\d))?'
/** The last digits of a further number: 8888 1111/2222, 8888 1111/12/13. */
const TAILS = '((?:\\s?[/、~]\\s?\\d{1,4}(?![\\d年月日号楼室层栋、.)]|\\s?-\\s?\\d))*)'
const MASKED = new RegExp(
  `(?<![\\d*])${CHINA}?(?<![\\d*])((?:0\\d{2,3}-?)?\\d{0,8}[-\\s]?[*x]{2,}[-\\s]?[\\d*]{0,8})(?![\\d*])`,
  'gi',
)
/** Signs that hide digits; dots, dashes and the like only between digits or behind seven of them. */
const HIDING = /[●•✱✲﹡×○◆◇■□█▇▓★☆※⚫]+/g
const HIDING_BETWEEN = /(?<=\d[ -]?)(?:[.·]{3,}|…+|[_?#]{3,}|-{4,})(?=[ -]?\d)|(?<=\d{7})(?:[.·]{3,}|…+|[_?#]{3,}|-{4,})$/g
const FOREIGN = new RegExp(
  `(?<!\\d)(?:(?:\\+\\s?|00(?!0))(?!86[\\s\\-.()]*[01345678])([1-9](?:[\\s\\-.()]{0,2}\\d){6,14})|\\(?(85[23]|886(?=[\\s)-]))\\)?[\\s-]{0,2}(\\d(?:[\\s-]?\\d){7,8}))(?!\\d)${EXTENSION}`,
  'gi',
)
const MOBILE_FORM = new RegExp(
  `(?<!\\d)(?:${CHINA}(?:\\(?0\\)?${GAP})?|\\(?0\\)?[\\s-]?)?(1[3-9]\\d(?:[\\s\\-._·]{0,3}\\d){8})(?!\\d)${TAILS}${EXTENSION}`,
  'gi',
)
const TWO_MOBILES = /(?<!\d)(1[3-9]\d{9})(1[3-9]\d{9})(?!\d)/g
const SERVICE = new RegExp(`(?<!\\d)${CHINA}?([48]00(?:[\\s\\-.]{0,3}\\d){7})(?!\\d)${TAILS}${EXTENSION}`, 'gi')
const LANDLINE_FORM = new RegExp(
  `(?<!\\d)(?:${CHINA}\\(?0?\\)?|\\(?0|\\((?=\\d{2,3}\\))|(?=\\d{2,3}-\\d{7,8}(?!\\d)))${GAP}((?:10|2\\d|[3-9]\\d{2})${GAP}[1-9](?:[\\s\\-.]{0,3}\\d){6,7})(?!\\d)${TAILS}${EXTENSION}`,
  'gi',
)
const LOCAL = new RegExp(`(?<!\\d)([2-8]\\d{2,3}[\\s-]?\\d{4})(?!\\d)${TAILS}${EXTENSION}`, 'gi')
/** Numbers that the whole country dials alike (1010 8888, 950 1234 5678), and 96xxx behind an area: all have an E.164 form. */
const NATIONWIDE = new RegExp(`(?<!\\d)${CHINA}?(1010[\\s-]?\\d{4}|950[\\s-]?\\d{3,4}[\\s-]?\\d{4})(?!\\d)${EXTENSION}`, 'gi')
const AREA_SERVICE = /(?<!\d)\(?0(10|2\d|[3-9]\d{2})[)\s-]{1,2}(96\d{3,4})(?!\d)/g
/** 95588, 10086, 12345: answered only inside the country. */
const SHORT = /^\D{0,12}((?:9[56]\d{3,4}|10\d{3}|12\d{3})(?:(?:-|转|#)\d{1,6})?)\D{0,12}$/
const SCIENTIFIC = /(?<![\d.])(\d)(?:\.(\d+))?e(\+?)(\d{1,2})(?!\d)/gi
/** Numbers that are no telephone: e-mail, QQ, postcode, dates. */
const OTHER_NUMBERS =
  /[\w.+-]+@[\w.-]+|(?:qq|扣扣)(?:号码?)?[\s:]*\d{5,11}|(?:邮政编码|邮编)[\s:]*\d{6}|(?<!\d)(?:19|20)\d{2}(?:年|[-/.](?=\d{1,2}[-/.]\d{1,2}(?!\d)))\d{1,2}(?:月|[-/.])(?:\d{1,2}日?)?/gi
const OTHER_SIGN = /[@年]|qq|扣扣|邮|(?:19|20)\d\d[-/.]\d/i
/** Stands where a number was taken out, so that later patterns never read across it. */
const TAKEN = '\u0001'

type Found = { readonly at: number; readonly phone?: ReadPhone; readonly masked?: string; readonly problem?: PhoneProblem }

/**
 * All numbers of one cell in the order in which they stand, in E.164 (ITU-T) with their extension apart. Numbers that share a head
 * (0571-8888 1111/2222) or an area are completed. What is destroyed or doubtful is a problem with the text it stands in, never a
 * guess; masked numbers (138****8000) come back as masked.
 */
export function readPhones(cell: string | number, options: { readonly areaCode?: string } = {}): PhoneCell {
  const raw = typeof cell === 'number' ? String(cell) : cell
  if (raw.length === 11 && MOBILE.test(raw)) return one(phone(`+86${raw}`, 'mobile'))
  const plain = readPlain(raw)
  if (plain) return plain
  if (isNothing(raw)) return NO_PHONES
  // A cell of pages is no cell of numbers, and patterns take their time with it.
  if (raw.length > LONGEST) return { phones: [], masked: [], problems: [{ code: 'invalid', text: raw.slice(0, 40) }] }
  const text = normalise(raw)
  const short = SHORT.exec(text)?.[1]
  if (short !== undefined) return { phones: [], masked: [], problems: [{ code: 'short', text: short }] }
  const whole = readWhole(text)
  if (whole) return one(whole)
  return new Scan(text).run(options.areaCode)
}

const PLAIN_MOBILE = /^(?:\+86[ -]?|86 ?)?(1\d\d)([ -]?)(\d{4})\2(\d{4})$/
const PLAIN_LINE =
  /^(?:\(0(10|2\d|[3-9]\d\d)\)|0(10|2\d|[3-9]\d\d)[- ]?|\+86[ -]?(?!85[23]|886)(10|2\d|[3-9]\d\d)[ -])([2-9]\d{6,7})(?:转(\d{1,6}))?$/
const PLAIN_MASKED = /^1[3-9]\d\*{4}\d{4}$/
const LONGEST_PLAIN = 24

/** The notations that most cells have, read at one look; null for all others, which go the long way and would be read alike. */
function readPlain(raw: string): PhoneCell | null {
  if (raw.length > LONGEST_PLAIN) return null
  const text = plainSigns(raw)
  if (text === null) return null
  const mobile = PLAIN_MOBILE.exec(text)
  if (mobile) {
    const digits = `${mobile[1]}${mobile[3]}${mobile[4]}`
    return MOBILE.test(digits) ? one(phone(`+86${digits}`, 'mobile')) : null
  }
  const line = PLAIN_LINE.exec(text)
  if (line) {
    const digits = `${line[1] ?? line[2] ?? line[3]}${line[4]}`
    return LANDLINE.test(digits) ? one(phone(`+86${digits}`, 'landline', line[5])) : null
  }
  return PLAIN_MASKED.test(text) ? { phones: NONE, masked: [text], problems: NONE } : null
}

const NONE: readonly never[] = []
const one = (only: ReadPhone): PhoneCell => ({ phones: [only], masked: NONE, problems: NONE })

/** Half-width digits; null where any sign stands that needs a second look. */
function plainSigns(raw: string): string | null {
  let isWide = false
  for (let at = 0; at < raw.length; at++) {
    const code = raw.charCodeAt(at)
    if (code >= 0xff10 && code <= 0xff19) isWide = true
    // Blank ( ) * + - and digits, 转.
    else if (
      !(code === 0x20 || (code >= 0x28 && code <= 0x2d && code !== 0x2c) || (code >= 0x30 && code <= 0x39) || code === 0x8f6c)
    )
      return null
  }
  return (isWide ? toHalfWidth(raw) : raw).trim()
}

const LONGEST = 1000
const NO_PHONES: PhoneCell = { phones: [], masked: [], problems: [] }

/** A cell that is one number and nothing else: however it is cut into groups, and landlines whose zero a spreadsheet has dropped. */
function readWhole(text: string): ReadPhone | null {
  if (!/^[\d\s.,_·()+*/-]{9,40}$/.test(text)) return null
  const digits = text
    .replace(/[\s._·()-]+/g, '')
    .replace(/^(1\d\d)[*/](\d{4})[*/](?=\d{4}$)/, '$1$2')
    .replace(/^(?:\+?86|0086)(?=1\d{10}$)/, '')
  if (MOBILE.test(digits)) return phone(`+86${digits}`, 'mobile')
  const thousands = /^\d{1,3}(?:,\d{3}){3}$/.test(text) ? text.replaceAll(',', '') : ''
  if (MOBILE.test(thousands)) return phone(`+86${thousands}`, 'mobile')
  const lost = /^(?:10|[2-9]\d{1,2})[2-8]\d{6,7}$/.test(text) && !/^[48]00\d{7}$|^85[23]\d{8}$/.test(text)
  return lost && LANDLINE.test(text) ? phone(`+86${text}`, 'landline') : null
}

/** One cell, read pattern after pattern; what a pattern has taken no later one sees. */
class Scan {
  private rest: string
  private readonly found: Found[] = []

  constructor(text: string) {
    this.rest = text
  }

  run(areaCode: string | undefined): PhoneCell {
    if (OTHER_SIGN.test(this.rest)) this.rest = this.rest.replace(OTHER_NUMBERS, (taken) => TAKEN.repeat(taken.length))
    this.take(SCIENTIFIC, ([text = '', ...parts]) => readScientific(text, parts))
    this.take(MASKED, ([, body = '']) => {
      const masked = readMasked(body)
      return masked === null ? null : { masked }
    })
    this.take(FOREIGN, ([, plus = '', near = '', local = '', extension = '']) =>
      readForeign(plus === '' ? near + local : plus, extension),
    )
    this.take(SERVICE, ([, body = '', tails = '', extension = ''], at) =>
      this.several(body.replace(/\D/g, ''), 'service', tails, extension, at),
    )
    this.take(TWO_MOBILES, ([, first = '', second = ''], at) => {
      if (!MOBILE.test(first) || !MOBILE.test(second)) return null
      this.found.push({ at: at - 0.5, phone: phone(`+86${first}`, 'mobile') })
      return { phone: phone(`+86${second}`, 'mobile') }
    })
    this.take(MOBILE_FORM, ([, body = '', tails = '', extension = ''], at) => {
      const digits = body.replace(/\D/g, '')
      return MOBILE.test(digits) && plausibleGroups(body) ? this.several(digits, 'mobile', tails, extension, at) : null
    })
    this.take(NATIONWIDE, ([, body = '', extension = '']) => ({
      phone: phone(`+86${body.replace(/\D/g, '')}`, 'service', extension),
    }))
    this.take(AREA_SERVICE, ([, area = '', number = '']) => ({ phone: phone(`+86${area}${number}`, 'service') }))
    this.take(LANDLINE_FORM, ([text = '', body = '', tails = '', extension = ''], at) => {
      const digits = body.replace(/\D/g, '')
      return LANDLINE.test(digits)
        ? this.several(digits, 'landline', tails, extension, at)
        : { problem: { code: 'invalid', text } }
    })
    this.take(LOCAL, ([text = '', body = '', tails = '', extension = ''], at) => {
      const digits = (this.areaBefore(at) ?? areaCode?.replace(/^0/, '') ?? '') + body.replace(/\D/g, '')
      if (LANDLINE.test(digits)) return this.several(digits, 'landline', tails, extension, at)
      return { problem: { code: 'areaCode', text: text.trim() } }
    })
    this.take(/\d(?:[\s\-.()]{0,2}\d){5,}/g, ([text = '']) => ({ problem: { code: 'invalid', text: text.trim() } }))
    return collect(this.found.sort((a, b) => a.at - b.at))
  }

  private take(pattern: RegExp, read: (match: readonly string[], at: number) => Omit<Found, 'at'> | null): void {
    pattern.lastIndex = 0
    let kept = ''
    let from = 0
    for (let match = pattern.exec(this.rest); match !== null; match = pattern.exec(this.rest)) {
      const entry = read(match, match.index)
      if (!entry) continue
      this.found.push({ at: match.index, ...entry })
      kept += this.rest.slice(from, match.index) + TAKEN.repeat(match[0].length)
      from = match.index + match[0].length
    }
    if (from > 0) this.rest = kept + this.rest.slice(from)
  }

  /** The number, and those of which only the last digits stand behind it: …1111/2222, …1111/12. */
  private several(digits: string, kind: PhoneKind, tails: string, extension: string, at: number): Omit<Found, 'at'> {
    let inner = extension
    for (const [order, tail] of (tails.match(/\d+/g) ?? []).entries()) {
      // Three digits that do not continue the number are an extension: 8888 1111/801.
      if (tail.length === 3 && (tail[1] === '0' || !digits.slice(0, -2).endsWith(tail.charAt(0)))) inner ||= tail
      else this.found.push({ at: at + 0.01 * (order + 1), phone: phone(`+86${digits.slice(0, -tail.length)}${tail}`, kind) })
    }
    return { phone: phone(`+86${digits}`, kind, inner) }
  }

  /** 0571-88881111、88882222: the second number is of the same area. */
  private areaBefore(at: number): string | undefined {
    const before = this.found.filter((one) => one.at < at && one.phone?.kind === 'landline').sort((a, b) => b.at - a.at)[0]
    const national = before?.phone?.e164.slice(3)
    return national === undefined ? undefined : national.slice(0, /^(?:10|2)/.test(national) ? 2 : 3)
  }
}

/** 1.3805126621E+10 has all its digits; 1.38051E+10 has lost them. */
function readScientific(text: string, [lead = '', decimals = '', plus = '', power = '']: readonly string[]): Omit<Found, 'at'> {
  // Programs, unlike spreadsheets, write no plus and leave out nothing but closing zeros.
  const whole = decimals.length >= Number(power) || (plus === '' && decimals.length >= 8)
  if (!whole) return { problem: { code: 'digitsLost', text } }
  const digits = lead + decimals.slice(0, Number(power)).padEnd(Number(power), '0')
  return MOBILE.test(digits) ? { phone: phone(`+86${digits}`, 'mobile') } : { problem: { code: 'invalid', text } }
}

function collect(found: readonly Found[]): PhoneCell {
  const phones = new Map<string, ReadPhone>()
  for (const { phone: one } of found) {
    const key = one ? `${one.e164}/${one.extension ?? ''}` : ''
    if (one && !phones.has(key)) phones.set(key, one)
  }
  return {
    phones: [...phones.values()],
    masked: [...new Set(found.flatMap((entry) => (entry.masked === undefined ? [] : [entry.masked])))],
    problems: found.flatMap((entry) => (entry.problem ? [entry.problem] : [])),
  }
}

const phone = (e164: string, kind: PhoneKind, extension = ''): ReadPhone => ({
  e164,
  kind,
  extension: extension === '' ? null : extension,
})

const CHINESE_DIGITS: Readonly<Record<string, string>> = Object.fromEntries(
  ['零〇○', '一壹幺', '二贰', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap((signs, digit) =>
    [...signs].map((sign) => [sign, String(digit)]),
  ),
)
const CHINESE_NUMBER = /[零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖](?:[-\s]?[零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]){6,}/g

function normalise(raw: string): string {
  let text = toHalfWidth(removeInvisible(raw))
    .replace(/[‐‑‒–—―−﹣ー]/g, '-')
    .replace(/[[【〔]/g, '(')
    .replace(/[\]】〕]/g, ')')
    .replace(/^\s*['‘’`]\s*/, '')
    .trim()
  if (/[零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{3}/.test(text))
    text = text.replace(CHINESE_NUMBER, (run) => run.replace(/[^-\s]/g, (sign) => CHINESE_DIGITS[sign] ?? sign))
  return text
    .replace(HIDING, (run) => '*'.repeat(run.length))
    .replace(HIDING_BETWEEN, '****')
    .replace(/(\d{7,})\.0+(?!\d)/g, '$1')
    .replace(/(?<!\d)(0\d{2,3})\/(?=\d{7,8}(?!\d))/g, '$1-')
    .replace(/(\+\d[\d\s-]{0,4})\(0\)(?!\s*1)/g, '$1 ')
}

/** People write 3-4-4, 3-8, 7-4, 3-3-5: a group of one or two digits beside other text means that numbers ran together or a digit is missing. */
function plausibleGroups(body: string): boolean {
  const groups = body.split(/\D+/)
  return groups.length <= 4 && groups.every((group) => group.length >= 3)
}

/** A mobile is filled up to its eleven places, so that 138**8000 and 138xxxx8000 are one text: 138****8000. */
function readMasked(body: string): string | null {
  const plain = body.replace(/[\s-]/g, '').replace(/x/gi, '*')
  const [, head = '', tail = ''] = /^(\d*)\*+(\d*)$/.exec(plain) ?? []
  if (head.length + tail.length < 3) return null
  const hidden = 11 - head.length - tail.length
  return /^1[3-9]\d/.test(head) && hidden > 0 ? `${head}${'*'.repeat(hidden)}${tail}` : plain
}

function readForeign(digits: string, extension: string): Omit<Found, 'at'> | null {
  const parsed = parsePhoneNumberFromString(`+${digits.replace(/\D/g, '')}`)
  return parsed?.isValid() && parsed.countryCallingCode !== '86' ? { phone: phone(parsed.number, 'foreign', extension) } : null
}
