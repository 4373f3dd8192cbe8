import { Refusal } from '../../kernel/refusal.ts'
import { COMMON_WHOLE, COMMON_WORDS } from './commonPasswords.ts'

export const PASSWORD_MIN = 12
export const PASSWORD_MAX_BYTES = 1024
export type PasswordRefusal = 'tooShort' | 'tooLong' | 'tooCommon' | 'sameAsName'

/** Tries of one account from one address: from the third on one waits, after the tenth the pair is locked. */
export const TRIES = 10
export const LOCK_SECONDS = 15 * 60
const LONGEST_WAIT = 30
/** Failed tries of one address, whatever the account, within `ADDRESS_WINDOW_SECONDS`. */
export const ADDRESS_TRIES = 30
export const ADDRESS_WINDOW_SECONDS = 10 * 60

/** Seconds to wait before the next try after so many wrong ones: none before the third, then 1, 2, 4 … 30. */
export const waitAfter = (failures: number): number => (failures < 2 ? 0 : Math.min(LONGEST_WAIT, 2 ** (failures - 2)))

/** How long a session lives without use, and at all. The window belongs to the computer it runs on; a browser may be anybody's. */
export const SESSION_SECONDS = {
  window: { idle: 12 * 3600, absolute: 30 * 86_400 },
  http: { idle: 2 * 3600, absolute: 12 * 3600 },
} as const
export const sessionSeconds = (origin: string): { idle: number; absolute: number } =>
  origin === 'window' ? SESSION_SECONDS.window : SESSION_SECONDS.http

/** Logins are compared without case, width and blanks around them. */
export const loginKey = (login: string): string => login.normalize('NFKC').trim().toLowerCase()

/**
 * Length counts, composition does not: no rule asks for a capital or a sign. What everybody chooses, and what is written on the
 * door (the person's name, the login, the company, the product), is refused.
 */
export function requireGoodPassword(password: string, names: readonly (string | null | undefined)[]): void {
  if ([...password].length < PASSWORD_MIN) throw new Refusal<PasswordRefusal>('tooShort', { min: PASSWORD_MIN })
  if (byteLength(password) > PASSWORD_MAX_BYTES) throw new Refusal<PasswordRefusal>('tooLong', { max: PASSWORD_MAX_BYTES })
  const plain = password.normalize('NFKC').toLowerCase()
  if (isName(plain, names)) throw new Refusal<PasswordRefusal>('sameAsName')
  if (isCommon(plain)) throw new Refusal<PasswordRefusal>('tooCommon')
}

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

function isCommon(plain: string): boolean {
  const bare = plain.replace(/[^\p{L}\p{N}]/gu, '')
  if (COMMON_WHOLE.has(plain) || COMMON_WHOLE.has(bare)) return true
  if (bare.length < 4 || isWalk(bare) || isRepeated(bare) || isRepeated(plain)) return true
  const letters = bare.replace(/\d/g, '')
  if (letters !== '' && (COMMON_WORDS.has(letters) || isRepeated(letters) || PRODUCT.has(letters))) return true
  // Only inside the word: what trails it is padding, not letters in disguise.
  const word = plain.replace(/^[^\p{L}@$]+|[^\p{L}]+$/gu, '')
  const unleeted = word.replace(/[013457@$!]/g, (sign) => LEET[sign] ?? sign).replace(/[^\p{L}]/gu, '')
  return COMMON_WORDS.has(unleeted)
}
const PRODUCT: ReadonlySet<string> = new Set(['客栈', '客栈crm', 'crm客栈', '密码', '我的密码', '管理员'])

/** 123456789012, 987654321098, abcdefghijkl: each sign is the neighbour of the one before, the 0 following the 9. */
function isWalk(text: string): boolean {
  const codes = [...text].map((sign) => sign.codePointAt(0) ?? 0)
  return [1, -1].some((step) => codes.every((code, index) => index === 0 || isNext(codes[index - 1] ?? 0, code, step)))
}
function isNext(before: number, code: number, step: number): boolean {
  const digit = before >= 48 && before <= 57 && code >= 48 && code <= 57
  return digit ? (before - 48 + step + 10) % 10 === code - 48 : before + step === code
}

/** One block of up to twelve signs over and over: aaaaaaaaaaaa, 123123123123, passpasspass. */
function isRepeated(text: string): boolean {
  if (text.length < 6) return false
  for (let size = 1; size <= 12 && size * 2 <= text.length; size++) {
    const block = text.slice(0, size)
    if (block.repeat(Math.ceil(text.length / size)).slice(0, text.length) === text) return true
  }
  return false
}

/** A name with a few signs around it: what is left without the names is too short to be a password. */
function isName(plain: string, names: readonly (string | null | undefined)[]): boolean {
  let rest = plain
  for (const name of names) {
    const word = name?.normalize('NFKC').trim().toLowerCase() ?? ''
    if (word.length >= 3 || (word.length === 2 && /\p{Script=Han}/u.test(word))) rest = rest.replaceAll(word, '')
  }
  return rest.length < plain.length && [...rest].length < 8
}

/** UTF-8 bytes; this side has neither Buffer nor TextEncoder to rely on. */
function byteLength(text: string): number {
  let bytes = 0
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
