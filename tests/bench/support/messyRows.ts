import { randomFrom, type Random } from '../../../src-main/features/setup/invent.ts'
import {
  BRAND_FIRST,
  BRAND_SECOND,
  CITIES,
  FORMS,
  GIVEN,
  SOURCES,
  SURNAMES,
  TITLES,
  TRADE_INDUSTRY,
  TRADES,
} from '../../../src-main/features/setup/seedWords.ts'

export const HEADER = [
  '客户名称',
  '客户级别',
  '行业',
  '客户来源',
  '公司电话',
  '邮箱',
  '公司地址',
  '联系人',
  '职务',
  '手机',
  '下次跟进时间',
  '备注',
]
type Firm = {
  city: readonly [string, string, string]
  brand: string
  trade: string
  form: string
  level: string
  source: string
  line: string
  mail: string
  road: string
  person: string
  title: string
  mobile: string
  next: number
  note: string
}
const pick = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
const digits = (random: Random, count: number): string => Array.from({ length: count }, () => Math.floor(random() * 10)).join('')
const HEADS = ['135', '136', '137', '138', '139', '150', '151', '158', '159', '182', '183', '186', '187', '188', '189']
const AREAS: Readonly<Record<string, string>> = { 北京市: '010', 上海市: '021', 天津市: '022', 重庆市: '023', 广州市: '020' }
const NOTES = ['', '', '', '老客户介绍', '展会认识，要样品', '价格敏感', '  月结30天', '周末勿打电话', '合同在谈\n等报价', '无']

function firmFrom(random: Random): Firm {
  const city = pick(random, CITIES)
  const brand = [pick(random, BRAND_FIRST), pick(random, BRAND_SECOND), pick(random, BRAND_SECOND), pick(random, BRAND_SECOND)]
  return {
    city,
    brand: brand.join(''),
    trade: pick(random, TRADES),
    form: pick(random, FORMS),
    level: pick(random, ['A', 'B', 'B', 'C', 'C', '']),
    source: pick(random, SOURCES),
    line: `${AREAS[city[1]] ?? '0512'}-${pick(random, ['6', '8', '5'])}${digits(random, 7)}`,
    mail: `info${digits(random, 7)}@example.cn`,
    road: `${pick(random, BRAND_FIRST)}${pick(random, BRAND_SECOND)}路${1 + Math.floor(random() * 998)}号`,
    person: pick(random, SURNAMES) + pick(random, GIVEN) + (random() < 0.7 ? pick(random, GIVEN) : ''),
    title: pick(random, TITLES),
    mobile: pick(random, HEADS) + digits(random, 8),
    next: Math.floor(random() * 60),
    note: pick(random, NOTES),
  }
}

const nameOf = ({ city, brand, trade, form }: Firm): string => `${city[1].replace(/市$/, '')}${brand}${trade}${form}`
const wide = (text: string): string => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** As a tidy list has it. */
export function tidyRow(firm: Firm): string[] {
  const [province, city, district] = firm.city
  return [
    nameOf(firm),
    firm.level,
    TRADE_INDUSTRY[firm.trade] ?? '制造业',
    firm.source,
    firm.line,
    firm.mail,
    `${province === city ? '' : province}${city}${district}${firm.road}`,
    firm.person,
    firm.title,
    firm.mobile,
    dayOf(firm, '-'),
    firm.note.trim(),
  ]
}

const dayOf = ({ next }: Firm, between: string): string =>
  ['2026', twoDigits(12 - (next > 30 ? 0 : 1)), twoDigits(1 + (next % 28))].join(between)

function messyName(random: Random, firm: Firm): string {
  const name = nameOf(firm)
  const how = random()
  if (how < 0.5) return name
  if (how < 0.6) return ` ${name} `
  if (how < 0.7) return `${firm.city[1]}${firm.brand}${firm.trade}${firm.form}`
  if (how < 0.8) return `${firm.brand}${firm.trade}（${firm.city[1].replace(/市$/, '')}）${firm.form}`
  if (how < 0.9) return `${firm.city[0]}${firm.city[1]}${firm.brand} ${firm.trade}${firm.form}`
  return `${name}(老客户)`
}

function messyMobile(random: Random, { mobile, line }: Firm): string | number {
  const [a, b, c] = [mobile.slice(0, 3), mobile.slice(3, 7), mobile.slice(7)]
  const how = random()
  if (how < 0.4) return mobile
  if (how < 0.5) return Number(mobile)
  if (how < 0.6) return `${a}-${b}-${c}`
  if (how < 0.7) return `${a} ${b} ${c}`
  if (how < 0.8) return `+86 ${mobile}`
  if (how < 0.85) return wide(mobile)
  if (how < 0.9) return `${mobile}/${line}`
  if (how < 0.93) return `${a}****${c}`
  return how < 0.96 ? `手机：${mobile}` : ''
}

function messyLine(random: Random, { line }: Firm): string {
  const [area = '', number = ''] = line.split('-')
  const how = random()
  if (how < 0.4) return line
  if (how < 0.55) return `${area}${number}`
  if (how < 0.7) return `(${area})${number}`
  if (how < 0.8) return `${line}转801`
  if (how < 0.85) return `+86-${area.slice(1)}-${number}`
  return how < 0.9 ? '无' : ''
}

function messyAddress(random: Random, { city: [province, city, district], road }: Firm): string {
  const how = random()
  if (how < 0.4) return `${province === city ? '' : province}${city}${district}${road}`
  if (how < 0.6) return `${city.replace(/市$/, '')}${district}${road}`
  if (how < 0.7) return `${province} ${city} ${district} ${road}`
  if (how < 0.8) return `${province.replace(/[省市]$/, '')}${city.replace(/市$/, '')}${district}${road}3幢201室`
  if (how < 0.9) return `地址：${city}${district}${road}`
  return how < 0.95 ? district + road : road
}

function messyDay(random: Random, firm: Firm): string | Date {
  const how = random()
  if (how < 0.3) return ''
  if (how < 0.5) return new Date(`${dayOf(firm, '-')}T00:00:00Z`)
  if (how < 0.65) return dayOf(firm, '/')
  if (how < 0.8) return dayOf(firm, '.')
  const [year = '', month = '', day = ''] = dayOf(firm, '-').split('-')
  return how < 0.9 ? `${year}年${Number(month)}月${Number(day)}日` : dayOf(firm, '')
}

/** The same firm as somebody else typed it. */
export function messyRow(random: Random, firm: Firm): (string | number | Date)[] {
  return [
    messyName(random, firm),
    random() < 0.1 && firm.level !== '' ? `${firm.level}级` : firm.level,
    TRADE_INDUSTRY[firm.trade] ?? '制造业',
    firm.source,
    messyLine(random, firm),
    random() < 0.1 ? firm.mail.toUpperCase() : random() < 0.1 ? '-' : firm.mail,
    messyAddress(random, firm),
    random() < 0.1 ? `${firm.person.slice(0, 1)} ${firm.person.slice(1)}` : firm.person,
    random() < 0.1 ? ` ${firm.title}` : firm.title,
    messyMobile(random, firm),
    messyDay(random, firm),
    firm.note,
  ]
}

/** Firms one after another, the same for the same seed. */
export function* firms(seed: number, count: number): Generator<Firm> {
  const random = randomFrom(seed)
  for (let at = 0; at < count; at++) yield firmFrom(random)
}
export { randomFrom }
