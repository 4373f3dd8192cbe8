import { useRef, useState } from 'react'
import type { Which } from '../../../src-shared/kernel/list.ts'
import { carriedOver, keptOf, NOTHING, type RowSelection } from './selection.ts'

/**
 * Chosen rows belong to what the list was looking for. Another filter keeps those it shows as well, once its rows are there;
 * "all of them" is forgotten at once.
 */
export function useSelection(which: Which) {
  const key = JSON.stringify(which)
  const [chosen, setChosen] = useState<{ key: string; selection: RowSelection }>({ key, selection: NOTHING })
  const shownKey = useRef(key)
  return {
    selection: chosen.key === key ? chosen.selection : carriedOver(chosen.selection),
    // Until the rows of this filter are there, one ticks those of the filter before.
    setSelection: (selection: RowSelection) => setChosen({ key: selection.all ? key : shownKey.current, selection }),
    settle: (shown: ReadonlySet<string>) => {
      shownKey.current = key
      setChosen((old) => (old.key === key ? old : { key, selection: keptOf(old.selection, shown) }))
    },
  }
}
