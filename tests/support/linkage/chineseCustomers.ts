import { dice, type Dice, type LabelledTable } from './table.ts'

const CITIES: readonly (readonly [string, string, string, string])[] = [
  ['江苏省', '苏州市', '吴中区', '0512'],
  ['江苏省', '南京市', '鼓楼区', '025'],
  ['浙江省', '杭州市', '西湖区', '0571'],
  ['浙江省', '宁波市', '鄞州区', '0574'],
  ['广东省', '深圳市', '南山区', '0755'],
  ['广东省', '广州市', '天河区', '020'],
  ['山东省', '青岛市', '市南区', '0532'],
  ['四川省', '成都市', '武侯区', '028'],
  ['湖北省', '武汉市', '洪山区', '027'],
  ['陕西省', '西安市', '雁塔区', '029'],
  ['福建省', '厦门市', '思明区', '0592'],
  ['河南省', '郑州市', '金水区', '0371'],
  ['', '上海市', '徐汇区', '021'],
  ['', '北京市', '海淀区', '010'],
  ['', '重庆市', '渝中区', '023'],
]
/** Beside each sign others of its sound. */
const BRAND =
  '瑞锐睿 达大 鑫欣新 华桦 盛胜圣 宏弘鸿 远源元 嘉佳家 恒衡 泰态 博伯 诚城成 信芯 力利立 智志 通同 云耘 辉晖 腾藤 卓 凯楷 正政 康 美 德 龙隆 金今 海 东冬 明铭 荣融 天添 伟维 安 景 威微 丰峰锋 晟 顺 捷杰 航 百佰 科'.split(
    ' ',
  )
const TRADE =
  '物流 贸易 食品 建材 电子商务 信息技术 机械设备 汽车配件 医疗器械 广告传媒 教育咨询 纺织品 包装材料 环保科技 装饰工程 餐饮管理 网络科技 农业发展 五金制品 服饰 家具 化工 软件'.split(
    ' ',
  )
const FORM = ['有限公司', '有限责任公司', '股份有限公司', '集团有限公司', '公司', '']
const SURNAME =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'
const GIVEN = '伟强磊军洋勇艳杰娟涛明超秀英华慧建国文辉力丽静敏刚平桂兰志宇浩雪梅春霞飞玉龙红燕晨轩子涵欣怡佳琪俊熙博昊然'
const STREETS =
  '人民路 解放大道 中山路 建设路 科技园路 和平街 长江路 学院路 滨河路 工业南路 创新大道 迎宾大道 文化东路 振兴街'.split(' ')
const TRADITIONAL: Readonly<Record<string, string>> = {
  达: '達',
  华: '華',
  远: '遠',
  恒: '恆',
  诚: '誠',
  腾: '騰',
  凯: '凱',
  龙: '龍',
  东: '東',
  荣: '榮',
  伟: '偉',
  丰: '豐',
  顺: '順',
  贸: '貿',
  电: '電',
  网: '網',
  广: '廣',
  业: '業',
  机: '機',
  汽: '汽',
  辉: '輝',
  云: '雲',
  科: '科',
}
const TITLES = ['总', '经理', '先生', '女士', '主任', '工']

export type ChineseWays = {
  readonly customers: number
  /** Shares: rows that are copies of a customer, branches, switchboards, namesakes, masked numbers, typing errors in names. */
  readonly copies?: number
  readonly branches?: number
  readonly switchboards?: number
  readonly namesakes?: number
  readonly masked?: number
  readonly slips?: number
  readonly people?: number
  /** false: neither mail nor address columns. */
  readonly wide?: boolean
}

type Customer = {
  readonly id: string
  readonly person: boolean
  readonly brand: string
  readonly trade: string
  readonly form: string
  readonly place: (typeof CITIES)[number]
  readonly contact: string
  readonly mobile: string
  readonly line: string | null
  readonly mail: string
  readonly street: string
  readonly branch: string | null
  readonly bracket: boolean
}

/** A customer list as salespeople keep it: one customer in several notations, and strangers who look alike. */
export function chineseCustomers(seed: number, ways: ChineseWays): LabelledTable {
  const die = dice(seed)
  const customers: Customer[] = []
  for (let at = 0; at < ways.customers; at++) customers.push(...household(die, ways, customers, String(at)))
  const out: { cells: string[]; of: string }[] = []
  for (const customer of customers) {
    const copies = 1 + (die.chance(ways.copies ?? 0.4) ? 1 + die.below(3) : 0)
    const names = new Set<string>()
    for (let copy = 0; copy < copies; copy++) {
      const cells = notation(die, customer, ways, copy > 0 && copy < 3)
      names.add(cells[0] ?? '')
      out.push({ cells, of: customer.id })
    }
  }
  const rows = die.shuffle(out)
  const header = [
    '编号',
    '客户全称',
    '联系人姓名',
    '联系方式',
    ...(ways.wide === false ? [] : ['电子邮箱', '详细地址']),
    '客户来源',
  ]
  return {
    header,
    rows: rows.map(({ cells }, at) => [
      `KH${String(at + 1).padStart(5, '0')}`,
      ...(ways.wide === false ? cells.slice(0, 3) : cells),
      die.pick(['展会', '转介绍', '电话营销', '官网', '']),
    ]),
    truth: rows.map(({ of }) => of),
  }
}

/** One customer and whoever is mistaken for him: a branch elsewhere, a neighbour behind the same switchboard, a namesake. */
function household(die: Dice, ways: ChineseWays, before: readonly Customer[], id: string): Customer[] {
  const own = customerOf(die, id, die.chance(ways.people ?? 0.08))
  const last = before[before.length - 1]
  if (last && !last.person && last.branch === null && die.chance(ways.branches ?? 0.05)) {
    const place = die.pick(CITIES.filter(([, city]) => city !== last.place[1]))
    return [
      {
        ...last,
        id,
        place: [last.place[0], last.place[1], last.place[2], last.place[3]],
        branch: place[1].replace('市', ''),
        contact: own.contact,
        mobile: die.chance(0.2) ? last.mobile : own.mobile,
        line: null,
        mail: own.mail,
        street: own.street,
      },
    ]
  }
  if (last && !last.person && last.line !== null && die.chance(ways.switchboards ?? 0.05))
    return [{ ...own, person: false, id, place: last.place, line: last.line, street: last.street }]
  if (last?.person && die.chance(ways.namesakes ?? 0.3))
    return [{ ...own, id, person: true, contact: last.contact, place: die.chance(0.5) ? last.place : own.place }]
  if (last && !last.person && die.chance(0.02))
    return [
      {
        ...own,
        person: false,
        id,
        brand: last.brand,
        trade: last.trade,
        place: die.pick(CITIES.filter(([, city]) => city !== last.place[1])),
        bracket: false,
      },
    ]
  return [own]
}

function customerOf(die: Dice, id: string, person: boolean): Customer {
  const place = die.pick(CITIES)
  const mobile = `1${die.pick(['38', '39', '36', '50', '58', '86', '77', '99', '33'])}${String(die.below(100_000_000)).padStart(8, '0')}`
  return {
    id,
    person,
    brand:
      die.pick(die.pick(BRAND).split('')) +
      die.pick(die.pick(BRAND).split('')) +
      (die.chance(0.15) ? die.pick(die.pick(BRAND).split('')) : ''),
    trade: die.pick(TRADE),
    form: die.pick(FORM.slice(0, 4)),
    place,
    contact: die.skewed(SURNAME.split('')) + die.pick(GIVEN.split('')) + (die.chance(0.7) ? die.pick(GIVEN.split('')) : ''),
    mobile,
    line: die.chance(0.3)
      ? `${place[3]}-${place[3].length === 3 ? 5 + die.below(4) : ''}${String(2_000_000 + die.below(7_000_000))}`
      : null,
    mail: die.chance(0.6)
      ? `${die.pick(['li', 'wang', 'sales', 'info', 'hr'])}${die.below(99999)}@${die.chance(0.4) ? 'qq.com' : `c${id}.example.cn`}`
      : '',
    street: `${die.pick(STREETS)}${1 + die.below(999)}号${die.chance(0.5) ? `${1 + die.below(30)}楼` : ''}`,
    branch: null,
    bracket: die.chance(0.12),
  }
}

function notation(die: Dice, of: Customer, ways: ChineseWays, slip: boolean): string[] {
  return [
    companyName(die, of, ways, slip),
    contactOf(die, of),
    phoneOf(die, of, ways),
    die.chance(0.4) ? '' : mailOf(die, of.mail),
    addressOf(die, of),
  ]
}

function companyName(die: Dice, of: Customer, ways: ChineseWays, slip: boolean): string {
  if (of.person) return of.contact
  const [province, city] = of.place
  const short = city.replace('市', '')
  const form = die.chance(0.5) ? of.form : die.pick(FORM)
  let brand = of.brand
  if (slip && die.chance(ways.slips ?? 0.12)) brand = homophone(die, brand)
  let core = brand + of.trade
  if (die.chance(0.08)) core = [...core].map((sign) => TRADITIONAL[sign] ?? sign).join('')
  const head = die.pick(of.branch !== null ? [short, city] : [short, short, short, city, '', province + short, province + city])
  let name = of.bracket
    ? `${brand}${die.pick(['（', '('])}${short}${die.pick(['）', ')'])}${of.trade}${form}`
    : head + core + form
  if (of.branch !== null) name = `${head}${core}${form === '' ? '有限公司' : form}${of.branch}分公司`
  if (die.chance(0.04)) name = `${name.slice(0, 3)} ${name.slice(3)}`
  if (die.chance(0.03)) name = ` ${name}　`
  return name
}

function homophone(die: Dice, brand: string): string {
  const at = die.below(brand.length)
  const family = BRAND.find((signs) => signs.includes(brand[at] ?? ''))
  return family && family.length > 1
    ? brand.slice(0, at) + die.pick([...family].filter((sign) => sign !== brand[at])) + brand.slice(at + 1)
    : brand
}

function contactOf(die: Dice, { contact, person }: Customer): string {
  if (person) return die.chance(0.5) ? contact : ''
  if (die.chance(0.12)) return ''
  return die.chance(0.12) ? (contact[0] ?? '') + die.pick(TITLES) : contact
}

function phoneOf(die: Dice, { mobile, line }: Customer, ways: ChineseWays): string {
  const masked = `${mobile.slice(0, 3)}${die.pick(['****', 'xxxx', '＊＊＊＊', '**'])}${mobile.slice(7)}`
  if (die.chance(ways.masked ?? 0.12)) return masked
  if (line !== null && die.chance(0.35)) return line + (die.chance(0.2) ? `转${800 + die.below(99)}` : '')
  if (die.chance(0.08)) return ''
  const forms = [
    mobile,
    mobile,
    mobile,
    `${mobile.slice(0, 3)} ${mobile.slice(3, 7)} ${mobile.slice(7)}`,
    `${mobile.slice(0, 3)}-${mobile.slice(3, 7)}-${mobile.slice(7)}`,
    `+86 ${mobile}`,
    `86${mobile}`,
    `手机：${mobile}`,
    `${mobile}.0`,
  ]
  return die.pick(forms) + (line !== null && die.chance(0.15) ? ` / ${line}` : '')
}

const mailOf = (die: Dice, mail: string): string => (die.chance(0.1) ? mail.toUpperCase() : mail)

function addressOf(die: Dice, { place: [province, city, district], street, branch }: Customer): string {
  if (die.chance(0.2) || branch !== null) return ''
  return die.pick([
    `${province}${city}${district}${street}`,
    `${city}${district}${street}`,
    `${province.replace('省', '')}${city.replace('市', '')}${district}${street}`,
    `${province} ${city} ${district} ${street}`,
    `${city}${street}`,
  ])
}
