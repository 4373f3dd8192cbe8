import { useMemo, useState } from 'react'
import { readJson, readPreference, writeJson, writePreference } from '../../kernel/preferences.ts'
import { type ColumnLayout, type LayoutColumn, standardLayout } from './layout.ts'
import type { Density } from './columns.ts'

/** Columns, widths and row height of one list, as this browser left them. */
export function useLayout(list: string, columns: readonly LayoutColumn[]) {
  const [layout, setLayout] = useState<ColumnLayout | null>(() => readJson<ColumnLayout | null>(`list.${list}`, null))
  const [density, setDensity] = useState<Density>(() =>
    (readPreference(`list.${list}.density`) ?? readPreference('density')) === 'normal' ? 'normal' : 'compact',
  )
  return {
    layout: useMemo(() => layout ?? standardLayout(columns), [layout, columns]),
    setLayout: (next: ColumnLayout) => {
      setLayout(next)
      writeJson(`list.${list}`, next)
    },
    density,
    setDensity: (next: Density) => {
      setDensity(next)
      writePreference(`list.${list}.density`, next)
    },
  }
}
