import type { Random } from './factories.ts'

export type ColumnKind = 'text' | 'number' | 'date' | 'datetime' | 'boolean'
export type RandomCell = string | number | boolean | null
/** `kinds[c]` is what column c holds; dates are 'YYYY-MM-DD', with 'THH:mm:ss' where they have a time. */
export type RandomTable = { header: string[]; kinds: ColumnKind[]; rows: RandomCell[][] }

const words = ['绍兴', '越纺', '印染', '有限公司', 'Müller', 'O’Neil', 'تجارة', '𠮷野', '㐂', '客栈', 'a', '1', 'ß', '한국']
const oddities: readonly ((roll: Random) => string)[] = [
  (roll) => `00${roll.below(100_000)}`,
  (roll) => `=SUM(A1:A${roll.below(99)})`,
  (roll) => `${roll.pick(['+', '-', '@'])}${roll.pick(['1', 'cmd|x', 'A1', '86 138'])}`,
  () => '第一行\n第二行\n\n第四行',
  () => '说"引号"，又说""两次',
  () => '🙅🏻👨‍👩‍👧‍👦❄️',
  () => 'a\u00A0b',
  () => '\tTab\tTab',
  () => '  前后空白  ',
  () => 'a,b;c\td|e',
  () => '<b>&amp;</b> ]]> <!--',
  () => 'TRUE',
  () => '2024-02-29',
  () => '1.50',
  () => '1e5',
  () => '13800138000',
  () => "it's 'quoted'",
  () => 'sep=;',
  () => '#N/A',
  () => '#not an error',
  (roll) => '长'.repeat(1 + roll.below(roll.chance(0.1) ? 30_000 : 300)),
  (roll) => `${'ab '.repeat(roll.below(roll.chance(0.1) ? 9000 : 90))}.`,
]

export function randomText(roll: Random): string {
  if (roll.chance(0.35)) return roll.pick(oddities)(roll)
  return Array.from({ length: 1 + roll.below(5) }, () => roll.pick(words)).join(roll.pick(['', ' ', '·']))
}

const two = (n: number): string => String(n).padStart(2, '0')
function randomDate(roll: Random): string {
  // Excel's calendar is right from March 1900 on.
  return new Date(Date.UTC(1901, 0, 1) + roll.below(80_000) * 86_400_000).toISOString().slice(0, 10)
}

function randomNumber(roll: Random): number {
  const size = roll.pick([1, 100, 1e6, 1e11, 1e15])
  const whole = roll.below(size) * (roll.chance(0.2) ? -1 : 1)
  return roll.chance(0.5) ? whole : Number((whole / roll.pick([10, 100, 3, 7e5])).toPrecision(15))
}

function randomCell(roll: Random, kind: ColumnKind): RandomCell {
  if (roll.chance(0.12)) return null
  if (kind === 'text') return randomText(roll)
  if (kind === 'number') return randomNumber(roll) + 0
  if (kind === 'boolean') return roll.chance(0.5)
  const date = randomDate(roll)
  return kind === 'date' ? date : `${date}T${two(roll.below(24))}:${two(roll.below(60))}:${two(1 + roll.below(59))}`
}

/** A table with a header row and columns of one kind each, as people and systems write them. */
export function randomTable(roll: Random): RandomTable {
  const columns = 1 + roll.below(8)
  const kinds = Array.from({ length: columns }, () =>
    roll.pick(['text', 'text', 'text', 'number', 'date', 'datetime', 'boolean'] as const),
  )
  const header = kinds.map((kind, at) => `${roll.pick(words)} ${kind} ${at}`)
  const rows = Array.from({ length: 1 + roll.below(12) }, () => kinds.map((kind) => randomCell(roll, kind)))
  return { header, kinds, rows }
}
