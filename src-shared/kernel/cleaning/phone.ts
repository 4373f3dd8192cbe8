import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { isNothing, removeInvisible, toHalfWidth } from './text.ts'

export type PhoneKind = 'mobile' | 'landline' | 'service' | 'foreign'
export type ReadPhone = { readonly e164: string; readonly kind: PhoneKind; readonly extension: string | null }
export type PhoneProblem = {
  /** digitsLost: Excel kept only the first digits; areaCode: a local number without its area; invalid: digits that are no number. */
  readonly code: 'digitsLost' | 'areaCode' | 'invalid'
  readonly text: string
}
export type PhoneCell = {
  readonly phones: readonly ReadPhone[]
  readonly masked: readonly string[]
  readonly problems: readonly PhoneProblem[]
}

/** Mobile ranges given out by 2025, after libphonenumber's plan and 149 (China Telecom). */
const MOBILE = /^1(?:610\d|740[0-5])\d{6}$|^1(?:[38]\d|4[579]|[59][0-35-9]|6[25-7]|7[0-35-8])\d{8}$/
/** Landlines: 10 and 2x have eight digits; behind the three-digit areas both seven and eight are met, as cities went over one by one. */
const LANDLINE =
  /^(?:10|2[0-57-9])[1-9]\d{7}$|^(?:3(?:1\d|35|49|5\d|7[0-79]|9[1-68])|4(?:1[125-9]|2[179]|[35][1-9]|6[47-9]|7\d|8[23])|5(?:[1357]\d|2[37]|4[36]|6[1-46]|80|9[1-9])|6(?:3[1-35]|6[0238]|9[12])|7(?:01|[1579]\d|2[248]|3[014-9]|4[3-6]|6[023689])|8(?:1[236-8]|2[5-7]|[37]\d|5[14-9]|8[36-8]|9[1-8])|9(?:0[1-3689]|1[1-79]|3\d|4[13]|5[1-5]|7[0-79]|9[0-35-9]))[1-9]\d{6,7}$/

const GAP = '[\\s\\-._()·]{0,3}'
const CHINA = `(?:(?:\\+|00)?86${GAP})`
const EXTENSION = '(?:\\s{0,2}(?:-|转分机|转|轉|分机号?|#|,?\\s?ext\\.?|x|\\(转?)\\s{0,2}:?\\s?(\\d{1,6})\\)?(?!\\d))?'
const MASKED = new RegExp(`${CHINA}?(?<![\\d*])((?:0\\d{2,3}-?)?\\d{0,8}[*x●•✱✲﹡×○]{2,}[-\\s]?\\d{0,8})(?![\\d*])`, 'gi')
const FOREIGN =
  /(?<!\d)(?:(?:\+|00)(?!86[\s\-.()]*[01345678])([1-9](?:[\s\-.()]{0,2}\d){6,14})|(85[23])[\s-]{1,2}(\d{4}[\s-]?\d{4}))(?!\d)/g
const MOBILE_FORM = new RegExp(
  `(?<!\\d)(?:${CHINA}(?:\\(?0\\)?${GAP})?|0)?(1[3-9]\\d(?:[\\s\\-._·]{0,2}\\d){8})(?!\\d)${EXTENSION}`,
  'gi',
)
const TWO_MOBILES = /(?<!\d)(1[3-9]\d{9})(1[3-9]\d{9})(?!\d)/g
const SERVICE = new RegExp(`(?<!\\d)${CHINA}?([48]00(?:[\\s\\-.]{0,2}\\d){7})(?!\\d)${EXTENSION}`, 'gi')
const LANDLINE_FORM = new RegExp(
  `(?<!\\d)(?:${CHINA}\\(?0?\\)?|\\(?0|\\((?=\\d{2,3}\\))|(?=\\d{2,3}-\\d{7,8}(?!\\d)))${GAP}((?:10|2\\d|[3-9]\\d{2})${GAP}[1-9](?:[\\s\\-.]{0,2}\\d){6,7})(?!\\d)${EXTENSION}`,
  'gi',
)
const LOCAL = new RegExp(`(?<!\\d)([2-8]\\d{2,3}[\\s-]?\\d{4})(?!\\d)${EXTENSION}`, 'gi')
const SCIENTIFIC = /(?<![\d.])(\d)(?:\.(\d+))?e\+?(\d{1,2})(?!\d)/gi
/** Stands where a number was taken out, so that later patterns never read across it. */
const TAKEN = '\u0001'

type Found = { readonly at: number; readonly phone?: ReadPhone; readonly masked?: string; readonly problem?: PhoneProblem }

/**
 * All numbers of one cell. What is destroyed or doubtful is a problem with the text it stands in, never a guess; masked numbers
 * (138****8000) come back as masked.
 */
export function readPhones(cell: string | number, options: { readonly areaCode?: string } = {}): PhoneCell {
  const raw = typeof cell === 'number' ? String(cell) : cell
  if (/^1[3-9]\d{9}$/.test(raw) && MOBILE.test(raw)) return { phones: [phone(`+86${raw}`, 'mobile')], masked: [], problems: [] }
  if (isNothing(raw)) return { phones: [], masked: [], problems: [] }
  const found: Found[] = []
  let rest = normalise(raw)
  const take = (pattern: RegExp, read: (match: readonly string[], at: number) => Omit<Found, 'at'> | null): void => {
    rest = rest.replace(pattern, (...args: unknown[]) => {
      const groups = args
        .filter((arg, index): arg is string => index < args.length - 2 && typeof arg !== 'object')
        .map((arg) => arg ?? '')
      const at = args[args.length - 2] as number
      const entry = read(groups, at)
      if (entry) found.push({ at, ...entry })
      return entry ? TAKEN.repeat(groups[0]?.length ?? 1) : (groups[0] ?? '')
    })
  }
  take(SCIENTIFIC, ([text = '', lead = '', decimals = '', power = '']) => {
    if (decimals.length < Number(power)) return { problem: { code: 'digitsLost', text } }
    const digits = lead + decimals.slice(0, Number(power))
    return MOBILE.test(digits) ? { phone: phone(`+86${digits}`, 'mobile') } : { problem: { code: 'invalid', text } }
  })
  take(MASKED, ([, body = '']) => {
    const masked = readMasked(body)
    return masked === null ? null : { masked }
  })
  take(FOREIGN, ([, plus = '', near = '', local = '']) => readForeign(plus !== '' ? plus : near + local))
  take(TWO_MOBILES, ([, first = '', second = ''], at) => {
    if (!MOBILE.test(first) || !MOBILE.test(second)) return null
    found.push({ at: at - 0.5, phone: phone(`+86${first}`, 'mobile') })
    return { phone: phone(`+86${second}`, 'mobile') }
  })
  take(MOBILE_FORM, ([, body = '', extension = '']) => {
    const digits = body.replace(/\D/g, '')
    return MOBILE.test(digits) && plausibleGroups(body) ? { phone: phone(`+86${digits}`, 'mobile', extension) } : null
  })
  take(SERVICE, ([, body = '', extension = '']) => ({ phone: phone(`+86${body.replace(/\D/g, '')}`, 'service', extension) }))
  take(LANDLINE_FORM, ([, body = '', extension = '']) => {
    const digits = body.replace(/\D/g, '')
    return LANDLINE.test(digits) ? { phone: phone(`+86${digits}`, 'landline', extension) } : null
  })
  take(LOCAL, ([text = '', body = '', extension = '']) => readLocal(text, body, extension, options.areaCode))
  take(/\d(?:[\s\-.()]{0,2}\d){5,}/g, ([text = '']) => ({ problem: { code: 'invalid', text: text.trim() } }))
  found.sort((a, b) => a.at - b.at)
  return collect(found)
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

function normalise(raw: string): string {
  return toHalfWidth(removeInvisible(raw))
    .replace(/[‐‑‒–—―−﹣ー~]/g, '-')
    .replace(/\[/g, '(')
    .replace(/\]/g, ')')
    .replace(/^\s*['‘’`]/, '')
    .replace(/(\d{7,})\.0+(?!\d)/g, '$1')
}

/** People write 3-4-4, 3-8, 7-4, 3-3-5: a group of one or two digits means two numbers ran together or a digit is missing. */
function plausibleGroups(body: string): boolean {
  const groups = body.split(/\D+/)
  return groups.length <= 4 && groups.every((group) => group.length >= 3)
}

/** A mobile is filled up to its eleven places, so that 138**8000 and 138xxxx8000 are one text: 138****8000. */
function readMasked(body: string): string | null {
  const plain = body.replace(/[^\d]+/g, (hidden) =>
    /[*x●•✱✲﹡×○]/i.test(hidden) ? '*'.repeat(hidden.replace(/[\s-]/g, '').length) : '',
  )
  const [, head = '', tail = ''] = /^(\d*)\*+(\d*)$/.exec(plain) ?? []
  if (head.length + tail.length < 3) return null
  const hidden = 11 - head.length - tail.length
  return /^1[3-9]\d/.test(head) && hidden > 0 ? `${head}${'*'.repeat(hidden)}${tail}` : plain
}

function readForeign(digits: string): Omit<Found, 'at'> | null {
  const parsed = parsePhoneNumberFromString(`+${digits.replace(/\D/g, '')}`)
  return parsed?.isValid() && parsed.countryCallingCode !== '86' ? { phone: phone(parsed.number, 'foreign') } : null
}

function readLocal(text: string, body: string, extension: string, areaCode: string | undefined): Omit<Found, 'at'> {
  const digits = body.replace(/\D/g, '')
  const area = areaCode?.replace(/^0/, '')
  if (area !== undefined && LANDLINE.test(area + digits)) return { phone: phone(`+86${area}${digits}`, 'landline', extension) }
  return { problem: { code: 'areaCode', text: text.trim() } }
}
