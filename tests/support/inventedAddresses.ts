import { seeded } from './inventedPhones.ts'

export type Division = { readonly code: string; readonly name: string }
export type InventedAddress = {
  readonly kind: string
  readonly raw: string
  readonly province: string
  readonly city: string
  readonly district: string
  /** Null where the notation leaves open what of it is detail. */
  readonly detail: string | null
}
type Place = { readonly code: string; readonly province: string; readonly city: string; readonly district: string }

const MUNICIPALITY = /^(?:11|12|31|50)/
const HEADING = /^(?:市辖区|县|(?:省|自治区)直辖县级行政区划)$/

/** Every county-level place of the register with its full names of today; cities without districts stand with an empty one. */
export function placesOf(register: readonly Division[]): Place[] {
  const nameOf = new Map(register.filter(({ name }) => !HEADING.test(name)).map(({ code, name }) => [code, name]))
  const places: Place[] = []
  for (const [code, name] of nameOf) {
    const province = nameOf.get(`${code.slice(0, 2)}0000`) ?? ''
    if (/^(?:71|81|82)/.test(code) || code.endsWith('0000')) continue
    if (code.endsWith('00')) {
      const empty = ![...nameOf.keys()].some((one) => one !== code && one.startsWith(code.slice(0, 4)))
      if (empty) places.push({ code, province, city: name, district: '' })
    } else if (code.slice(2, 4) === '90') places.push({ code, province, city: name, district: '' })
    else
      places.push({
        code,
        province,
        city: MUNICIPALITY.test(code) ? province : (nameOf.get(`${code.slice(0, 4)}00`) ?? ''),
        district: name,
      })
  }
  return places
}

const ROADS = [
  '人民路100号',
  '中山路88号3楼',
  '解放大道1号A座1203室',
  '文一西路522号',
  '北京路12号',
  '南京西路1717号',
  '建设街道8号',
  '花桥镇1号',
  '科技园路217号',
  '东风村5组',
  '工业园区兴业路3号',
  '上海大厦1201',
  '长江路838号',
  '经济技术开发区宏远路11号',
  '城关镇前进街2号',
  '西湖花园3栋',
  '和平桥东侧',
  '新华社区9号',
  '国际商贸城B区',
  '朝阳新村7幢',
  '万达广场写字楼2105',
  '学府路1号（大学科技园）',
  '民族乡中心小学旁',
  '102国道北侧',
  '滨海大道66号',
]
/** What people leave away, by hand and not by the rules under test. */
const bare = (name: string): string => name.replace(/(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市)$/, '')
const shortCity = (name: string): string | null => {
  if (name.endsWith('自治州')) return null
  const short = name.replace(/(?:地区|市|盟)$/, '')
  return short.length >= 2 && short !== name ? short : null
}
const shortDistrict = (name: string): string | null => {
  if (/族|自治|新区$|^市/.test(name)) return null
  const short = name.replace(/[县市区旗]$/, '')
  return short.length >= 2 && short !== name ? short : null
}

type Tools = {
  pick: <T>(list: readonly T[]) => T
  unique: (district: string) => boolean
  /** Whether the place is the only one of its city that is called so without its rank: 和田市 and 和田县 are two. */
  stemUnique: (place: Place) => boolean
}
type Made = { raw: string; detail?: string | null } | null

/** `count` addresses over the whole register in the notations of real sheets, with what they say. */
export function inventAddresses(register: readonly Division[], count: number, seed: number): InventedAddress[] {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const places = placesOf(register)
  const times = new Map<string, number>()
  for (const { district } of places) times.set(district, (times.get(district) ?? 0) + 1)
  const stems = new Map<string, number>()
  const stemOf = ({ city, district }: Place): string => `${city} ${shortDistrict(district) ?? ''}`
  for (const place of places) stems.set(stemOf(place), (stems.get(stemOf(place)) ?? 0) + 1)
  const tools: Tools = {
    pick,
    unique: (district) => times.get(district) === 1,
    stemUnique: (place) => stems.get(stemOf(place)) === 1,
  }
  const kinds = Object.entries(KINDS)
  const made: InventedAddress[] = []
  for (let at = 0; made.length < count; at++) {
    const [kind, make] = kinds[at % kinds.length] as (typeof kinds)[number]
    const place = pick(places)
    const road = pick(ROADS)
    const one = make(place, road, tools)
    if (one)
      made.push({
        kind,
        raw: one.raw,
        province: place.province,
        city: place.city,
        district: place.district,
        detail: one.detail === undefined ? road : one.detail,
      })
  }
  return made
}

const isOwn = ({ province, city }: Place): boolean => province === city
const cityPart = (place: Place): string => (isOwn(place) ? '' : place.city)

const KINDS: Readonly<Record<string, (place: Place, road: string, tools: Tools) => Made>> = {
  full: (place, road) => ({ raw: place.province + cityPart(place) + place.district + road }),
  doubledMunicipality: (place, road, { pick }) =>
    isOwn(place)
      ? {
          raw: pick([
            `${place.province}${place.province}${place.district}${road}`,
            `${bare(place.province)} ${place.province} ${place.district} ${road}`,
            `${place.province}市辖区${place.district}${road}`,
          ]),
        }
      : null,
  separated: (place, road, { pick }) => {
    const by = pick([
      ' ',
      '-',
      '/',
      ',',
      '，',
      '、',
      ' - ',
      '\u3000',
      '|',
      '·',
      '>',
      '_',
      '；',
      '  ',
      '\t',
      '.',
      '\n',
      '—',
      ' > ',
      '\\',
    ])
    return { raw: [place.province, cityPart(place), place.district, road].filter((part) => part !== '').join(by) }
  },
  shortProvince: (place, road) => ({ raw: bare(place.province) + cityPart(place) + place.district + road }),
  shortBoth: (place, road) => {
    const city = shortCity(place.city)
    return city === null || place.district === '' || isOwn(place)
      ? null
      : { raw: bare(place.province) + city + place.district + road }
  },
  cityFirst: (place, road) => (isOwn(place) || place.city === '' ? null : { raw: place.city + place.district + road }),
  shortCityFirst: (place, road) => {
    const city = shortCity(place.city)
    return city === null || isOwn(place) || place.district === '' ? null : { raw: city + place.district + road }
  },
  provinceDistrict: (place, road, { unique }) =>
    isOwn(place) || place.district === '' || !unique(place.district) ? null : { raw: place.province + place.district + road },
  shortProvinceDistrict: (place, road, { unique }) =>
    isOwn(place) || place.district === '' || !unique(place.district)
      ? null
      : { raw: bare(place.province) + place.district + road },
  uniqueDistrict: (place, road, { unique }) =>
    place.district === '' || !unique(place.district) ? null : { raw: place.district + road },
  shortDistrict: (place, _road, { pick, stemUnique }) => {
    const short = shortDistrict(place.district)
    if (short === null || isOwn(place) || !stemUnique(place)) return null
    const road = pick([' 人民路100号', '花桥镇1号', '，中山路88号', '经济开发区兴业路3号'])
    return { raw: place.province + place.city + short + road, detail: road.replace(/^[ ，]/, '') }
  },
  allShort: (place, _road, { pick, stemUnique }) => {
    const [city, short] = [shortCity(place.city), shortDistrict(place.district)]
    if (city === null || short === null || isOwn(place) || !stemUnique(place)) return null
    const road = pick([' 人民路100号', '花桥镇1号', '-中山路88号'])
    return { raw: bare(place.province) + city + short + road, detail: road.replace(/^[ -]/, '') }
  },
  repeated: (place, road) => {
    const head = place.province + cityPart(place) + place.district
    return place.district === '' ? null : { raw: head + head + road }
  },
  repeatedCity: (place, road, { pick }) =>
    isOwn(place) || place.district === ''
      ? null
      : {
          raw: pick([
            `${place.city}${place.district}${place.province}${place.city}${place.district}${road}`,
            `${place.province}${place.city}${place.city}${place.district}${road}`,
            `${place.province}${place.city}${place.district}${place.city}${place.district}${road}`,
            `${place.province}${place.city}${place.district}${place.district}${road}`,
          ]),
        },
  country: (place, road, { pick }) => ({
    raw:
      pick(['中国', '中国 ', '中华人民共和国', '中国-', 'China ', '中国，', 'CN ']) +
      place.province +
      cityPart(place) +
      place.district +
      road,
  }),
  labelled: (place, road, { pick }) => ({
    raw:
      pick([
        '地址：',
        '收货地址:',
        '详细地址：',
        '公司地址 ',
        '【地址】',
        '（总部）',
        '注册地址：',
        '地 址：',
        '办公地址：',
        'Add: ',
        '地址为',
      ]) +
      place.province +
      cityPart(place) +
      place.district +
      road,
  }),
  postcode: (place, road, { pick }) => ({
    raw:
      pick(['215000 ', '(215000)', '215000', '邮编215000 ', '[215000]']) +
      place.province +
      cityPart(place) +
      place.district +
      road,
  }),
  postcodeBehind: (place, road, { pick }) => ({
    raw: `${place.province}${cityPart(place)}${place.district}${road}${pick([' 215000', '（邮编：215000）', ' 邮编:215000'])}`,
    detail: null,
  }),
  blanksInside: (place, road) => ({ raw: [...(place.province + cityPart(place) + place.district)].join(' ') + road }),
  invisible: (place, road, { pick }) => ({
    raw: (place.province + cityPart(place) + place.district).split('').join(pick(['\u200b', '\ufeff', '\u00ad'])) + road,
  }),
  bracketed: (place, road, { pick }) => {
    if (isOwn(place)) return null
    return {
      raw: pick([
        `（${place.province}）${place.city}${place.district}${road}`,
        `【${place.province}】【${place.city}】【${place.district}】${road}`,
        `[${place.province}] ${place.city} ${place.district} ${road}`,
        `(${place.province}${place.city})${place.district}${road}`,
        `${place.province}（${place.city}）${place.district}${road}`,
        `"${place.province}${place.city}${place.district}${road}"`,
      ]),
      detail: null,
    }
  },
  registerHeading: (place, road) => {
    if (isOwn(place))
      return { raw: `${place.province}${place.district.endsWith('县') ? '县' : '市辖区'}${place.district}${road}` }
    return place.district === '' && /^\d{2}90/.test(place.code)
      ? { raw: `${place.province}省直辖县级行政区划${place.city}${road}` }
      : null
  },
  dropsPeople: (place, road) => {
    // 恩施州恩施市, 大理州大理市: how everybody writes a prefecture of a people.
    if (!place.city.endsWith('自治州')) return null
    const stem = place.city.replace(/自治州$/, '').replace(/(?:[土傈傣景哈布柯]?[一-龥]{1,2}[族])+$/, '')
    const known = [
      '恩施',
      '湘西',
      '大理',
      '楚雄',
      '红河',
      '文山',
      '延边',
      '甘孜',
      '凉山',
      '阿坝',
      '德宏',
      '怒江',
      '迪庆',
      '西双版纳',
      '黔东南',
      '黔南',
      '黔西南',
      '临夏',
      '甘南',
      '海北',
      '黄南',
      '海南',
      '果洛',
      '玉树',
      '海西',
      '昌吉',
      '博尔塔拉',
      '巴音郭楞',
      '伊犁',
    ].find((name) => place.city.startsWith(name))
    return known === undefined || stem === '' ? null : { raw: `${bare(place.province)}${known}州${place.district}${road}` }
  },
  autonomousShort: (place, road) => {
    // 恭城县 for 恭城瑶族自治县, behind its city.
    if (!place.district.endsWith('自治县') || isOwn(place)) return null
    const known = /^(.{2,3}?)(?:[一-龥]{1,4}族|各族)/.exec(place.district)?.[1]
    return known === undefined ? null : { raw: `${place.province}${place.city}${known}县${road}`, detail: null }
  },
}
