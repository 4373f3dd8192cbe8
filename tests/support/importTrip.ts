import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importFile } from '../../src-main/features/imports/public.ts'
import { cleanLongText, cleanText, isNothing } from '../../src-shared/kernel/cleaning/text.ts'
import { type Client, clientAs, startBackend, type TestBackend } from './backend.ts'
import { type Random, randomFrom } from './factories.ts'
import { type RandomCell, type RandomTable, randomText } from './randomTables.ts'
import { csvText, type Found, readExcelJs, readSheetJs, writeIndependently } from './roundTrip.ts'

type Actor = Parameters<typeof importFile>[1]
const header = [
  '客户名称',
  '客户类型',
  '级别',
  '状态',
  '电话',
  '邮箱',
  '行业',
  '来源',
  '省份',
  '城市',
  '区县',
  '详细地址',
  '备注',
  '下次跟进',
]
const places = [
  ['浙江省', '绍兴市', '柯桥区'],
  ['广东省', '深圳市', '南山区'],
  ['北京市', '北京市', '朝阳区'],
  ['新疆维吾尔自治区', '喀什地区', '疏附县'],
] as const
const trades = ['印染', '轴承', '茶叶', '软件', '物流', '五金', '医疗器械', '𠮷野家']

/** Blanks are cleaned by the import, as the page says; what is left is what must come back. */
const settled = (text: string, clean: (text: string) => string, most: number): string | null => {
  const left = clean(clean(text).slice(0, most))
  return isNothing(left) ? null : left
}
const maybe = (roll: Random, cell: () => RandomCell): RandomCell => (roll.chance(0.25) ? null : cell())
const two = (n: number): string => String(n).padStart(2, '0')

function firm(roll: Random, seed: number, at: number): RandomCell[] {
  const name = `${roll.pick(['绍兴', '深圳', '内蒙古', '上海'])}${roll.pick(['越', '恒', '锦', '瑞'])}${seed}${roll.pick(['通', '达'])}${at}${roll.pick(trades)}有限公司`
  const place = roll.chance(0.3) ? [null, null, null] : roll.pick(places)
  const day = new Date(Date.UTC(2026, 11, 1) + roll.below(700) * 86_400_000).toISOString().slice(0, 10)
  return [
    name,
    roll.pick(['公司', '个人']),
    // A customer always has a kind and a status; the rest may be empty.
    maybe(roll, () => roll.pick(['A', 'B', 'C'])),
    roll.pick(['潜在', '跟进中', '已成交', '已流失']),
    maybe(roll, () => `1${roll.pick(['38', '39', '86', '77'])}${String(roll.below(1e8)).padStart(8, '0')}`),
    maybe(roll, () => `u${seed}.${at}+${roll.below(99)}@example-${roll.below(9)}.com.cn`),
    maybe(roll, () => settled(randomText(roll), cleanText, 100)),
    maybe(roll, () => settled(randomText(roll), cleanText, 100)),
    ...place,
    place[0] === null ? null : maybe(roll, () => `柳轩路${1 + roll.below(999)}号${1 + roll.below(20)}幢`),
    maybe(roll, () => settled(randomText(roll), cleanLongText, 15_000)),
    maybe(roll, () => `${day}T${two(roll.below(24))}:${two(roll.below(60))}:${two(1 + roll.below(59))}`),
  ]
}

/** Customers as a sheet of somebody else would have them. */
export function customerTable(roll: Random, seed: number): RandomTable {
  const rows = Array.from({ length: 2 + roll.below(8) }, (_, at) => firm(roll, seed, at))
  return { header, kinds: header.map((name) => (name === '下次跟进' ? 'datetime' : 'text')), rows }
}

/** What came out, by the name of the customer; null or the first difference. */
function compare({ rows }: RandomTable, found: Found): string | null {
  const [names = []] = found.values()
  const columns = header.map((name) => names.indexOf(name))
  if (columns.includes(-1)) return `a column is missing: ${JSON.stringify(names)}`
  const byName = new Map([...found.values()].slice(1).map((row) => [row[columns[0] as number], row]))
  if (found.size - 1 !== rows.length) return `${found.size - 1} rows of ${rows.length}`
  for (const row of rows) {
    const there = byName.get(row[0] ?? null)
    if (!there) return `${String(row[0])} is missing`
    for (const [at, cell] of row.entries()) {
      const back = there[columns[at] as number] ?? null
      if (plain(cell) !== plain(back))
        return `${header[at]}: ${JSON.stringify(cell)?.slice(0, 90)} became ${JSON.stringify(back)?.slice(0, 90)}`
    }
  }
  return null
}
/** The apostrophe by which a csv export stops a spreadsheet from running a text is taken off line by line. */
const plain = (cell: RandomCell): string | null =>
  cell === null
    ? null
    : String(cell)
        .replace(/^(\d{4}-\d\d-\d\d) (?=\d\d:)/, '$1T')
        .split('\n')
        .map((line) => line.replace(/^'(?='*[\s\u00A0]*[=+\-@\t＝＋－＠])/, ''))
        .join('\n')

class Desk {
  private readonly folder = mkdtempSync(join(tmpdir(), 'kezhan-trip-'))
  private readonly running: TestBackend
  private readonly actor: Actor
  private readonly client: Client
  private last = ''

  constructor(running: TestBackend) {
    this.running = running
    this.actor = running.sessions.localAdmin('cli')
    this.client = clientAs(running.backend, this.actor)
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  async bring(file: string): Promise<string[]> {
    const request = { entity: 'customer', onDuplicate: 'create', empty: 'keep', dryRun: false, errorsOut: null } as const
    await importFile(this.running.backend, this.actor, { ...request, file })
    const ids = this.running.backend.database.raw
      .prepare('select id from customer where id > ? order by id')
      .pluck()
      .all(this.last) as string[]
    this.last = ids.at(-1) ?? this.last
    return ids
  }

  async send(ids: string[], format: 'xlsx' | 'csv'): Promise<Found> {
    const { id } = await this.client.exports.start({ entity: 'customer', selection: { ids }, format })
    const file = await this.client.exports.download({ id })
    const path = this.path(`export.${format}`)
    writeFileSync(path, Buffer.from(await file.arrayBuffer()))
    return format === 'xlsx' ? readExcelJs(path) : readSheetJs(path)
  }

  async close(): Promise<void> {
    await this.running.dispose()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const TABLES_A_DESK = 250

async function trip(desk: Desk, seed: number): Promise<string | null> {
  const roll = randomFrom(seed)
  const table = customerTable(roll, seed)
  await writeIndependently(desk.path('in.xlsx'), table)
  writeFileSync(desk.path('in.csv'), csvText(table, roll))
  for (const [into, out] of [
    ['in.xlsx', roll.pick(['xlsx', 'csv'] as const)],
    ['in.csv', roll.pick(['xlsx', 'csv'] as const)],
  ] as const) {
    const different = compare(table, await desk.send(await desk.bring(desk.path(into)), out))
    if (different !== null) return `${into} to ${out}: ${different}`
  }
  return null
}

/** Random tables from two writers through the import and out by the export; what differed, by seed. */
export async function importTrips(first: number, count: number): Promise<string[]> {
  const different: string[] = []
  for (let start = first; start < first + count; start += TABLES_A_DESK) {
    const running = await startBackend()
    // Four thousand backups of one test would measure the disk.
    const kept = await running.backend.services.backups.ensure('beforeImport')
    running.backend.services.backups.ensure = () => Promise.resolve(kept)
    const desk = new Desk(running)
    try {
      for (let seed = start; seed < Math.min(first + count, start + TABLES_A_DESK); seed++) {
        const said = await trip(desk, seed)
        if (said !== null) different.push(`seed ${seed}: ${said}`)
      }
    } finally {
      await desk.close()
    }
  }
  return different
}
