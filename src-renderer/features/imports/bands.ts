import type { ImportColumn } from '../../../src-shared/features/imports/model.ts'
import { recordOfColumn, SEVERAL } from '../../../src-shared/features/imports/recordOfColumn.ts'
import type { Tone } from '../../components/marks.tsx'

type Column = Pick<ImportColumn, 'index' | 'target'>

const MOST = 6
const CONTACT_TONES: readonly Tone[] = ['ok', 'plum', 'lamp']

/** `customer`, `contact 0`, `contact 1`: what a band of one colour stands for. */
export type Band = { key: string; entity: string; at: number; several: boolean; columns: number }

/** The records a row of the file becomes, in order, with the number of their columns. `own`: what each row itself is. */
export function bandsOf(columns: readonly Column[], own: string): Band[] {
  const bands = new Map<string, Band>()
  for (const column of columns) {
    if (!column.target) continue
    const { entity } = column.target
    const at = entity === own ? 0 : recordOfColumn(columns, column)
    const key = `${entity} ${at}`
    const band = bands.get(key) ?? { key, entity, at, several: false, columns: 0 }
    bands.set(key, { ...band, columns: band.columns + 1 })
  }
  const all = [...bands.values()]
  return all.map((band) => ({ ...band, several: all.some((one) => one.entity === band.entity && one.at !== band.at) }))
}

export const toneOf = (entity: string, at: number): Tone =>
  entity === 'contact' ? (CONTACT_TONES[at % CONTACT_TONES.length] ?? 'ok') : entity === 'followUp' ? 'info' : 'brand'

export type Choice = { entity: string; at: number }
/** Where a column can go: each kind once, of contacts those that have columns and one more. */
export function choicesOf(columns: readonly Column[], entities: readonly string[], own: string): Choice[] {
  return entities.flatMap((entity) => {
    if (!SEVERAL.includes(entity) || entity === own) return [{ entity, at: 0 }]
    const used = columns.filter(({ target }) => target?.entity === entity).map((column) => recordOfColumn(columns, column))
    const count = Math.min(MOST, Math.max(0, ...used.map((at) => at + 1)) + 1)
    return Array.from({ length: count }, (_, at) => ({ entity, at }))
  })
}
