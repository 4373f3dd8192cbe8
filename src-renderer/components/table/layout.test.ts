import { expect, it } from 'vitest'
import { arrange, moveColumn, shownColumns, standardLayout, stretchName, toggleColumn, widthOf } from './layout.ts'

const columns = [
  { key: 'name', width: 260, sticky: true },
  { key: 'level', width: 46 },
  { key: 'phone', width: 118 },
  { key: 'city', width: 90, hidden: true },
]
const keys = (list: readonly { key: string }[]) => list.map((c) => c.key)

it('shows what is shown by itself, hides what is hidden by itself', () => {
  expect(keys(shownColumns(columns, standardLayout(columns)))).toEqual(['name', 'level', 'phone'])
})

it('puts what a view is about behind the name, even what is hidden by itself', () => {
  expect(keys(shownColumns(columns, standardLayout(columns, ['city', 'gone'])))).toEqual(['name', 'city', 'level', 'phone'])
})

it('moves, shows and hides, and the name stays first', () => {
  const moved = moveColumn(standardLayout(columns), 'phone', 'name')
  expect(keys(arrange(columns, moved))).toEqual(['name', 'phone', 'level', 'city'])
  expect(keys(shownColumns(columns, toggleColumn(moved, 'city')))).toEqual(['name', 'phone', 'level', 'city'])
  expect(keys(shownColumns(columns, toggleColumn(moved, 'name')))).toContain('name')
})

it('puts a column that a later version brings beside its neighbour, and forgets one that is gone', () => {
  const old = { order: ['name', 'fax', 'phone'], hidden: [], widths: {} }
  expect(keys(shownColumns(columns, old))).toEqual(['name', 'level', 'phone'])
})

it('never lets a column vanish by dragging', () => {
  expect(widthOf(columns[1]!, { order: [], hidden: [], widths: { level: 3 } })).toBe(46)
  expect(widthOf(columns[0]!, { order: [], hidden: [], widths: { name: 3 } })).toBe(160)
})

it('gives the name the spare room, but not all of a wide screen', () => {
  expect(stretchName([260, 46, 118], 500)).toEqual({ name: 76, filler: 0 })
  expect(stretchName([260, 46, 118], 1424)).toEqual({ name: 140, filler: 860 })
  expect(stretchName([260, 46, 118], 300)).toEqual({ name: 0, filler: 0 })
})
