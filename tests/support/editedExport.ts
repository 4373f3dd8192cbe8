// Bases with everything a stored value may be, files as spreadsheets save them, and edits whose outcome is known beforehand.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { exportList } from '../../src-main/features/exports/public.ts'
import { importFile, type ImportFileResult } from '../../src-main/features/imports/public.ts'
import { text as contactText } from '../../src-shared/features/contacts/text.ts'
import { text as customerText } from '../../src-shared/features/customers/text.ts'
import { text as followUpText } from '../../src-shared/features/follow-ups/text.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { columnOf } from '../../src-shared/kernel/entity.ts'
import type { TestBackend } from './backend.ts'
import { bySystem, type randomFrom } from './factories.ts'

type Random = ReturnType<typeof randomFrom>
export type Grid = (string | Date | number)[][]
export type Kind = 'customer' | 'contact' | 'followUp'
export type Format = 'xlsx' | 'csv'

const PHONES = [
  '+8613805126621',
  '+8657588001234',
  '+8651267458800;ext=801',
  '138****8000',
  '88001234',
  '+864008057345',
  '+85261234567',
  null,
]
const TEXTS = [
  '无',
  '007',
  '=1+1',
  '+展会',
  '3-5 楼',
  '说"好",\n再谈',
  ' 前后有空格 ',
  '2026-3-5',
  '320500123456789',
  '苏绣',
  '@某人',
  '',
  null,
]
const NAMES = ['（上海）越纺 印染有限公司', 'ACME (China) Co., Ltd.', '宁波港机', '王海峰', '无', '12345', '绍兴越纺印染有限公司']
const PLACES = [
  ['江苏', '苏州市', '姑苏区', '干将西路 1 号 3-5 室'],
  ['浙江省', '杭州市', null, '文三路'],
  [null, null, null, '老城根下'],
  ['上海市', '上海市', '浦东新区', null],
]
const MOMENTS = [
  '2026-12-01T02:03:04.000Z',
  '2026-12-01T16:00:00.000Z',
  '2027-01-05T01:30:00.000Z',
  '2026-12-24T07:08:09.123Z',
  null,
]
const TAGS = ['重点', 'VIP', '展会 2026', '老客户']

/** Rows written as older programs and imports have left them: not all as cleaning would leave them today. */
export async function makeBase(running: TestBackend, random: Random, customers: number): Promise<void> {
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)] as T
  await bySystem(running, async (context) => {
    const { tx } = context
    const at = context.now()
    const staff = await tx.selectFrom('employee').select('id').execute()
    const tagIds: string[] = []
    for (const name of TAGS) {
      const known = await tx.selectFrom('tag').select('id').where('name', '=', name).executeTakeFirst()
      const id = known?.id ?? context.newId()
      if (!known)
        await tx
          .insertInto('tag')
          .values({ id, name, nameKey: name.toLowerCase(), tone: 'ink', createdAt: at, updatedAt: at, version: 1 })
          .execute()
      tagIds.push(id)
    }
    for (let made = 0; made < customers; made++) {
      const id = context.newId()
      const [province, city, district, address] = pick(PLACES) as (string | null)[]
      const common = { createdAt: at, updatedAt: at, createdBy: null }
      const text = (): string | null => pick(TEXTS)?.trim() || null
      await tx
        .insertInto('customer')
        .values({
          id,
          name: `${pick(NAMES)}${random.below(3) === 0 ? '' : made}`,
          nameSort: `n${made}`,
          nameCore: `n${made}`,
          kind: pick(['company', 'person']),
          level: pick(['A', 'B', 'C', null]),
          status: pick(['potential', 'active', 'won', 'lost']),
          ownerId: random.below(4) === 0 ? null : (pick(staff).id ?? null),
          phone: pick(PHONES),
          phone2: pick(PHONES),
          email: pick(['a@b.cn', 'Info@Firm.com', null]),
          website: pick(['www.firm.cn', 'https://firm.cn/?a=1&b=2', null]),
          creditCode: pick(['91330600MA2BXXXX1K', '320500123456789', null]),
          industry: text(),
          source: text(),
          province: province ?? null,
          city: city ?? null,
          district: district ?? null,
          address: address ?? null,
          note: pick(TEXTS)?.replace(/^ | $/g, '') || null,
          nextFollowUpAt: pick(MOMENTS),
          ...common,
        } as never)
        .execute()
      for (const tagId of tagIds)
        if (random.below(3) === 0)
          await tx
            .insertInto('recordTag')
            .values({ id: context.newId(), tagId, entity: 'customer', recordId: id, createdAt: at })
            .execute()
      for (let person = 0; person < random.below(3); person++)
        await tx
          .insertInto('contact')
          .values({
            id: context.newId(),
            customerId: id,
            name: pick(['王总', '李 四', 'Smith, John', '联系人']),
            nameSort: 'x',
            title: text()?.slice(0, 90) ?? null,
            phone: pick(PHONES),
            phone2: pick(PHONES),
            email: pick(['a@b.cn', null]),
            wechat: text()?.slice(0, 90) ?? null,
            isPrimary: person === 0 ? 1 : 0,
            note: text(),
            ...common,
          } as never)
          .execute()
      for (let said = 0; said < random.below(3); said++)
        await tx
          .insertInto('followUp')
          .values({
            id: context.newId(),
            customerId: id,
            kind: pick(['call', 'visit', 'wechat', 'email', 'note']),
            text: pick(TEXTS)?.trim() || '谈了',
            happenedAt: pick(MOMENTS) ?? at,
            nextAt: pick(MOMENTS),
            authorId: pick(staff).id ?? null,
            ...common,
          } as never)
          .execute()
    }
  })
}

/** Everything an import could change, by record. */
export function standing(running: TestBackend, kind: Kind): Map<string, Record<string, unknown>> {
  const { raw } = running.backend.database
  const table = kind === 'followUp' ? 'follow_up' : kind
  const rows = raw.prepare(`select * from ${table}`).all() as Record<string, unknown>[]
  const tags = raw.prepare(
    'select t.name from record_tag r join tag t on t.id = r.tag_id where r.entity = ? and r.record_id = ? order by t.name',
  )
  return new Map(
    rows.map((row) => [String(row['id']), { ...row, tags: (tags.pluck().all(kind, row['id']) as string[]).join('、') }]),
  )
}

/** What follows from other columns, among it what a customer remembers of his owners and of the deal. */
const DERIVED: ReadonlySet<string> = new Set(
  'updated_at version name_sort name_core last_follow_up_at owner_since last_owner_id won_at'.split(' '),
)
export type Difference = { id: string; column: string; before: unknown; after: unknown }
export function differences(
  before: ReadonlyMap<string, Record<string, unknown>>,
  after: ReadonlyMap<string, Record<string, unknown>>,
): Difference[] {
  const found: Difference[] = []
  for (const [id, row] of after) {
    const old = before.get(id)
    if (!old) found.push({ id, column: 'created', before: null, after: row['name'] ?? row['text'] })
    else
      for (const column of Object.keys(row))
        if (!DERIVED.has(column) && row[column] !== old[column])
          found.push({ id, column, before: old[column], after: row[column] })
  }
  for (const id of before.keys()) if (!after.has(id)) found.push({ id, column: 'gone', before: id, after: null })
  return found.sort((a, b) => `${a.id}${a.column}`.localeCompare(`${b.id}${b.column}`))
}

export async function exported(running: TestBackend, actor: Actor, kind: Kind, format: Format): Promise<string> {
  const out = join(
    running.folder,
    `out-${kind}-${Math.abs(running.backend.database.raw.prepare('select max(seq) from command').pluck().get() as number)}.${format}`,
  )
  await exportList(running.backend, actor, { entity: kind, out, format })
  return out
}

export async function gridOf(path: string): Promise<Grid> {
  if (path.endsWith('.csv')) return csvCells(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(path)
  const [sheet] = book.worksheets
  const grid: Grid = []
  sheet?.eachRow({ includeEmpty: true }, (row) => {
    grid.push(Array.from({ length: sheet.columnCount }, (_, at) => (row.getCell(at + 1).value ?? '') as string | Date | number))
  })
  return grid
}

export function csvCells(text: string): string[][] {
  const rows: string[][] = [['']]
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string
    const row = rows.at(-1) as string[]
    const add = (more: string): void => {
      row[row.length - 1] = `${row.at(-1) ?? ''}${more}`
    }
    if (quoted) {
      if (sign === '"' && text[at + 1] === '"') add(text[++at] ?? '')
      else if (sign === '"') quoted = false
      else add(sign)
    } else if (sign === '"') quoted = true
    else if (sign === ',') row.push('')
    else if (sign === '\n') rows.push([''])
    else if (sign !== '\r') add(sign)
  }
  if (rows.at(-1)?.length === 1 && rows.at(-1)?.[0] === '') rows.pop()
  return rows
}

/** What Excel makes of the cells of a csv by opening and saving it. */
export function asExcelSavesCsv(cell: string): string {
  const moment = /^(\d{4})-0?(\d+)-0?(\d+)(?: 0?(\d+):(\d\d)(?::\d\d)?)?$/.exec(cell)
  if (moment) return `${moment[1]}/${moment[2]}/${moment[3]}${moment[4] === undefined ? '' : ` ${moment[4]}:${moment[5]}`}`
  if (/^\+?\d+$/.test(cell)) {
    const figure = Number(cell)
    return figure >= 1e11
      ? figure
          .toExponential(5)
          .replace(/\.?0+e\+/, 'E+')
          .replace('e+', 'E+')
      : String(figure)
  }
  return cell
}

export async function saved(running: TestBackend, grid: Grid, format: Format): Promise<string> {
  const path = join(running.folder, `back-${grid.length}-${Math.round(performance.now() * 1000)}.${format}`)
  if (format === 'csv') {
    const field = (cell: string | Date | number): string => {
      const text = cell instanceof Date ? cell.toISOString().slice(0, 19).replace('T', ' ') : String(cell)
      return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
    }
    writeFileSync(path, `\uFEFF${grid.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`)
    return path
  }
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('Sheet1')
  for (const row of grid) {
    const cells = sheet.addRow(row.map((cell) => (cell === '' ? null : cell)))
    cells.eachCell((cell) => {
      if (cell.value instanceof Date) cell.numFmt = 'yyyy/m/d h:mm;@'
    })
  }
  await book.xlsx.writeFile(path)
  return path
}

export const bringBack = (running: TestBackend, actor: Actor, kind: Kind, file: string): Promise<ImportFileResult> =>
  importFile(running.backend, actor, { entity: kind, file, onDuplicate: 'skip', empty: null, dryRun: false, errorsOut: null })

const headersOf = (words: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(words).flatMap(([key, word]) => (key.startsWith('fields.') ? [[key.slice(7), word]] : [])))
export const FIELD_HEADERS: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
  customer: headersOf(customerText['zh-CN']),
  contact: headersOf(contactText['zh-CN']),
  followUp: headersOf(followUpText['zh-CN']),
}

type Choice = { typed: string | Date | number; stored: unknown }
type Making = { random: Random; n: number; staff: readonly { id: string; name: string }[]; format: Format }
const plain = ({ n, random }: Making): Choice => {
  const text = `${['改过', '新写的，含逗号', 'edited "x"', '多行\n文字'][random.below(3)]}${n}`
  return { typed: text, stored: text }
}
const phone = ({ n }: Making): Choice => ({ typed: `139${String(10_000_000 + n)}`, stored: `+86139${10_000_000 + n}` })
const moment = ({ n, format }: Making): Choice => {
  const day = String((n % 27) + 1).padStart(2, '0')
  const stored = `2027-03-${day}T02:30:00.000Z`
  return { typed: format === 'xlsx' ? new Date(`2027-03-${day}T10:30:00Z`) : `2027/3/${Number(day)} 10:30`, stored }
}
const one =
  (list: readonly (readonly [string, string])[]) =>
  ({ random }: Making): Choice => {
    const [typed, stored] = list[random.below(list.length)] as readonly [string, string]
    return { typed, stored }
  }
const colleague = ({ random, staff }: Making): Choice => {
  const chosen = staff[random.below(staff.length)] as { id: string; name: string }
  return { typed: chosen.name, stored: chosen.id }
}
const EDITS: Readonly<Record<Kind, Readonly<Record<string, (making: Making) => Choice>>>> = {
  customer: {
    name: ({ n }) => ({ typed: `改名${n}有限公司`, stored: `改名${n}有限公司` }),
    level: one([
      ['A', 'A'],
      ['B', 'B'],
      ['C', 'C'],
    ]),
    status: one([
      ['潜在', 'potential'],
      ['已成交', 'won'],
      ['已流失', 'lost'],
    ]),
    kind: one([
      ['公司', 'company'],
      ['个人', 'person'],
    ]),
    ownerId: colleague,
    phone,
    phone2: phone,
    email: ({ n }) => ({ typed: `new${n}@firm.cn`, stored: `new${n}@firm.cn` }),
    industry: plain,
    source: plain,
    province: plain,
    city: plain,
    district: plain,
    address: plain,
    note: plain,
    nextFollowUpAt: moment,
    tags: ({ n }) => ({ typed: `重点、新标签${n}`, stored: ['重点', `新标签${n}`].sort().join('、') }),
  },
  contact: {
    title: plain,
    phone,
    email: ({ n }) => ({ typed: `p${n}@firm.cn`, stored: `p${n}@firm.cn` }),
    wechat: plain,
    note: plain,
  },
  followUp: {
    text: plain,
    kind: one([
      ['电话', 'call'],
      ['拜访', 'visit'],
      ['微信', 'wechat'],
    ]),
    nextAt: moment,
    authorId: colleague,
  },
}
const CLEARED: Readonly<Record<Kind, readonly string[]>> = {
  customer: ['level', 'ownerId', 'phone', 'email', 'industry', 'address', 'note', 'nextFollowUpAt', 'tags'],
  contact: ['title', 'phone', 'wechat', 'note'],
  followUp: ['nextAt', 'authorId'],
}

/** Edits some cells in place. @returns what the base must say afterwards, and nothing else. */
export function editSome(
  running: TestBackend,
  kind: Kind,
  grid: Grid,
  given: { random: Random; headers: Readonly<Record<string, string>>; format: Format; share: number },
): Map<string, Map<string, unknown>> {
  const { raw } = running.backend.database
  const staff = raw
    .prepare('select id, name from employee where left_on is null group by name having count(*) = 1')
    .all() as Making['staff']
  const [head = []] = grid
  const idAt = head.indexOf('记录编号')
  const wanted = new Map<string, Map<string, unknown>>()
  let n = 0
  for (const row of grid.slice(1))
    for (const [key, make] of Object.entries(EDITS[kind])) {
      const at = head.indexOf(given.headers[key] ?? '')
      if (at < 0 || given.random.below(100) >= given.share) continue
      const clears = CLEARED[kind].includes(key) && given.random.below(3) === 0
      const choice = clears ? { typed: '', stored: key === 'tags' ? '' : null } : make({ ...given, n: n++, staff })
      row[at] = choice.typed
      const id = String(row[idAt])
      wanted.set(id, (wanted.get(id) ?? new Map<string, unknown>()).set(key === 'tags' ? 'tags' : columnOf(key), choice.stored))
    }
  return wanted
}

/** What must differ: the edited cells whose new value is not the one that stood there. */
export function expected(
  before: ReadonlyMap<string, Record<string, unknown>>,
  wanted: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
): Difference[] {
  const found: Difference[] = []
  for (const [id, cells] of wanted)
    for (const [column, after] of cells)
      if (before.get(id)?.[column] !== after) found.push({ id, column, before: before.get(id)?.[column], after })
  return found.sort((a, b) => `${a.id}${a.column}`.localeCompare(`${b.id}${b.column}`))
}
