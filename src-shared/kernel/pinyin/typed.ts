import { type NameReading, readingsOf } from './pinyin.ts'

/** Every syllable of Mandarin without tone, ü as v. */
const SYLLABLES: ReadonlySet<string> = new Set(
  `a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng cha chai chan chang chao
che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei den
deng di dia dian diao die ding diu dong dou du duan dui dun duo e ei en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge
gei gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo
ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun
kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve ma mai man mang mao me mei
men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan
nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan
que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei
shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti tian tiao
tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya
yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng
zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo`.split(/\s+/),
)
const LONGEST_SYLLABLE = 6
const MOST_READINGS = 8
const MOST_STEPS = 400

/**
 * What typed letters abbreviate when they are whole syllables and initials mixed: chongqcc → cqcc, zhzhongke → zzk. The reading with the
 * longest syllables first, at most eight; neither letters that are all initials nor all whole syllables: those are looked up as they are.
 */
export function mixedInitials(letters: string): readonly string[] {
  const found = new Set<string>()
  let steps = 0
  const walk = (at: number, heads: string, syllables: number): void => {
    if (found.size >= MOST_READINGS || ++steps > MOST_STEPS) return
    if (at === letters.length) {
      if (syllables > 0 && syllables < heads.length) found.add(heads)
      return
    }
    const head = letters.charAt(at)
    for (let length = Math.min(LONGEST_SYLLABLE, letters.length - at); length > 1; length--)
      if (SYLLABLES.has(letters.slice(at, at + length))) walk(at + length, heads + head, syllables + 1)
    walk(at + (isDouble(letters, at) ? 2 : 1), heads + head, syllables)
  }
  walk(0, '', 0)
  return [...found]
}

/** zh, ch, sh: people abbreviate by one letter or by two. */
const isDouble = (letters: string, at: number): boolean => letters.charAt(at + 1) === 'h' && 'zcs'.includes(letters.charAt(at))

/** Where in a name what was typed stands: characters from `start` to before `end` of `of`, literally or by sound. */
export type TypedMatch = { readonly start: number; readonly end: number; readonly of: number }

/**
 * Whether a name contains what was typed without blanks: characters as they are, whole syllables, initials, in any mixture, one after
 * another; the last syllable may be unfinished. The first place in the name, or null.
 * @param typed NFKC, small letters
 */
export function matchTyped(name: string, typed: string, options: { readonly person?: boolean } = {}): TypedMatch | null {
  const pieces = readingsOf(name, options)
  const signs = typed.replaceAll('ü', 'v').replace(/[^\p{L}\p{N}]/gu, '')
  if (signs === '') return null
  for (let start = 0; start < pieces.length; start++) {
    const end = matchFrom(pieces, start, signs)
    if (end !== null) return { start, end, of: pieces.length }
  }
  return null
}

/** @returns the piece behind the last one matched */
function matchFrom(pieces: NameReading, at: number, typed: string): number | null {
  if (typed === '') return at
  const piece = pieces[at]
  if (piece === undefined) return null
  for (const taken of takenBy(piece, typed)) {
    const end = taken >= typed.length ? at + 1 : matchFrom(pieces, at + 1, typed.slice(taken))
    if (end !== null) return end
  }
  return null
}

/** How many signs of what was typed one piece of the name may take, the most first. */
function takenBy({ text, sounds }: NameReading[number], typed: string): readonly number[] {
  const takes = new Set<number>()
  if (typed.startsWith(text)) takes.add(text.length)
  for (const sound of sounds) {
    if (typed.startsWith(sound)) takes.add(sound.length)
    else if (sound.startsWith(typed)) takes.add(typed.length)
    if (text !== sound && typed.startsWith(sound.charAt(0))) {
      takes.add(1)
      if (isDouble(sound, 0) && isDouble(typed, 0)) takes.add(2)
    }
  }
  return [...takes].sort((a, b) => b - a)
}
