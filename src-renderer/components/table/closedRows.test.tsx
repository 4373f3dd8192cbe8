import { act, type KeyboardEvent, type MouseEvent, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Column } from './columns.ts'
import { NOTHING } from './selection.ts'
import type { Editing } from './useEditing.ts'
import { useGrid } from './useGrid.ts'
import type { Rows } from './useRows.ts'

type Row = { id: string }
const ROWS: readonly Row[] = [{ id: 'open' }, { id: 'closed' }]
const phone: Column<Row> = {
  key: 'phone',
  title: 'phone',
  width: 100,
  render: ({ id }) => id,
  edit: { kind: 'text', value: ({ id }) => id },
}
const rows = { first: 0, last: 1, count: 2, at: (index: number) => ROWS[index], scrollTo: () => {} } as unknown as Rows<Row>
const onOpen = vi.fn<(row: Row, index: number) => void>()
const onClosed = vi.fn<(why: string) => void>()
/** As it was drawn last. */
const drawn = {} as { grid: ReturnType<typeof useGrid<Row>> }

function Harness() {
  const [editing, setEditing] = useState<Editing<Row> | null>(null)
  const grid = useGrid<Row>({
    rows,
    rowKey: ({ id }) => id,
    nameOf: ({ id }) => id,
    columns: [phone],
    selection: NOTHING,
    onSelection: () => {},
    openId: null,
    onOpen,
    onOpenPage: () => {},
    onEdit: async () => null,
    closed: ({ id }) => (id === 'closed' ? 'only look' : null),
    onClosed,
    editing,
    setEditing,
    shownKey: 'all',
    isStale: false,
    onRangeRefused: () => {},
  })
  Object.assign(drawn, { grid })
  return (
    <table>
      <tbody>
        {grid.views.map(({ key }) => (
          <tr key={key} data-row-key={key}>
            <td data-col="phone" />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const box = document.createElement('div')
let root: Root
const at = (id: string) => box.querySelector(`[data-row-key="${id}"] td`)
const mouse = (id: string, detail: number) => ({ target: at(id), detail, preventDefault: () => {} }) as unknown as MouseEvent
const press = (key: string) =>
  act(() =>
    drawn.grid.onKeyDown({
      key,
      target: box,
      currentTarget: box,
      nativeEvent: { isComposing: false, keyCode: 0 },
      preventDefault: () => {},
      stopPropagation: () => {},
    } as unknown as KeyboardEvent),
  )
const editors = () => drawn.grid.views.filter(({ editing }) => editing !== null).map(({ key }) => key)

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  onOpen.mockReset()
  onClosed.mockReset()
  root = createRoot(box)
  act(() => root.render(<Harness />))
})
afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
})

it('a row that is only looked at says so as soon as somebody begins to write, by key or by mouse, and opens no editor', () => {
  press('ArrowDown')
  press('ArrowDown')
  press('x')
  press('F2')
  act(() => drawn.grid.onDoubleClick(mouse('closed', 2)))
  expect(onClosed.mock.calls).toEqual([['only look'], ['only look'], ['only look']])
  expect(editors()).toEqual([])
  expect(drawn.grid.views.map(({ closed }) => closed)).toEqual([null, 'only look'])
})

it('it opens its record at the first click, for no second one is waited for', () => {
  act(() => drawn.grid.onClick(mouse('closed', 1)))
  expect(onOpen).toHaveBeenCalledWith({ id: 'closed' }, 1)
})

it('Enter in the row above ends the editing, with the cursor on the row that takes nothing', () => {
  act(() => drawn.grid.onDoubleClick(mouse('open', 2)))
  expect(editors()).toEqual(['open'])
  const [view] = drawn.grid.views
  if (!view) throw new Error('nothing is drawn')
  act(() => drawn.grid.commit(view, phone, 'typed', 'down'))
  expect(editors()).toEqual([])
  expect(drawn.grid.cursor.at.row).toBe(1)
  expect(onClosed).not.toHaveBeenCalled()
})
