import { surnameOf } from '../../kernel/matching/surnames.ts'
import { cleanText, isNothing, toHalfWidth } from '../../kernel/cleaning/text.ts'

/** What the cells of a column look like, each 0..1 = share of the filled samples. */
export type ColumnContent = {
  readonly filled: number
  readonly phone: number
  readonly email: number
  readonly link: number
  readonly address: number
  readonly company: number
  readonly person: number
  readonly creditCode: number
  readonly date: number
  readonly amount: number
}

const TITLES = /^[一-龥]{1,2}(?:总|经理|主任|工|老师|先生|女士|小姐|厂长|店长|老板|院长|校长|会计|姐|哥|师傅)$/

const TESTS: Readonly<Record<Exclude<keyof ColumnContent, 'filled'>, (cell: string) => boolean>> = {
  phone: (cell) =>
    /(?:^|\D)(?:\+?(?:00)?86[- ]?)?1[3-9]\d[-\s]?[\d*x]{4}[-\s]?\d{4}(?:\D|$)|^[（(+\d][\d\s()\-—+./、,;转]{6,40}$/.test(cell) &&
    (cell.match(/[\d*]/g)?.length ?? 0) >= 7 &&
    !/^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}/.test(cell) &&
    !/^\d{1,6}([.,]\d+)+$/.test(cell),
  email: (cell) => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(cell),
  link: (cell) => /^(?:https?:\/\/|www\.)\S+$/i.test(cell),
  address: (cell) =>
    cell.length >= 6 &&
    (cell.match(/省|市|区|县|镇|乡|村|街|路|弄|巷|号|室|楼|大道|大厦|园/g)?.length ?? 0) >= 2 &&
    !cell.endsWith('公司'),
  company: (cell) =>
    /(?:公司|集团|厂|商行|经营部|事务所|合作社|中心|工作室|医院|学校|大学|银行|酒店|超市)(?:[（(].*[)）])?$|分公司|\b(?:co\.?,? ?ltd|inc|llc|gmbh|corp)\b/i.test(
      cell,
    ),
  person: (cell) => surnameOf(cell) !== null || TITLES.test(cell) || /^(?:mr|ms|mrs|dr)\.? [a-z]/i.test(cell),
  creditCode: (cell) =>
    /^(?=.*[A-Z])[0-9A-HJ-NP-RT-UW-Y]{18}$/.test(cell.toUpperCase()) || /^9[0-9A-Z]{17}$/.test(cell.toUpperCase()),
  date: (cell) => /^(?:19|20)\d{2}(?:[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?)(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$/.test(cell),
  amount: (cell) => /^[¥￥$]?-?[\d,]+(?:\.\d+)?(?:元|万|万元|亿)?$/.test(cell),
}

/** Judges a column by its sample cells. */
export function readContent(samples: readonly string[]): ColumnContent {
  const cells = samples.map((sample) => toHalfWidth(cleanText(sample))).filter((cell) => !isNothing(cell))
  const share = (test: (cell: string) => boolean): number => (cells.length === 0 ? 0 : cells.filter(test).length / cells.length)
  return {
    filled: cells.length,
    phone: share(TESTS.phone),
    email: share(TESTS.email),
    link: share(TESTS.link),
    address: share(TESTS.address),
    company: share(TESTS.company),
    person: share(TESTS.person),
    creditCode: share(TESTS.creditCode),
    date: share(TESTS.date),
    amount: share(TESTS.amount),
  }
}
