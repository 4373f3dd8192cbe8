import { useMemo } from 'react'
import type { BoardLayout, ViewDefinition } from '../../../src-shared/features/views/plain.ts'
import { removePreference, usePreference, writeJson } from '../../kernel/preferences.ts'
import type { Density } from '../table/columns.ts'
import { type ColumnLayout, type LayoutColumn, standardLayout } from '../table/layout.ts'
import type { Tab } from './tabs.ts'

type Kept = { readonly layout?: ColumnLayout; readonly density?: Density; readonly board?: BoardLayout }
const STANDARD_BOARD: BoardLayout = { pipeline: null, figure: 'sum', compact: false, hideEmpty: false, folded: {} }

/**
 * Columns, widths and height of rows of the view that is open. Of the program's own views they are this browser's, at once and for
 * good; of a stored one a change waits here until the view is saved.
 */
export function useViewLayout(list: string, tab: Tab, columns: readonly LayoutColumn[]) {
  const key = `list.${list}.view.${tab.key}`
  const general = usePreference('density')
  const text = usePreference(key)
  const kept = useMemo(() => keptOf(text), [text])
  const { definition, view, shows } = tab
  const layout = kept.layout ?? definition.layout
  const density = kept.density ?? definition.density ?? (general === 'normal' ? 'normal' : 'compact')
  const keep = (next: Kept) => writeJson(key, next)
  return {
    layout: useMemo(() => layout ?? standardLayout(columns, shows), [layout, columns, shows]) as ColumnLayout,
    setLayout: (next: ColumnLayout) => keep({ ...kept, layout: next }),
    density: density satisfies Density as Density,
    setDensity: (next: Density) => keep({ ...kept, density: next }),
    board: kept.board ?? definition.board ?? STANDARD_BOARD,
    setBoard: (next: BoardLayout) => keep({ ...kept, board: next }),
    isChanged:
      view !== null &&
      (differs(kept.layout, definition.layout) ||
        differs(kept.density, definition.density) ||
        differs(kept.board, definition.board)),
    /** What a view keeps of it: nothing where nobody chose anything. */
    kept: copied(layout),
    densityKept: kept.density ?? definition.density,
    boardKept: kept.board ?? definition.board ?? null,
    revert: () => {
      if (view !== null) removePreference(key)
    },
  }
}

const differs = (mine: unknown, stored: unknown): boolean => mine !== undefined && JSON.stringify(mine) !== JSON.stringify(stored)
const copied = (layout: ColumnLayout | null): ViewDefinition['layout'] =>
  layout && { order: [...layout.order], hidden: [...layout.hidden], widths: { ...layout.widths } }

/** As this browser wrote it; what is no JSON was never ours. */
function keptOf(text: string | null): Kept {
  if (text === null) return {}
  try {
    return JSON.parse(text) as Kept
  } catch {
    return {}
  }
}
