import { customPinyin, pinyin } from 'pinyin-pro'
import { READ_OTHERWISE } from './wordReadings.gen.ts'

/** Readings that the library's dictionary lacks or gives otherwise: places above all. */
const PLACES: Readonly<Record<string, string>> = {
  单县: 'shàn xiàn',
  乐清: 'yuè qīng',
  洪洞: 'hóng tóng',
  莘县: 'shēn xiàn',
  浚县: 'xùn xiàn',
  涡阳: 'guō yáng',
  铅山: 'yán shān',
  尉犁: 'yù lí',
  蔚县: 'yù xiàn',
  歙县: 'shè xiàn',
  东阿: 'dōng ē',
  大埔: 'dà bù',
  黄埔: 'huáng pǔ',
  长安: 'cháng ān',
  长宁: 'cháng níng',
  长乐: 'cháng lè',
  长清: 'cháng qīng',
  长兴: 'cháng xīng',
  重庆: 'chóng qìng',
}
customPinyin(PLACES)

/** Characters with two readings that people do type, so that a search by either finds the name. First reading first, all without tone. */
const OTHER_READINGS: Readonly<Record<string, readonly string[]>> = {
  长: ['chang', 'zhang'],
  重: ['chong', 'zhong'],
  行: ['hang', 'xing'],
  乐: ['le', 'yue'],
  曾: ['zeng', 'ceng'],
  单: ['dan', 'shan'],
  解: ['jie', 'xie'],
  仇: ['chou', 'qiu'],
  朝: ['chao', 'zhao'],
  查: ['cha', 'zha'],
  朴: ['pu', 'piao'],
  盖: ['gai', 'ge'],
  翟: ['zhai', 'di'],
  都: ['du', 'dou'],
  调: ['diao', 'tiao'],
  传: ['chuan', 'zhuan'],
  会: ['hui', 'kuai'],
  角: ['jiao', 'jue'],
  贾: ['jia', 'gu'],
  晟: ['sheng', 'cheng'],
  盛: ['sheng', 'cheng'],
  参: ['can', 'shen'],
  石: ['shi', 'dan'],
  洞: ['dong', 'tong'],
  厦: ['xia', 'sha'],
  藏: ['cang', 'zang'],
  降: ['jiang', 'xiang'],
  区: ['qu', 'ou'],
  尉: ['wei', 'yu'],
  缪: ['miao', 'mou'],
  秘: ['mi', 'bi'],
  员: ['yuan', 'yun'],
  种: ['zhong', 'chong'],
  黑: ['hei', 'he'],
  覃: ['qin', 'tan'],
  隗: ['wei', 'kui'],
  薄: ['bo', 'bao'],
  召: ['zhao', 'shao'],
  折: ['zhe', 'she'],
  车: ['che', 'ju'],
  宿: ['su', 'xiu'],
  颉: ['jie', 'xie'],
  郇: ['xun', 'huan'],
  适: ['shi', 'kuo'],
  还: ['huan', 'hai'],
  漯: ['luo', 'ta'],
  莘: ['xin', 'shen'],
  柏: ['bai', 'bo'],
  蚌: ['beng', 'bang'],
  埔: ['pu', 'bu'],
  浍: ['hui', 'kuai'],
  卡: ['ka', 'qia'],
  泊: ['bo', 'po'],
  奇: ['qi', 'ji'],
  弹: ['dan', 'tan'],
  强: ['qiang', 'jiang'],
  率: ['lv', 'shuai'],
  术: ['shu', 'zhu'],
  佛: ['fo', 'fu'],
}

const RUN = /([\u3400-\u9fff\uf900-\ufaff]+)|([a-z0-9]+)/gi
const LEGAL_TAIL = /(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司$/
/** Longer names are cut: nobody types more, and index and memory stay bounded. */
const LONGEST = 60

export type Pinyin = { readonly full: readonly string[]; readonly initials: string }
export type SearchForms = { readonly fullSuffixes: readonly string[]; readonly initialSuffixes: readonly string[] }
type Syllable = { readonly text: string; readonly sound: string; readonly han: boolean }

/**
 * Reading of a text, one syllable per Chinese character (ü as v, no tones), a run of letters or digits as one piece.
 * Words decide polyphones (重庆 chong qing, 长沙 chang sha); `person` reads the first characters as a surname (单 shan, 曾 zeng, 仇 qiu).
 */
export function pinyinOf(text: string, options: { readonly person?: boolean } = {}): Pinyin {
  const syllables = readSyllables(text, options.person === true)
  return {
    full: syllables.map(({ sound }) => sound),
    initials: syllables.map(({ sound, han }) => (han ? sound.slice(0, 1) : sound)).join(''),
  }
}

/** A key that sorts names as a Chinese phone book does: by sound, syllable by syllable; figures and letters first as they are. */
export const sortKey = (name: string, options: { readonly person?: boolean } = {}): string =>
  readSyllables(name, options.person === true)
    .map(({ sound }) => sound)
    .join(' ')

/**
 * What a search by pinyin looks up: for 重庆长城 the sounds chongqingchangcheng, qingchangcheng, changcheng, cheng and the initials cqcc, qcc, cc, c,
 * and the same for the other readings of polyphonic characters (zhongqing…). Tails that lie within the legal form (youxiangongsi) are left out.
 */
export function searchForms(name: string, options: { readonly person?: boolean } = {}): SearchForms {
  const syllables = readSyllables(name, options.person === true)
  const starts = syllables.length - (options.person === true ? 0 : legalTail(name, syllables.length))
  const full = new Set<string>()
  const initials = new Set<string>()
  const sounds = syllables.map(({ sound }) => sound)
  const heads = syllables.map(({ sound, han }) => (han ? sound.slice(0, 1) : sound))
  addSuffixes(full, sounds, starts)
  addSuffixes(initials, heads, starts)
  for (let at = 0; at < starts; at++) {
    const sound = sounds[at] ?? ''
    for (const other of otherReadings(syllables[at])) {
      addSuffixes(full, sounds.with(at, other), at + 1)
      if (other[0] !== sound[0]) addSuffixes(initials, heads.with(at, other.slice(0, 1)), at + 1)
    }
  }
  return { fullSuffixes: [...full], initialSuffixes: [...initials] }
}

/** Characters of the legal form at the end, none where the name is nothing else. */
function legalTail(name: string, length: number): number {
  const tail = LEGAL_TAIL.exec(name)?.[0].length ?? 0
  return tail < length ? tail : 0
}

function otherReadings(syllable: Syllable | undefined): readonly string[] {
  const all = syllable?.han === true ? OTHER_READINGS[syllable.text] : undefined
  return all ? all.filter((sound) => sound !== syllable?.sound) : NO_READINGS
}

const NO_READINGS: readonly string[] = []

function addSuffixes(into: Set<string>, pieces: readonly string[], starts: number): void {
  let suffix = ''
  for (let at = pieces.length - 1; at >= 0; at--) {
    suffix = (pieces[at] ?? '') + suffix
    if (at < starts) into.add(suffix)
  }
}

function readSyllables(text: string, person: boolean): readonly Syllable[] {
  const syllables: Syllable[] = []
  for (const match of text.slice(0, LONGEST).matchAll(RUN)) {
    const run = match[0]
    if (match[1] === undefined) {
      syllables.push({ text: run, sound: run.toLowerCase(), han: false })
      continue
    }
    const sounds = soundsOf(run, person && syllables.length === 0)
    for (const [at, character] of [...run].entries())
      syllables.push({ text: character, sound: sounds[at] ?? character, han: true })
  }
  return syllables
}

/** A name is read for its order, its keys and its search forms one after another; reading it anew costs more than all the rest. */
const REMEMBERED = 4096
let recent = new Map<string, readonly string[]>()
let older: typeof recent = new Map()

function soundsOf(run: string, surname: boolean): readonly string[] {
  const key = surname ? `${run}#` : run
  let sounds = recent.get(key)
  if (sounds) return sounds
  sounds =
    older.get(key) ??
    plainSounds(run, surname) ??
    pinyin(run, { toneType: 'none', type: 'array', v: true, surname: surname ? 'head' : 'off' })
  if (recent.size >= REMEMBERED) {
    older = recent
    recent = new Map()
  }
  recent.set(key, sounds)
  return sounds
}

/** What a character is read as by itself. */
const alone = new Map<string, string>()

function soundAlone(character: string): string {
  let sound = alone.get(character)
  if (sound === undefined) {
    sound = pinyin(character, { toneType: 'none', v: true })
    alone.set(character, sound)
  }
  return sound
}

/** The words in which a character is read otherwise than by itself, by their first character. */
const otherwise = new Map<string, string[]>()
// The library reads 了 as le wherever it has company.
for (const word of [...READ_OTHERWISE.split(' '), ...Object.keys(PLACES), '了']) {
  const head = word.charAt(0)
  otherwise.set(head, [...(otherwise.get(head) ?? []), word])
}

const surnames = new Map<string, string>()
function surnameSound(character: string): string {
  let sound = surnames.get(character)
  if (sound === undefined) {
    sound = pinyin(character, { toneType: 'none', v: true, surname: 'head' })
    surnames.set(character, sound)
  }
  return sound
}

const pairs = new Map<string, boolean>()
/** Whether the library reads these two otherwise when they begin a name. */
function surnamePair(two: string): boolean {
  let other = pairs.get(two)
  if (other === undefined) {
    const [first, second] = pinyin(two, { toneType: 'none', type: 'array', v: true, surname: 'head' })
    other = first !== soundAlone(two.charAt(0)) || second !== soundAlone(two.charAt(1))
    if (pairs.size >= REMEMBERED) pairs.clear()
    pairs.set(two, other)
  }
  return other
}

/** The common case without the dictionary: where no word stands that changes a reading, each character is read by itself. */
function plainSounds(run: string, surname: boolean): string[] | null {
  // A surname that sounds as its character does is read like anything else; those of two, and what is no name, go the long way.
  if (surname && (run.length > 4 || surnameSound(run.charAt(0)) !== soundAlone(run.charAt(0)))) return null
  if (surname && run.length > 1 && surnamePair(run.slice(0, 2))) return null
  const sounds: string[] = []
  for (let at = 0; at < run.length; at++) {
    const character = run.charAt(at)
    for (const word of otherwise.get(character) ?? NO_READINGS) if (run.startsWith(word, at)) return null
    sounds.push(soundAlone(character))
  }
  return sounds
}

const single = new Map<string, string>()

/**
 * The sound of a text character by character, without regard to words: the same for 创凡 and 闯凡, and stable for one character wherever it stands.
 * For matching, not for people's eyes.
 */
export function soundOf(text: string): string {
  let sound = ''
  for (const character of text) {
    let one = single.get(character)
    if (one === undefined) {
      one = /[\u3400-\u9fff]/.test(character) ? pinyin(character, { toneType: 'none', v: true }) : character
      single.set(character, one)
    }
    sound += one
  }
  return sound
}
