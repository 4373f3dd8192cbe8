import { type Division, placesOf } from './inventedAddresses.ts'
import { seeded } from './inventedPhones.ts'

export type InventedContact = {
  readonly form: string
  readonly raw: string
  /** The stated parts: name, mobile, province, city, district, detail. */
  readonly parts: Readonly<Record<string, string>>
}
type Parts = {
  readonly name: string
  readonly mobile: string
  readonly written: string
  readonly levels: readonly [string, string, string]
  readonly road: string
  /** The address in one of its notations. */
  readonly whole: string
}

const ROADS = [
  '义明综合楼3F',
  '石竹街道1号',
  '柳市镇新光工业区',
  '民治街道办民乐新村',
  '花园小区1楼三单元301',
  '拱辰东路08-88号',
  '黄山路潮华雅居10栋000房',
  '程普路123号',
  '怡然居小区2-3-501',
  '凤凰镇芒果村',
  '人民中路58号万达广场A座2203室',
  '解放街中国银行楼下',
  '文化路3号院5号楼2单元401',
  '大学城学生公寓8栋',
  '第一中学',
  '经济开发区兴业路18号某某科技有限公司',
  '火车站旁顺丰速运',
  '东街村委会对面',
  '南门西路209号',
  'xx超市',
  '工业园三期2号厂房前台',
]
const SURNAMES = [
  ...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤',
]
const GIVEN = [
  '伟',
  '芳',
  '秀英',
  '建国',
  '晓明',
  '丽',
  '志强',
  '雪梅',
  '磊',
  '若芯',
  '浩然',
  '梓涵',
  '宇',
  '婷婷',
  '国栋',
  '苑素',
  '佳',
  '文博',
  '海燕',
  '俊杰',
]

/** `count` delivery texts as people paste them, in some thirty orders and notations. */
export function inventContacts(register: readonly Division[], count: number, seed: number): InventedContact[] {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const digits = (n: number): string => Array.from({ length: n }, () => Math.floor(random() * 10)).join('')
  // A district without its city is another matter (addresses.test.ts).
  const places = placesOf(register)
  const forms = Object.entries(FORMS)
  return Array.from({ length: count }, (_one, at) => {
    const [form, write] = forms[at % forms.length] as (typeof forms)[number]
    const { province, city, district } = pick(places)
    const surname = pick(SURNAMES)
    const name = pick([
      surname + pick(GIVEN),
      surname + pick(GIVEN),
      surname + pick(['先生', '女士', '小姐', '老师', '总', 'x', 'xx', '某某']),
      `小${surname}`,
    ])
    const mobile = `1${pick(['38', '39', '50', '56', '86', '77', '99'])}${digits(8)}`
    const written = pick([
      mobile,
      mobile,
      mobile.replace(/^(...)(....)/, '$1 $2 '),
      mobile.replace(/^(...)(....)/, '$1-$2-'),
      `+86 ${mobile}`,
      `86-${mobile}`,
    ])
    const between = city === province ? '' : city
    const road = pick(ROADS)
    const area = pick([
      province + between + district,
      [province, between, district].filter((one) => one !== '').join(' '),
      province.replace(/[省市]$/, '') + between + district,
    ])
    const raw = write({
      name,
      mobile,
      written,
      levels: [province, between, district],
      road,
      whole: area + pick(['', ' ']) + road,
    })
    const parts = { name, province, city, district, detail: road, ...(form === 'nobody' ? {} : { mobile: `+86${mobile}` }) }
    return { form, raw, parts }
  })
}

const FORMS: Readonly<Record<string, (parts: Parts) => string>> = {
  anm: ({ name, written, whole }) => `${whole}，${written}，${name}`,
  anm2: ({ name, written, whole }) => `${whole} ${name} ${written}`,
  nma: ({ name, written, whole }) => `${name} ${written} ${whole}`,
  nma2: ({ name, written, whole }) => `${name}，${written}，${whole}`,
  mna: ({ name, written, whole }) => `${written} ${name} ${whole}`,
  man: ({ name, written, whole }) => `${written} ${whole} ${name}`,
  nm_a: ({ name, written, whole }) => `${name}${written} ${whole}`,
  a_nm: ({ name, written, whole }) => `${whole}  ${name}${written}`,
  amn: ({ name, written, whole }) => `${whole}${written} ${name}收`,
  lab: ({ name, written, levels, road }) =>
    `收货人：${name}\n手机号码：${written}\n所在地区：${levels.join('')}\n详细地址：${road}`,
  lab2: ({ name, written, whole }) => `收件人: ${name} 电话: ${written} 地址: ${whole}`,
  lab3: ({ name, written, whole }) => `姓名：${name}，电话：${written}，地址：${whole}，邮编：215000`,
  lab4: ({ name, written, whole }) => `地址：${whole}收货人：${name}电话：${written}`,
  shou: ({ name, written, whole }) => `${whole} ${name}(收) ${written}`,
  lines: ({ name, written, whole }) => `${name}\n${written}\n${whole}`,
  lines2: ({ name, written, whole }) => `${whole}\n${name}\n${written}`,
  comma: ({ name, written, levels, road }) => `${name},${written},${levels.join(' ')} ${road},215000`,
  dot: ({ name, written, whole }) => `${whole}。${name}${written}`,
  tb: ({ name, mobile, whole }) => `${name}, ${mobile}, ${whole}`,
  jd: ({ name, written, levels, road }) => `收货人：${name}手机号码${written}所在地区${levels.join('')}详细地址${road}`,
  dun: ({ name, written, whole }) => `${name}、${written}、${whole}`,
  brac: ({ name, written, whole }) => `${whole}（${name}收）${written}`,
  brac2: ({ name, written, whole }) => `${whole}（${name}，${written}）`,
  dash: ({ name, written, whole }) => `${name}-${written}-${whole}`,
  slash: ({ name, written, whole }) => `${name}/${written}/${whole}`,
  tab: ({ name, written, whole }) => `${name}\t${written}\t${whole}`,
  please: ({ name, written, whole }) => `麻烦寄到：${whole}，${name}，${written}，谢谢`,
  nobody: ({ name, whole }) => `${whole} ${name}`,
}
