import { useMemo } from 'react'
import type { CellBlock, CellsReport } from '../../../src-shared/kernel/cells/model.ts'
import { valueIn } from '../../../src-shared/kernel/entity.ts'
import { useCan } from '../../kernel/context.tsx'
import { holdingLive } from '../../kernel/liveHold.ts'
import { useCellsWritten } from './useCellsWritten.ts'
import type { CellBlocks } from './useCellBlock.ts'
import { useLatest } from './useListing.ts'

/** More than this leaves by an export, for who may export. */
const MOST_COPIED = 5000
const COPIED_WITHOUT_EXPORT = 200

type Calls = Pick<CellBlocks<unknown>, 'check' | 'newBy' | 'required'> & { write: (block: CellBlock) => Promise<CellsReport> }

/** Blocks of cells of a list whose records have an id and a version; `required`: always the same list. */
export function useCellBlocks<Row extends { id: string; version: number }>(
  calls: Calls & { card: (row: Row) => string },
): CellBlocks<Row> {
  const mayExport = useCan('customers.export')
  const say = useCellsWritten()
  const { newBy, required } = calls
  const latest = useLatest(calls)
  return useMemo(
    () => ({
      seen: ({ id, version }) => ({ id, version }),
      stored: (row, key) => ({ value: (valueIn(row, key) ?? null) as string }),
      check: (block) => latest.current.check(block),
      write: async (block) => {
        const report = await holdingLive(() => latest.current.write(block))
        if (!report.checked) say(report)
        return report
      },
      card: (row) => latest.current.card(row),
      newBy,
      required,
      copyRows: mayExport ? MOST_COPIED : COPIED_WITHOUT_EXPORT,
    }),
    [latest, say, newBy, required, mayExport],
  )
}
