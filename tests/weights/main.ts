import { readRecords } from '../support/sharedData.ts'
import { chineseCustomers } from '../support/linkage/chineseCustomers.ts'
import { estimateWeights } from './estimateWeights.ts'

/** `npm run weights -- [FILE.csv [LABEL COLUMN] [IGNORED COLUMNS …]]`: without a file a made customer list, with its labels. */
const [file, label, ...ignored] = process.argv.slice(2)
const table = file === undefined ? made() : fromFile(file)
const { pairs, prior, weights } = estimateWeights(table.header, table.rows, table.labels)
const cell = (value: number, digits: number): string => value.toFixed(digits).padStart(9)
const lines = weights.map(({ reason, m, u, bits, pairs: asked, table: own }) =>
  asked === 0
    ? `${reason.padEnd(16)}${' not met'.padStart(27)}${cell(own, 1)}`
    : `${reason.padEnd(16)}${cell(m, 4)}${cell(u, 5)}${cell(bits, 1)}${cell(own, 1)}`,
)
process.stdout.write(
  `${[`${pairs} pairs that share a key, ${table.labels ? 'labelled' : 'by expectation and maximisation'}; prior ${prior.toFixed(1)} bits`, `${'reason'.padEnd(16)}        m        u     log2    table`, ...lines].join('\n')}\n`,
)

function made() {
  const { header, rows, truth } = chineseCustomers(1, { customers: 5000 })
  return { header, rows, labels: truth }
}

function fromFile(path: string) {
  const records = readRecords(path)
  const header = Object.keys(records[0] ?? {}).filter((name) => name !== label && !ignored.includes(name))
  return {
    header,
    rows: records.map((record) => header.map((name) => record[name] ?? '')),
    labels: label === undefined ? null : records.map((record) => record[label] ?? ''),
  }
}
