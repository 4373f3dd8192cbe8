import { useMemo, useState } from 'react'
import { readJson, removePreference, usePreference, writeJson, writePreference } from '../../kernel/preferences.ts'
import { type ColumnLayout, type LayoutColumn, standardLayout } from './layout.ts'
import type { Density } from './columns.ts'

/** Columns, widths and row height of one list, as this browser left them. */
export function useLayout(list: string, columns: readonly LayoutColumn[]) {
  const [layout, setLayout] = useState<ColumnLayout | null>(() => readJson<ColumnLayout | null>(`list.${list}`, null))
  const general = usePreference('density')
  const own = usePreference(`list.${list}.density`)
  return {
    layout: useMemo(() => layout ?? standardLayout(columns), [layout, columns]),
    setLayout: (next: ColumnLayout) => {
      setLayout(next)
      writeJson(`list.${list}`, next)
    },
    density: ((own ?? general) === 'normal' ? 'normal' : 'compact') satisfies Density as Density,
    setDensity: (next: Density) => {
      // A list that is as all the others goes with them from then on.
      if (next === (general ?? 'compact')) removePreference(`list.${list}.density`)
      else writePreference(`list.${list}.density`, next)
    },
  }
}
