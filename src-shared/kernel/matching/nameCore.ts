import { loadPlaces, mayBeginAny, type NamedPlace, pairAt, type PlaceName } from '../cleaning/divisions.ts'
import { cleanText, toHalfWidth } from '../cleaning/text.ts'
import { Lately } from '../recent.ts'
import { toSimplified } from './simplified.ts'

export type NameCore = {
  /** What tells this name from others: without place, legal form, brackets and blanks; simplified, half-width, lower case. */
  readonly core: string
  /** Which branch, as written before 分公司 and its like (合肥, 第二); null for the house itself. */
  readonly branch: string | null
  /** The legal form as written (股份有限公司), null where none stands. */
  readonly form: string | null
  /** Code of the narrowest place the name carries (32 or 3205), null where none. */
  readonly region: string | null
}

const LATIN_FORM =
  /[\s,.]*\b(?:co\.?,? ?\.?(?:ltd|limited)|company limited|corp(?:oration)?|inc(?:orporated)?|ltd|limited|llc|llp|plc|gmbh|ag|s\.?a\.?|pte\.? ltd|company|co)\.?\s*$/i
const FORM =
  /(?:\(?集团\)?|控股|投资控股)?(?:股份)?(?:有限)?(?:责任)?(?:总?公司)$|(?:\(?集团\)?|控股集团)$|股份$|\(?(?:普通|特殊普通|有限)合伙\)?$|\(个体工商户\)$|有限责任公$|有限公$|有限$/
const BRANCH_WORD =
  /(分公司|分行|支行|分店|分部|分院|分校|分所|分厂|分中心|办事处|营业部|营业厅|代表处|门市部|门店|旗舰店|体验店|专卖店|直营店)\)?$/
/** The house that a branch belongs to ends with one of these; the last one before the branch word counts. */
const HOUSE = /^(.+(?:公司|集团|银行|事务所|中心|酒店|超市|商行|医院|大学|学院|学校|有限))[-—_·(]*([^()]{0,12})$/

/** Words of trade: a core that is nothing but these has no brand, so the place belongs to the name (北京银行, 苏州大学). */
const TRADE =
  /(?:银行|大学|学院|医院|学校|中学|小学|幼儿园|酒店|宾馆|饭店|公交|地铁|水务|自来水|燃气|热力|供电|电力|机场|航空|港务|港口|日报|报业|电视台|广播|移动|联通|电信|邮政|农商行|农村商业|商业|城市|城投|城建|建设|开发|投资|发展|实业|工业|国际|旅游|文化|产业|人民|中心|第[一二三四五六七八九十]+|市政|交通|轨道|科技|信息|技术|网络|贸易|商贸|物流|食品|建材|建筑|工程|机械|设备|电子|商务|管理|咨询|服务|集团|医疗|器械|医药|药业|汽车|配件|装饰|农业|印刷|包装|纺织|服饰|服装|家具|家居|电器|电气|餐饮|酒业|茶业|广告|传媒|传播|教育|培训|环保|节能|自动化|智能|软件|数码|通信|通讯|仪器|塑料|制品|模具|五金|金属|材料|纸业|珠宝|美容|健康|养老|物业|房地产|置业|律师|会计|事务所|劳务|人力资源|货运|运输|供应链|进出口|国贸|种业|牧业|渔业|水产|花卉|园林|园艺|设计|策划|展览|影视|体育|有色|石油|石化|化工|钢铁|证券|保险|人寿|信托|基金|租赁|园区|新区|经济|高新|区|市|县)/y

/** True for 物流, 电子科技, 管理咨询: words of trade that name nobody. */
export function isTradeOnly(text: string): boolean {
  TRADE.lastIndex = 0
  while (TRADE.lastIndex < text.length) if (!TRADE.test(text)) return false
  return true
}

/** Brands that are also the short name of a county-level city; such a beginning is no place. */
const BRAND_LIKE = new Set([
  '阿里',
  '东方',
  '永康',
  '宁国',
  '大安',
  '永安',
  '兴平',
  '安宁',
  '高平',
  '和平',
  '昌邑',
  '华阴',
  '万宁',
  '永城',
  '新民',
  '新乐',
  '开平',
  '恩平',
  '四会',
  '宜都',
  '利川',
  '荣成',
  '兴城',
  '高州',
  '新星',
  '双河',
  '共青城',
  '合山',
  '同仁',
  '东兴',
  '平果',
  '安达',
  '富锦',
  '同江',
  '德兴',
  '瑞金',
  '丰城',
  '吉首',
  '福安',
  '福鼎',
  '永济',
  '汉川',
  '天长',
  '明光',
  '兴化',
  '泰兴',
  '瑞安',
  '瑞丽',
  '安丘',
  '安国',
  '长葛',
  '双辽',
  '海林',
  '铁力',
  '大方',
  '凤城',
  '盖州',
  '灵武',
  '玉门',
])

/** A name is asked for its core several times in a row: for its column, its keys, its comparison. */
const known = new Lately<NameCore>(2048)

/** Takes a company name apart so that its notations meet: 江苏省苏州達科物流（集团）股份有限公司 and 苏州达科物流 have the core 达科物流. */
export function nameCore(name: string): NameCore {
  let core = known.get(name)
  if (!core) known.set(name, (core = readCore(name)))
  return core
}

const ONLY_HAN = /^[\u4e00-\u9fff]+$/
const SIGNS = /[\s"'“”‘’·•.,，。、;:!?*_《》<>【】[\]]+/g

function readCore(name: string): NameCore {
  const plain = toSimplified(toHalfWidth(cleanText(name)).toLowerCase())
  if (!/[\u3400-\u9fff]/.test(plain)) return latinCore(plain)
  // Of Chinese characters alone: no sign, no remark, no bracket is looked for.
  const pure = ONLY_HAN.test(plain)
  const bare = pure ? plain : plain.replace(SIGNS, '').replace(REMARK, '')
  const branched = splitBranch(bare)
  const house = branched?.house ?? bare
  const form = formOf(house)
  const named = withoutForm(house, form)
  const bracketed = pure ? null : takeBrackets(named)
  const stripped = stripPlaces(bracketed?.rest ?? named)
  const group = formOf(stripped.rest)
  const kept = group !== null && /集团|控股/.test(group) ? withoutForm(stripped.rest, group) : stripped.rest
  return {
    core: pure ? kept : kept.replace(/[-—/&+]/g, ''),
    branch: branched?.branch ?? null,
    form,
    region: bracketed?.region ?? stripped.region,
  }
}

/** What stands in brackets behind the legal form is a remark of whoever kept the list: (VIP), (已停用), (老客户). */
const REMARK =
  /(?<=公司|集团|厂|店|行|中心)\((?![^()]*(?:分公司|分店|分行|分部|办事处|营业部|门店|合伙|个体))[^()]*\)?$|\((?:vip|new|old|重复|停用|作废|测试|新|老客户|新客户|重点客户?|已[^()]{1,4})\)/g

/** The signs a legal form can end with; most cores end with none of them. */
const FORM_ENDS = '司团)份伙公限'

function formOf(name: string): string | null {
  if (!FORM_ENDS.includes(name.slice(-1))) return null
  // Nearly every name ends so, and nothing of a form stands before it.
  if (name.endsWith(PLAIN_FORM) && !FORM_GOES_ON.includes(name.charAt(name.length - PLAIN_FORM.length - 1))) return PLAIN_FORM
  return FORM.exec(name)?.[0] ?? null
}

const PLAIN_FORM = '有限公司'
/** What 集团, 控股 and 股份 end with. */
const FORM_GOES_ON = '团)股份'

const withoutForm = (name: string, form: string | null): string =>
  form !== null && name.length - form.length >= 2 ? name.slice(0, name.length - form.length) : name

/** （深圳） is the place, （中国） and （集团） say nothing, any other bracket belongs to the name. */
function takeBrackets(name: string): { rest: string; region: string | null } {
  if (!name.includes('(')) return { rest: name.includes(')') ? name.replace(')', '') : name, region: null }
  let region: string | null = null
  const rest = name.replace(/\(([^()]*)\)?/g, (_whole, inner: string) => {
    const place = placeOf(inner)
    region = place ?? region
    return place !== null || /^(?:中国|集团|控股|个体工商户|有限合伙|普通合伙)$/.test(inner) ? '' : inner
  })
  return { rest: rest.replace(/[()]/g, ''), region }
}

function latinCore(plain: string): NameCore {
  let rest = plain
  let form: string | null = null
  for (let match = LATIN_FORM.exec(rest); match && rest.length - match[0].length >= 2; match = LATIN_FORM.exec(rest)) {
    form = `${match[0].trim()} ${form ?? ''}`.trim()
    rest = rest.slice(0, rest.length - match[0].length)
  }
  return { core: rest.replace(/^the\s+/, '').replace(/[^\p{L}\p{N}]+/gu, ''), branch: null, form, region: null }
}

/** Takes 中国, province, city and county names off the head, as long as a brand of two characters or more stays. */
function stripPlaces(text: string): { rest: string; region: string | null } {
  let rest = text
  let region: string | null = null
  for (let turn = 0; turn < 4; turn++) {
    const head = placeAtHead(rest, region)
    if (head === null) break
    const after = afterRank(rest.slice(head.length))
    if (after.length < 2 || isTradeOnly(after)) break
    rest = after
    region = head.code
  }
  return { rest, region }
}

/** 苏州 市达科: the rank behind a short name, where a brand follows. */
const afterRank = (text: string): string =>
  text.startsWith('市') || text.startsWith('省') ? text.replace(/^(?:市|省)(?=[\u3400-\u9fff]{2})/, '') : text

function placeAtHead(text: string, within: string | null): { length: number; code: string } | null {
  const places = loadPlaces()
  if (!mayBeginAny(places, text, 0)) return null
  const longest = Math.min(12, text.length - 2)
  for (const { text: written, named } of places.starting.get(pairAt(text, 0)) ?? NO_NAMES) {
    if (written.length > longest || !text.startsWith(written)) continue
    const code =
      codeOf(named.province, written, within) ??
      codeOf(named.city, written, within) ??
      districtCodeOf(named.district, written, within)
    if (code !== null) return { length: written.length, code }
  }
  return null
}

const NO_NAMES: readonly NamedPlace[] = []
const NONE: readonly PlaceName[] = []

const inReach = (all: readonly PlaceName[] | undefined, within: string | null): readonly PlaceName[] =>
  within === null || all === undefined
    ? (all ?? NONE)
    : all.filter(({ code }) => code.startsWith(within) || within.startsWith(code))

function codeOf(all: readonly PlaceName[] | undefined, written: string, within: string | null): string | null {
  const first = inReach(all, within)[0]
  return first && !(first.how === 'short' && BRAND_LIKE.has(written)) ? first.code : null
}

/** A short county name is a place only where it names a county-level city, or behind its own city. */
function districtCodeOf(all: readonly PlaceName[] | undefined, written: string, within: string | null): string | null {
  const fitting = inReach(all, within)
  const first = fitting[0]
  if (!first) return null
  if (first.how === 'short' && (BRAND_LIKE.has(written) || (!isCountyCity(first.code) && within?.length !== 4))) return null
  return within === null && (first.how === 'former' || fitting.length > 1) ? commonCode(fitting) : first.code
}

const isCountyCity = (code: string): boolean => loadPlaces().nameOf.get(code)?.endsWith('市') === true

function commonCode(all: readonly { readonly code: string }[]): string {
  const first = all[0]?.code ?? ''
  return all.every(({ code }) => code.startsWith(first.slice(0, 4)))
    ? first.slice(0, 4)
    : all.every(({ code }) => code.startsWith(first.slice(0, 2)))
      ? first.slice(0, 2)
      : ''
}

/** The code of a bracket that holds a place and nothing else: （深圳）, （江苏省）. */
function placeOf(text: string): string | null {
  const places = loadPlaces()
  const bare = text.replace(/^(?:中国)(?=.)/, '')
  for (const level of [places.city, places.province, places.district]) {
    const all = level.get(bare)
    if (all?.[0] && (level !== places.district || all.length === 1)) return all[0].code
  }
  return null
}

/** What a word of branches ends with; of companies only 分公司. */
const BRANCH_ENDS = '行店部院校所厂心处厅)'

/** 途畅科技有限公司合肥分公司 → 合肥; where no legal form parts them, a place before the branch word does (达科物流合肥分公司). */
function splitBranch(name: string): { house: string; branch: string } | null {
  if (!BRANCH_ENDS.includes(name.slice(-1)) && !name.endsWith('分公司')) return null
  const word = BRANCH_WORD.exec(name)
  if (!word) return null
  const before = name.slice(0, word.index)
  const house = HOUSE.exec(before)
  if (house) return { house: house[1] ?? before, branch: placeless(house[2] ?? '') || (word[1] ?? '') }
  for (let length = Math.min(6, before.length - 2); length >= 2; length--) {
    const tail = before.slice(-length)
    if (placeOf(tail) !== null || /^第?[一二三四五六七八九十\d]+$/.test(tail))
      return { house: before.slice(0, -length), branch: placeless(tail) }
  }
  return before.length >= 2 ? { house: before, branch: word[1] ?? '' } : null
}

const placeless = (branch: string): string => branch.replace(/^(?:公司|集团)/, '').replace(/[省市]/g, '')
