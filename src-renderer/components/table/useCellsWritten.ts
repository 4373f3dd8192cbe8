import { useCallback } from 'react'
import type { CellsReport } from '../../../src-shared/kernel/cells/model.ts'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from '../text.ts'

/** 已更新 998 行，新建 2 行，1 格刚被同事改过，没有覆盖 · 撤销 */
export function useCellsWritten(): (report: CellsReport) => void {
  const t = useText(text)
  const undo = useUndo()
  return useCallback(
    ({ changed, created, stale, batchId }: CellsReport) => {
      const n = (count: number) => ({ n: formatNumber(count) })
      const parts = [
        (changed > 0 || created === 0) && t('cellsUpdated', n(changed)),
        created > 0 && t('cellsCreated', n(created)),
        stale > 0 && t('cellsStale', n(stale)),
      ]
      undo.say(parts.filter((part) => part !== false).join(t('comma')), { batchId })
    },
    [t, undo],
  )
}
