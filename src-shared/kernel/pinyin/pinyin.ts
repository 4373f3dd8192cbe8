import { customPinyin, pinyin } from 'pinyin-pro'
import { Lately } from '../recent.ts'
import { OTHER_READINGS, PLACES } from './readings.ts'
import { READ_OTHERWISE, SURNAMES_OTHERWISE } from './wordReadings.gen.ts'

customPinyin(PLACES)

const RUN = /([\u3400-\u9fff\uf900-\ufaff]+)|([a-z0-9]+)/gi
const LEGAL_TAIL = /(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司$/
/** Longer names are cut: nobody types more, and index and memory stay bounded. */
const LONGEST = 60

export type Pinyin = { readonly full: readonly string[]; readonly initials: string }
export type SearchForms = { readonly fullSuffixes: readonly string[]; readonly initialSuffixes: readonly string[] }
/** A text syllable by syllable: what stands there, sign by sign or piece by piece, how it sounds, and how it is abbreviated. */
type Reading = {
  readonly texts: string | readonly string[]
  readonly sounds: readonly string[]
  readonly heads: readonly string[]
}

/**
 * Reading of a text, one syllable per Chinese character (ü as v, no tones), a run of letters or digits as one piece.
 * Words decide polyphones (重庆 chong qing, 长沙 chang sha); `person` reads the first characters as a surname (单 shan, 曾 zeng, 仇 qiu).
 */
export function pinyinOf(text: string, options: { readonly person?: boolean } = {}): Pinyin {
  const { sounds, heads } = readingOf(text, options.person === true)
  return { full: sounds, initials: heads.join('') }
}

/** A key that sorts names as a Chinese phone book does: by sound, syllable by syllable; figures and letters first as they are. */
export function sortKey(name: string, options: { readonly person?: boolean } = {}): string {
  const person = options.person === true
  const text = name.length > LONGEST ? name.slice(0, LONGEST) : name
  return (isHan(text) ? soundsOf(text, person) : soundsIn(text, person)).join(' ')
}

/**
 * What a search by pinyin looks up: for 重庆长城 the sounds chongqingchangcheng, qingchangcheng, changcheng, cheng and the initials cqcc, qcc, cc, c,
 * and the same for the other readings of polyphonic characters (zhongqing…). Tails that lie within the legal form (youxiangongsi) are left out.
 * `sort`: the sort key of the name, where it is known; it is not read once more.
 */
export function searchForms(name: string, options: { readonly person?: boolean; readonly sort?: string } = {}): SearchForms {
  const person = options.person === true
  const { texts, sounds, heads } = (options.sort === undefined ? null : ofSounds(name, options.sort)) ?? readingOf(name, person)
  const starts = sounds.length - (person ? 0 : legalTail(name, sounds.length))
  const full = new Tails(sounds, starts)
  const initials = new Tails(heads, starts)
  for (let at = 0; at < starts; at++) {
    for (const other of otherReadings(texts, at)) {
      if (other === sounds[at]) continue
      full.otherwise(at, other)
      if (other[0] !== sounds[at]?.[0]) initials.otherwise(at, other.slice(0, 1))
    }
  }
  return { fullSuffixes: full.all(), initialSuffixes: initials.all() }
}

/** A name piece by piece: a Chinese character with all the ways people type it, a run of letters or figures as it is. */
export type NameReading = readonly { readonly text: string; readonly sounds: readonly string[] }[]

/** The name as `matchTyped` compares it; nothing of it is longer than what stands in the index. */
export function readingsOf(name: string, options: { readonly person?: boolean } = {}): NameReading {
  const { texts, sounds } = readingOf(name, options.person === true)
  return sounds.map((sound, at) => {
    const text = texts[at] ?? ''
    return text === '' ? { text: sound, sounds: [sound] } : { text, sounds: [...new Set([sound, ...otherReadings(texts, at)])] }
  })
}

/** Every tail of a row of pieces, the whole first (a search asks for beginnings of names), and the same with one piece read otherwise. */
class Tails {
  readonly #whole: string
  /** Where each piece begins in the whole. */
  readonly #begins: number[] = []
  readonly #list: string[] = []
  #several = false

  constructor(pieces: readonly string[], starts: number) {
    let length = 0
    for (const piece of pieces) {
      this.#begins.push(length)
      length += piece.length
    }
    this.#begins.push(length)
    this.#whole = pieces.join('')
    for (let at = 0; at < starts; at++) this.#list.push(this.#whole.slice(this.#begins[at]))
  }

  otherwise(at: number, piece: string): void {
    this.#several = true
    const tail = piece + this.#whole.slice(this.#begins[at + 1])
    const end = this.#begins[at]
    for (let from = at; from >= 0; from--) this.#list.push(this.#whole.slice(this.#begins[from], end) + tail)
  }

  all(): readonly string[] {
    return this.#several ? [...new Set(this.#list)] : this.#list
  }
}

/** Characters of the legal form at the end, none where the name is nothing else. */
function legalTail(name: string, length: number): number {
  if (!name.endsWith('公司')) return 0
  const tail = LEGAL_TAIL.exec(name)?.[0].length ?? 0
  return tail < length ? tail : 0
}

function otherReadings(texts: Reading['texts'], at: number): readonly string[] {
  const code = typeof texts === 'string' ? texts.charCodeAt(at) : (texts[at] ?? '').charCodeAt(0)
  return ((MARKS[code] ?? 0) & POLYPHONE) === 0 ? NO_READINGS : (OTHER_READINGS[texts[at] ?? ''] ?? NO_READINGS)
}

const NO_READINGS: readonly string[] = []

const readingOf = (name: string, person: boolean): Reading => read(name.length > LONGEST ? name.slice(0, LONGEST) : name, person)

/** A name of Chinese characters alone, with the sounds its sort key says; null where they do not fit. */
function ofSounds(name: string, sort: string): Reading | null {
  const sounds = sort.split(' ')
  if (sounds.length !== name.length || !isHan(name)) return null
  const heads: string[] = []
  for (const sound of sounds) heads.push(sound.charAt(0))
  return { texts: name, sounds, heads }
}

function isHan(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x4e00 || code > 0x9fff) return false
  }
  return text !== ''
}

function read(text: string, person: boolean): Reading {
  const texts: string[] = []
  const sounds: string[] = []
  const heads: string[] = []
  // Most names are one run.
  const runs = isHan(text) ? [[text, text]] : text.matchAll(RUN)
  for (const match of runs) {
    const run = match[0] ?? ''
    if (match[1] === undefined) {
      const sound = run.toLowerCase()
      texts.push('')
      sounds.push(sound)
      heads.push(sound)
      continue
    }
    const read = soundsOf(run, person && sounds.length === 0)
    for (let at = 0; at < run.length; at++) {
      const sound = read[at] ?? run.charAt(at)
      texts.push(run.charAt(at))
      sounds.push(sound)
      heads.push(sound.slice(0, 1))
    }
  }
  return { texts, sounds, heads }
}

/** The sounds alone of what is not one run, as `read` gives them. */
function soundsIn(text: string, person: boolean): string[] {
  const sounds: string[] = []
  for (let at = 0; at < text.length; ) {
    const kind = kindOf(text.charCodeAt(at))
    let end = at + 1
    while (end < text.length && kindOf(text.charCodeAt(end)) === kind) end++
    if (kind === LETTER) sounds.push(text.slice(at, end).toLowerCase())
    else if (kind === CHINESE) for (const sound of runOf(text.slice(at, end), person && sounds.length === 0)) sounds.push(sound)
    at = end
  }
  return sounds
}

const CHINESE = 1
const LETTER = 2

/** After `RUN`. */
function kindOf(code: number): number {
  if (code > 0x7f) return (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) ? CHINESE : 0
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) ? LETTER : 0
}

/** One sound a character, whatever the library makes of a run. */
function runOf(run: string, surname: boolean): readonly string[] {
  const sounds = soundsOf(run, surname)
  return sounds.length === run.length ? sounds : run.split('').map((character, at) => sounds[at] ?? character)
}

/** What went the long way: a name is read for its order and its search forms one after another. */
const readByLibrary = new Lately<readonly string[]>(1024)

function soundsOf(run: string, surname: boolean): readonly string[] {
  const plain = plainSounds(run, surname)
  if (plain) return plain
  const key = surname ? `${run}#` : run
  let sounds = readByLibrary.get(key)
  if (!sounds) {
    sounds = pinyin(run, surname ? { type: 'array', surname: 'head' } : { type: 'array' }).map(withoutTone)
    readByLibrary.set(key, sounds)
  }
  return sounds
}

/** Syllables without their tone, ü as v: there are some 1300, and the library takes the tone off sign by sign. */
const toneless = new Map<string, string>()

function withoutTone(syllable: string): string {
  let bare = toneless.get(syllable)
  if (bare === undefined) {
    bare = syllable
      .normalize('NFD')
      .replace(/[\u0300\u0301\u0304\u030c]/g, '')
      .normalize('NFC')
      .replace(/ü/g, 'v')
    toneless.set(syllable, bare)
  }
  return bare
}

/** By character code, what has to be looked at before a character is read by itself. */
const MARKS = new Uint8Array(0x10000)
/** It begins a word in which a character is read otherwise than by itself; it stands second in one; it is such a word alone. */
const BEGINS = 1
const SECOND = 2
const ALONE = 4
/** It has readings that people type, too. */
const POLYPHONE = 8
/** As a surname it sounds as it does by itself; it does not. Neither: not asked yet. */
const SAME = 16
const OTHER = 32

const mark = (character: string, at: number, bit: number): void => {
  const code = character.charCodeAt(at)
  MARKS[code] = (MARKS[code] ?? 0) | bit
}
/** The words in which a character is read otherwise than by itself, by their first character. */
const otherwise = new Map<number, string[]>()
// The library reads 了 as le wherever it has company.
for (const word of [...READ_OTHERWISE.split(' '), ...Object.keys(PLACES), '了']) {
  const head = word.charCodeAt(0)
  const list = otherwise.get(head)
  if (list) list.push(word)
  else otherwise.set(head, [word])
  mark(word, 0, word.length === 1 ? ALONE : BEGINS)
  if (word.length > 1) mark(word, 1, SECOND)
}
for (const character of Object.keys(OTHER_READINGS)) mark(character, 0, POLYPHONE)
/** Surnames of two characters that are not read as the two by themselves. */
const doubleSurnames: ReadonlySet<string> = new Set(SURNAMES_OTHERWISE.split(' '))

/** What a character is read as by itself, by its code: the place of its sound in `sounds` and one more, 0 where nobody has asked yet. */
const soundAt = new Uint16Array(0x10000)
const sounds: string[] = []
const places = new Map<string, number>()

function soundAlone(code: number): string {
  const at = soundAt[code] ?? 0
  if (at > 0) return sounds[at - 1] ?? ''
  const sound = pinyin(String.fromCharCode(code), { toneType: 'none', v: true })
  let place = places.get(sound)
  if (place === undefined) {
    places.set(sound, (place = sounds.length))
    sounds.push(sound)
  }
  soundAt[code] = place + 1
  return sound
}

function soundsSameAsSurname(character: string): boolean {
  const code = character.charCodeAt(0)
  const known = (MARKS[code] ?? 0) & (SAME | OTHER)
  if (known !== 0) return known === SAME
  const same = pinyin(character, { toneType: 'none', v: true, surname: 'head' }) === soundAlone(code)
  mark(character, 0, same ? SAME : OTHER)
  return same
}

/** The common case without the dictionary: where no word stands that changes a reading, each character is read by itself. */
function plainSounds(run: string, surname: boolean): string[] | null {
  // A surname that sounds as its character does is read like anything else; those of two, and what is no name, go the long way.
  if (surname && (run.length > 4 || !soundsSameAsSurname(run.charAt(0)))) return null
  if (surname && run.length > 1 && doubleSurnames.has(run.slice(0, 2))) return null
  for (let at = 0; at < run.length; at++) {
    const marks = MARKS[run.charCodeAt(at)] ?? 0
    if ((marks & (BEGINS | ALONE)) !== 0 && isReadOtherwise(run, at, marks)) return null
  }
  const read: string[] = []
  for (let at = 0; at < run.length; at++) read.push(soundAlone(run.charCodeAt(at)))
  return read
}

function isReadOtherwise(run: string, at: number, marks: number): boolean {
  if ((marks & ALONE) !== 0) return true
  if (((MARKS[run.charCodeAt(at + 1)] ?? 0) & SECOND) === 0) return false
  return otherwise.get(run.charCodeAt(at))?.some((word) => run.startsWith(word, at)) === true
}

/**
 * The sound of a text character by character, without regard to words: the same for 创凡 and 闯凡, and stable for one character wherever it stands.
 * For matching, not for people's eyes.
 */
export function soundOf(text: string): string {
  let sound = ''
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    sound += code >= 0x3400 && code <= 0x9fff ? soundAlone(code) : text.charAt(at)
  }
  return sound
}
