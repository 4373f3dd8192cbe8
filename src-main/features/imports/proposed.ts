import { mapColumns, type SheetColumn, type TargetKey } from '../../../src-shared/features/imports/mapping.ts'
import type { Importer } from '../../kernel/importer.ts'
import { exportedColumns } from './exported.ts'
import { targetsOf } from './registry.ts'
import type { StoredColumn } from './settings.ts'

const SAMPLES = 50

/** Where the columns of a sheet go, as far as its headers and cells tell: the file's own way back first, then memory, then words. */
export function proposedColumns(
  importer: Importer,
  columns: readonly SheetColumn[],
  { closed, memory }: { closed: readonly string[]; memory: Record<string, TargetKey | null> | null },
): StoredColumn[] {
  const sheet = columns.map(({ header, samples }) => ({ header, samples: samples.slice(0, SAMPLES) }))
  const ours = exportedColumns(importer, sheet, closed)
  if (ours) return ours
  const targets = targetsOf(importer).filter(
    ({ synonyms, entity, field }) => (synonyms.length > 0 || field === 'phone2') && !closed.includes(`${entity}.${field}`),
  )
  const proposed = mapColumns(sheet, targets, memory ? new Map(Object.entries(memory)) : undefined)
  return proposed.map(({ column, target, confidence, because }) => ({
    index: column,
    header: sheet[column]?.header ?? '',
    target: target ? { ...target } : null,
    confidence,
    because,
  }))
}
