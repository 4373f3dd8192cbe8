import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { utils, write } from '@e965/xlsx'
import { gbk, makeXlsx, sheetXml } from '../kernel/workbookMaker.ts'
import { type Random, randomFrom } from './factories.ts'
import { spoilBiff } from './mutateBiff.ts'
import { spoilBytes, spoilCells, spoilXml } from './mutateText.ts'
import { changePart, spoilParts, unzipParts, zipParts } from './mutateZip.ts'
import type { Outcome } from './readMutant.ts'
import { sharedFile } from './sharedData.ts'

export type Source = { name: string; bytes: Buffer }

const header = ['客户名称', '手机', '成立日期', '金额', '重点', '备注']
const firms = Array.from({ length: 24 }, (_, at) => [
  `绍兴越纺${at}印染有限公司`,
  13_800_138_000 + at,
  45_351 + at,
  at * 1234.56,
  at % 2 === 0,
  at % 5 === 0 ? '第一行\n第二行 "引号", 逗号' : '',
])

/** One workbook by hand that has every kind of cell the reader knows. */
function richXlsx(): Buffer {
  const sst = `<sst count="9"><si><t>客户名称</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">手 </t></r><r><t>机</t></r></si>
<si><t>漢字</t><rPh sb="0" eb="2"><t>カンジ</t></rPh></si><si><t>a_x000D_b &lt;&amp;&#x4e2d;</t></si><si/></sst>`
  const styles = `<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>
<numFmt numFmtId="165" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`
  const rows = firms.map(
    (
      firm,
      at,
    ) => `<row r="${at + 2}" spans="1:9"><c r="A${at + 2}" t="inlineStr"><is><t>${String(firm[0])}</t></is></c><c r="B${at + 2}"><v>${String(firm[1])}</v></c>
<c r="C${at + 2}" s="${1 + (at % 2)}"><v>${String(firm[2])}</v></c><c r="D${at + 2}" s="3"><v>${at / 7}</v></c><c r="E${at + 2}" t="b"><v>${at % 2}</v></c>
<c r="F${at + 2}" t="str"><f t="shared" si="0" ref="F2:F9">A${at}&amp;"x"</f><v>x</v></c><c r="G${at + 2}" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="H${at + 2}" t="d"><v>2024-02-29T08:00:00</v></c><c r="I${at + 2}"><f>NOW()</f></c></row>`,
  )
  const first = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c></row>`
  const parts = [
    { name: '客户', xml: sheetXml(first + rows.join('\n')) },
    { name: '藏', xml: sheetXml('<row><c t="s"><v>1</v></c></row>'), state: 'hidden' },
  ]
  return Buffer.from(makeXlsx(parts, { sst, styles, workbookPr: '<workbookPr date1904="1"/>' }))
}

function ownSources(): Source[] {
  const book = utils.book_new()
  const sheet = utils.aoa_to_sheet([header, ...firms])
  for (let row = 2; row <= firms.length + 1; row++) Object.assign(sheet[`C${row}`] as object, { z: 'yyyy-mm-dd' })
  utils.book_append_sheet(book, sheet, '客户')
  utils.book_append_sheet(book, utils.aoa_to_sheet([['甲'], [1]]), '二')
  const kinds = ['xlsx', 'xlsb', 'xls', 'biff5', 'ods', 'xlml'] as const
  const text = [header, ...firms]
    .map((row) => row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(','))
    .join('\r\n')
  const cells = (row: readonly unknown[], tag: string): string => row.map((cell) => `<${tag}>${String(cell)}</${tag}>`).join('')
  const page = `<html><meta charset="gb2312"><table><tr>${cells(header, 'th')}</tr>${firms.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n')}</table>`
  return [
    { name: 'own-rich.xlsx', bytes: richXlsx() },
    ...kinds.map((bookType) => ({
      name: `own-${bookType}`,
      bytes: Buffer.from(write(book, { type: 'buffer', bookType, bookSST: bookType === 'xlsx' }) as Uint8Array),
    })),
    { name: 'own-utf8.csv', bytes: Buffer.from(`\uFEFF${text}`) },
    { name: 'own-gbk.csv', bytes: gbk(text.replaceAll('","', '"\t"')) },
    { name: 'own-utf16.txt', bytes: Buffer.from(`\uFEFF${text}`, 'utf16le') },
    { name: 'own-page.xls', bytes: gbk(page) },
  ]
}

/** Files of our own making and, where they are there, those of the wild up to 300 KB. */
export function mutantSources(): Source[] {
  const listed = sharedFile('spreadsheets', 'expected.json')
  const wild = listed === null ? [] : [join(listed, '..'), join(listed, '..', '..', 'encodings')]
  const files = wild.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((one) => one.isFile())
      .map(({ name }) => join(folder, name)),
  )
  const small = files.filter((file) => !file.endsWith('.json') && statSync(file).size <= 300_000).sort()
  return [...ownSources(), ...small.map((file) => ({ name: file.slice(file.lastIndexOf('/') + 1), bytes: readFileSync(file) }))]
}

const sheetPart = /worksheets?\/.*\.xml$|sheet\d+\.xml$|sharedstrings\.xml$|styles\.xml$|content\.xml$/i
const isMarkup = (bytes: Buffer): boolean => /^[^<]{0,4}</.test(bytes.toString('latin1', 0, 8))

function spoilBinaryPart(file: Buffer, roll: Random): Buffer | null {
  const parts = unzipParts(file)?.filter(({ bytes }) => bytes.length > 0) ?? []
  if (parts.length === 0) return null
  const part = roll.pick(parts)
  part.bytes = spoilBytes(part.bytes, roll)
  return zipParts(parts)
}

type Way = readonly [string, (bytes: Buffer, roll: Random) => Buffer | null]
const zipped: readonly Way[] = [
  ['bytes', spoilBytes],
  ['parts', spoilParts],
  ['xml', (bytes, roll) => changePart(bytes, roll, /\.(xml|rels)$/i, (text) => spoilXml(text, roll))],
  ['cells', (bytes, roll) => changePart(bytes, roll, sheetPart, (text) => spoilCells(text, roll))],
  ['part bytes', spoilBinaryPart],
]
const binary: readonly Way[] = [
  ['bytes', spoilBytes],
  ['records', spoilBiff],
  ['records', spoilBiff],
]
const markup: readonly Way[] = [
  ['bytes', spoilBytes],
  ['xml', (bytes, roll) => Buffer.from(spoilXml(bytes.toString('latin1'), roll), 'latin1')],
]

function waysOf(bytes: Buffer): readonly Way[] {
  if (bytes.toString('latin1', 0, 2) === 'PK') return zipped
  if (bytes.length > 4 && (bytes.readUInt32BE(0) === 0xd0cf11e0 || bytes[0] === 9)) return binary
  return isMarkup(bytes) ? markup : [['bytes', spoilBytes]]
}

/** The mutant of a seed: always the same file. */
export function mutant(sources: readonly Source[], seed: number): { name: string; bytes: Buffer } {
  const roll = randomFrom(seed)
  const source = sources[seed % sources.length] as Source
  const [way, spoil] = roll.pick(waysOf(source.bytes))
  let bytes: Buffer | null = null
  try {
    bytes = spoil(source.bytes, roll)
  } catch {
    // A file that is broken already has no parts to spoil.
  }
  return {
    name: `seed ${seed}: ${source.name}, ${bytes === null ? 'bytes' : way}`,
    bytes: bytes ?? spoilBytes(source.bytes, roll),
  }
}

export type Mutants = {
  count: number
  read: number
  refused: Record<string, number>
  faults: string[]
  slowest: { name: string; ms: number }
}

/** Reads the mutants of seeds in a row. */
export async function readMutants(first: number, count: number, put: (bytes: Buffer) => string): Promise<Mutants> {
  const sources = mutantSources()
  const reader = new MutantReader()
  const result: Mutants = { count, read: 0, refused: {}, faults: [], slowest: { name: '', ms: 0 } }
  try {
    for (let seed = first; seed < first + count; seed++) {
      const { name, bytes } = mutant(sources, seed)
      const outcome = await reader.read(put(bytes))
      if (outcome.kind === 'read') result.read++
      else if (outcome.kind === 'refused') result.refused[outcome.code] = (result.refused[outcome.code] ?? 0) + 1
      else result.faults.push(`${name}: ${outcome.what}`)
      if (outcome.ms > result.slowest.ms) result.slowest = { name, ms: outcome.ms }
    }
  } finally {
    await reader.close()
  }
  return result
}

const HANGS_AFTER = 30_000

/** Reads files one after the other in a thread of its own, which is ended when a file hangs and made anew when it dies. */
export class MutantReader {
  private worker: Worker | null = null
  private answer: (outcome: Outcome) => void = () => undefined

  async read(path: string): Promise<Outcome> {
    const worker = (this.worker ??= this.start())
    let timer: NodeJS.Timeout | undefined
    const outcome = await new Promise<Outcome>((resolve) => {
      this.answer = resolve
      timer = setTimeout(() => this.lost(worker, `no answer within ${HANGS_AFTER / 1000} s`), HANGS_AFTER)
      worker.postMessage(path)
    })
    clearTimeout(timer)
    return outcome
  }

  private start(): Worker {
    // The memory that a worker of the product has.
    const worker = new Worker(new URL('./readMutant.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 1024 } })
    worker.on('message', (outcome: Outcome) => this.answer(outcome))
    worker.on('error', (error) => this.lost(worker, `the thread died: ${String(error)}`))
    worker.on('exit', (code) => this.lost(worker, `the thread ended with ${code}`))
    return worker
  }

  private lost(worker: Worker, what: string): void {
    if (this.worker !== worker) return
    this.worker = null
    void worker.terminate()
    this.answer({ kind: 'fault', what, ms: HANGS_AFTER })
  }

  async close(): Promise<void> {
    const { worker } = this
    this.worker = null
    await worker?.terminate()
  }
}
