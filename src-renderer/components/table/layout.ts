/** Which columns, in which order, how wide: what a person made of a list. */
export type ColumnLayout = {
  readonly order: readonly string[]
  readonly hidden: readonly string[]
  readonly widths: Readonly<Record<string, number>>
}

export type LayoutColumn = {
  readonly key: string
  /** What its head says. */
  readonly title?: string
  readonly width: number
  readonly hidden?: boolean
  readonly sticky?: boolean
}

export const MIN_WIDTH = 46
export const MIN_NAME_WIDTH = 160

/** `shows`: columns that stand behind the name, whether they are shown by themselves or not. */
export function standardLayout(columns: readonly LayoutColumn[], shows: readonly string[] = []): ColumnLayout {
  const wanted = columns.filter((c) => shows.includes(c.key))
  const others = columns.filter((c) => !shows.includes(c.key))
  return {
    order: [...others.filter((c) => c.sticky), ...wanted, ...others.filter((c) => !c.sticky)].map((c) => c.key),
    hidden: others.filter((c) => c.hidden).map((c) => c.key),
    widths: {},
  }
}

/** A remembered layout over today's columns: new ones appear at their place, gone ones are forgotten, the name stays first. */
export function arrange<C extends LayoutColumn>(columns: readonly C[], layout: ColumnLayout): C[] {
  const known = new Map(columns.map((c) => [c.key, c]))
  const order = layout.order.filter((key) => known.has(key))
  columns.forEach((column, i) => {
    if (order.includes(column.key)) return
    const before = columns.slice(0, i).findLast((c) => order.includes(c.key))
    order.splice(before ? order.indexOf(before.key) + 1 : 0, 0, column.key)
  })
  const sorted = order.flatMap((key) => known.get(key) ?? [])
  return [...sorted.filter((c) => c.sticky), ...sorted.filter((c) => !c.sticky)]
}

/** Only what is shown; a column that did not exist when the layout was kept is shown as it would be by itself. */
export function shownColumns<C extends LayoutColumn>(columns: readonly C[], layout: ColumnLayout): C[] {
  return arrange(columns, layout).filter(
    (c) => c.sticky || (layout.order.includes(c.key) ? !layout.hidden.includes(c.key) : !c.hidden),
  )
}

export const widthOf = (column: LayoutColumn, layout: ColumnLayout): number =>
  Math.max(
    column.sticky ? MIN_NAME_WIDTH : MIN_WIDTH,
    Math.round(layout.widths[column.key] ?? Math.max(column.width, headWidth(column.title ?? ''))),
  )

const PADDING = 26
/** Widths are chosen for Chinese heads; English ones are longer, and a head that is cut says nothing. */
const headWidth = (title: string): number => (/^[\x20-\x7e]+$/.test(title) ? Math.ceil(title.length * 6.6) + PADDING : 0)

/** Puts `key` before `target` (at the end when null). */
export function moveColumn(layout: ColumnLayout, key: string, target: string | null): ColumnLayout {
  if (key === target) return layout
  const order = layout.order.filter((k) => k !== key)
  order.splice(target === null ? order.length : order.indexOf(target), 0, key)
  return { ...layout, order }
}

export const toggleColumn = (layout: ColumnLayout, key: string): ColumnLayout => ({
  ...layout,
  order: layout.order.includes(key) ? layout.order : [...layout.order, key],
  hidden: layout.hidden.includes(key) ? layout.hidden.filter((k) => k !== key) : [...layout.hidden, key],
})

/** The name takes what the window has to spare, up to a limit; the rest stays empty at the right. */
export function stretchName(widths: readonly number[], available: number): { name: number; filler: number } {
  const spare = Math.max(0, available - widths.reduce((sum, width) => sum + width, 0))
  const name = Math.min(spare, 140)
  return { name, filler: spare - name }
}
