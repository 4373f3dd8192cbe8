import type { Selection, Which } from '../../../src-shared/kernel/list.ts'

/** Chosen rows, or everything the filter finds but the exceptions: never a hundred thousand keys. */
export type RowSelection =
  | { readonly all: false; readonly ids: ReadonlySet<string> }
  | { readonly all: true; readonly except: ReadonlySet<string> }

export const NOTHING: RowSelection = { all: false, ids: new Set() }
export const EVERYTHING: RowSelection = { all: true, except: new Set() }

export const isSelected = (selection: RowSelection, id: string): boolean =>
  selection.all ? !selection.except.has(id) : selection.ids.has(id)

/** How many rows are meant; `total` = rows the filter finds, unknown while counting. */
export const countSelected = (selection: RowSelection, total: number | undefined): number | undefined =>
  selection.all ? (total === undefined ? undefined : Math.max(0, total - selection.except.size)) : selection.ids.size

export const isEmptySelection = (selection: RowSelection, total: number | undefined): boolean =>
  countSelected(selection, total) === 0

/** Turns rows on or off: one by a click, a range by Shift. */
export function setSelected(selection: RowSelection, ids: readonly string[], on: boolean): RowSelection {
  if (selection.all) {
    const except = new Set(selection.except)
    for (const id of ids)
      if (on) except.delete(id)
      else except.add(id)
    return { all: true, except }
  }
  const next = new Set(selection.ids)
  for (const id of ids)
    if (on) next.add(id)
    else next.delete(id)
  return { all: false, ids: next }
}

/** Another filter is asked for: "all" meant the rows of the one before; chosen rows wait for what it finds. */
export const carriedOver = (selection: RowSelection): RowSelection => (selection.all ? NOTHING : selection)

/** What stays chosen once the rows of another filter are there: never a row that cannot be seen. */
export const keptOf = (selection: RowSelection, shown: ReadonlySet<string>): RowSelection =>
  selection.all ? NOTHING : { all: false, ids: new Set([...selection.ids].filter((id) => shown.has(id))) }

/** The range a Shift-click means: between the last clicked row and this one, both included. */
export function rangeBetween(from: number, to: number): { first: number; last: number } {
  return from <= to ? { first: from, last: to } : { first: to, last: from }
}

/** What a bulk command is told. */
export const selectionInput = (selection: RowSelection, which: Which): Selection =>
  selection.all ? { which, except: [...selection.except] } : { ids: [...selection.ids] }
