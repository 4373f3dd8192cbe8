import { surnameOf } from '../matching/surnames.ts'
import { type ReadAddress, readAddress } from './address.ts'
import { type PhoneCell, readPhones } from './phone.ts'
import { removeInvisible, toHalfWidth } from './text.ts'

export type PastedContact = PhoneCell & {
  readonly name: string | null
  readonly postcode: string | null
  readonly address: ReadAddress
}

const NUMBER =
  /(?:(?:\+|00)?86[-\s]?)?1[3-9][\d*]{1}[-\s]?[\d*xX]{4}[-\s]?[\d*]{4}(?![\d*])|(?<!\d)0\d{2,3}[-\s]?\d{7,8}(?:(?:-|转)\d{1,6})?(?!\d)|(?<!\d)[48]00-?\d{3}-?\d{4}(?!\d)/g
const LABEL =
  /(收货人|收件人|联系人|姓名|客户|手机号码?|联系电话|联系方式|电话号码?|电话|手机|所在地区|省市区|(?<![一-龥])地区(?=\s*[:：])|详细地址|收货地址|收件地址|联系地址|地址|邮政编码|邮编)\s*[:：]?\s*/g
/** A place where a number was: what stands beside it is likely the name. */
const TAKEN = '\u0001'

type Piece = {
  readonly text: string
  readonly at: number
  readonly besideNumber: boolean
  readonly label: 'name' | 'address' | 'region' | 'other' | null
}

/** A delivery text is a few lines; what lies behind is none of it. */
const LONGEST = 2000

/** Takes a pasted delivery text apart: 福州市福清市石竹街道3F，15070059494，林晓收 → name, numbers, postcode and address, in whatever order they stand. */
export function splitPastedContact(text: string): PastedContact {
  const clean = removeInvisible(text.slice(0, LONGEST))
    .replace(/[＊●•]/g, '*')
    .trim()
  const numbers = [...toHalfWidth(clean).matchAll(NUMBER)].map((match) => match[0])
  const read = readPhones(numbers.join(' / '))
  const marked = openUp(toHalfWidth(clean).replace(NUMBER, TAKEN))
  const pieces = cut(marked)
  const postcode = pieces.find((piece) => /^\d{6}$/.test(piece.text))
  const rest = pieces.filter((piece) => piece !== postcode)
  const name = pickName(rest)
  return {
    ...read,
    name: name ? tidyName(name.text) : null,
    postcode: postcode?.text ?? null,
    address: addressOf(rest.filter((piece) => piece !== name)),
  }
}

const COURTESY =
  /(?:^|(?<=[\s,，;；。]))(?:麻烦|请|帮忙|帮我)*(?:寄到|寄给|寄往|发到|发给|发往|送到|送至|快递到|邮寄到|寄|发)[:：]?|[\s,，;；。]*(?:谢谢|多谢|感谢|辛苦了?|麻烦了|拜托)[了啦!！。~\s]*$/g

/** Takes names out of their brackets and from between slashes, and leaves out what is only polite. */
const openUp = (marked: string): string =>
  marked
    .replace(COURTESY, ' ')
    .replace(/\(([^()\u0001]{1,8}?)[\s,，:：]*(?:亲?收|启|\u0001)[\s,，]*\)/g, (all, name: string) =>
      all.includes(TAKEN) ? ` ${name} ${TAKEN} ` : ` ${name}收 `,
    )
    .replace(/[\s/／|、-]*\u0001[\s/／|、]*-?/g, ` ${TAKEN} `)

/** Without labels all that is left is the address; 所在地区 … 详细地址 … are read one by one and put together. */
function addressOf(pieces: readonly Piece[]): ReadAddress {
  const text = (wanted: (piece: Piece) => boolean): string =>
    pieces
      .filter(wanted)
      .map((piece) => piece.text)
      .join(' ')
  const region = text(({ label }) => label === 'region')
  if (region === '') return readAddress(text(() => true))
  const head = text(({ label }) => label === null)
  const base = readAddress(readAddress(head).province === null ? region : `${head} ${region}`)
  const street = text(({ label }) => label === 'address')
  const more = readAddress(street)
  // The street may repeat the region, and may know the district that the region left out.
  const deeper = more.adcode !== null && more.adcode.startsWith((base.adcode ?? '').replace(/(?:00)+$/, ''))
  const rest = deeper ? [base.detail, more.detail] : [base.detail, street]
  return { ...(deeper ? more : base), detail: rest.filter((part) => part !== '').join(' ') }
}

/** Cuts at separators, numbers and labels; every piece knows what stood before it. */
function cut(marked: string): Piece[] {
  const labelled = marked.replace(LABEL, (_all, label: string) => `\u0002${kindOf(label)}\u0003`)
  const pieces: Piece[] = []
  let label: Piece['label'] = null
  let afterNumber = false
  for (const [at, token] of labelled.split(/(\u0001|\u0002[a-z]+\u0003|[\s,，;；。、|]+)/).entries()) {
    if (token === '' || /^[\s,，;；。、|]+$/.test(token)) continue
    if (token === TAKEN) {
      const last = pieces.at(-1)
      if (last) pieces[pieces.length - 1] = { ...last, besideNumber: true }
      afterNumber = true
    } else if (token.startsWith('\u0002')) {
      label = token.slice(1, -1) as Piece['label']
      afterNumber = false
    } else {
      const text = token.replace(/^[:：()\-\s]+|[:：(\-\s]+$/g, '')
      if (text === '') continue
      pieces.push({ text, at, besideNumber: afterNumber, label })
      if (label === 'name') label = null
      afterNumber = false
    }
  }
  return pieces
}

const kindOf = (label: string): string =>
  /人|姓名|客户/.test(label) ? 'name' : /地区|省市区/.test(label) ? 'region' : /地址/.test(label) ? 'address' : 'other'

function pickName(pieces: readonly Piece[]): Piece | null {
  const labelled = pieces.find((piece) => piece.label === 'name')
  if (labelled) return labelled
  let best: Piece | null = null
  let most = 1
  for (const piece of pieces) {
    const score = nameScore(piece, pieces.length)
    if (score > most) {
      most = score
      best = piece
    }
  }
  return best
}

const ADDRESS_WORD = /[省市区县镇乡村街路弄巷栋幢楼室号院园厦苑]|大道|广场|小区|宾馆|工业|营业部|公司/

const PLACE_END = /(?:[省市区县镇乡村街路弄巷栋幢楼室号院园厦苑]|大道|广场|公司)$/

/** Above 1 = a name; a form of address or 收 settles it, a surname nearly so, a short word beside the number may be one. */
function nameScore({ text, besideNumber }: Piece, pieces: number): number {
  const bare = tidyName(text)
  if (bare === '' || /\d/.test(bare) || bare.length > 12) return 0
  if (bare !== text && bare.length <= 4) return 6
  if (/^[一-龥]{1,3}(?:先生|女士|小姐|老师|经理|总|师傅|阿姨|老板)$/.test(bare)) return 5
  // 郝苑素 is a name, 梅花苑 none: a word of places counts where it closes a short piece.
  const place = bare.length <= 3 && surnameOf(bare) !== null ? PLACE_END.test(bare) : ADDRESS_WORD.test(bare)
  const likely = place ? 0 : wordLikeName(bare, pieces)
  return likely === 0 ? 0 : likely + (besideNumber ? 1.5 : 0)
}

function wordLikeName(bare: string, pieces: number): number {
  if (surnameOf(bare) !== null) return 2.5
  if (/^[小阿老][一-龥]$/.test(bare)) return 2.2
  if (/^[一-龥][一-龥a-zA-Z*某x]{0,3}$/.test(bare)) return (bare.length <= 3 ? 1 : 0.5) + (/[a-zA-Z*某]/.test(bare) ? 1.2 : 0)
  return pieces > 1 && /^[a-zA-Z][a-zA-Z .]{1,20}$/.test(bare) ? 0.8 : 0
}

const tidyName = (text: string): string =>
  text
    .replace(/\(?收\)?$/, '')
    .replace(/^\(|\)$/g, '')
    .trim()
