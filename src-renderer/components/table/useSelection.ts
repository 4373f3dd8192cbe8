import { useState } from 'react'
import type { Which } from '../../../src-shared/kernel/list.ts'
import { carriedOver, keptOf, NOTHING, type RowSelection } from './selection.ts'

/**
 * Chosen rows belong to what the list was looking for. Another filter keeps those it shows as well, once its rows are there;
 * "all of them" is forgotten at once.
 */
export function useSelection(which: Which) {
  const key = JSON.stringify(which)
  const [chosen, setChosen] = useState<{ key: string; selection: RowSelection }>({ key, selection: NOTHING })
  return {
    selection: chosen.key === key ? chosen.selection : carriedOver(chosen.selection),
    setSelection: (selection: RowSelection) => setChosen({ key, selection }),
    settle: (shown: ReadonlySet<string>) =>
      setChosen((old) => (old.key === key ? old : { key, selection: keptOf(old.selection, shown) })),
  }
}
