import { act, type KeyboardEvent, type MouseEvent, type PointerEvent, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FieldValue } from '../FieldEditor.tsx'
import type { Column } from './columns.ts'
import { NOTHING, type RowSelection } from './selection.ts'
import type { Editing } from './useEditing.ts'
import { useGrid } from './useGrid.ts'
import type { Rows } from './useRows.ts'

type Row = { id: string; phone: string; industry: string }
const rowOf = (id: string): Row => ({ id, phone: `${id} phone`, industry: `${id} industry` })
const text = (key: 'phone' | 'industry'): Column<Row> => ({
  key,
  title: key,
  width: 100,
  render: (row) => row[key],
  edit: { kind: 'text', value: (row) => row[key] },
})
const phone = text('phone')
const columns = [{ key: 'name', title: 'name', width: 100, render: (row: Row) => row.id }, phone, text('industry')]

let root: Root
type Drawn = { grid: ReturnType<typeof useGrid<Row>>; editing: Editing<Row> | null; selection: RowSelection }
/** As it was drawn last. */
const drawn = {} as Drawn
const onOpen = vi.fn<(row: Row, index: number) => void>()
const onEdit = vi.fn<(row: Row, key: string, value: FieldValue) => Promise<string | null>>()
const load = vi.fn<Rows<Row>['load']>()
const onRangeRefused = vi.fn<(refusal: object) => void>()

type Props = { ids: (string | undefined)[]; shownKey?: string; isStale?: boolean; openId?: string | null }
function Harness({ ids, shownKey = 'all', isStale = false, openId = null }: Props) {
  const [editing, setEditing] = useState<Editing<Row> | null>(null)
  const [selection, setSelection] = useState<RowSelection>(NOTHING)
  const at = (index: number) => (ids[index] === undefined ? undefined : rowOf(ids[index]))
  const grid = useGrid<Row>({
    rows: { first: 0, last: ids.length - 1, count: ids.length, at, load, scrollTo: () => {} } as unknown as Rows<Row>,
    rowKey: (row) => row.id,
    nameOf: (row) => row.id,
    columns,
    selection,
    onSelection: setSelection,
    openId,
    onOpen,
    onOpenPage: () => {},
    onEdit,
    editing,
    setEditing,
    shownKey,
    isStale,
    onRangeRefused,
  })
  Object.assign(drawn, { grid, editing, selection })
  return (
    <table>
      <tbody>
        {grid.views.map((view) => (
          <tr key={view.key} data-row-key={view.key}>
            <td data-col="__check" />
            <td data-col="name">
              <a href="#site">site</a>
            </td>
            <td data-col="phone" />
            <td data-col="industry" />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
const wait = (ms: number) =>
  act(() => {
    vi.advanceTimersByTime(ms)
  })
const box = document.createElement('div')
const draw = (props: Props) => act(() => root.render(<Harness {...props} />))
const cell = (id: string, column: string) => {
  const found = box.querySelector(`[data-row-key="${id}"] [data-col="${column}"]`)
  if (!found) throw new Error(`no cell ${id} ${column}`)
  return found
}
const mouse = (target: Element, detail: number, shiftKey = false) =>
  ({ target, detail, shiftKey, preventDefault: () => {} }) as unknown as MouseEvent
const click = (target: Element, detail = 1, shiftKey = false) => act(() => drawn.grid.onClick(mouse(target, detail, shiftKey)))
const double = (target: Element) => act(() => drawn.grid.onDoubleClick(mouse(target, 2)))
type Held = { shiftKey?: boolean; ctrlKey?: boolean }
const press = (key: string, target: Element = box, held: Held = {}) => {
  const event = {
    key,
    target,
    currentTarget: box,
    ...PLAIN,
    ...held,
    preventDefault: vi.fn<() => void>(),
    stopPropagation: () => {},
  }
  act(() => drawn.grid.onKeyDown(event as unknown as KeyboardEvent))
  return event.preventDefault.mock.calls.length > 0
}
const PLAIN = { shiftKey: false, ctrlKey: false, metaKey: false, nativeEvent: { isComposing: false, keyCode: 0 } }
const point = (target: Element, buttons = 1) => ({ target, button: 0, buttons, pointerType: 'mouse' }) as unknown as PointerEvent
const editPhoneOf = (id: string) => {
  click(cell(id, 'phone'))
  double(cell(id, 'phone'))
}
const commit = async (key: string, value: string) => {
  const view = drawn.grid.views.find((one) => one.key === key)
  if (!view) throw new Error(`${key} is not drawn`)
  await act(async () => drawn.grid.commit(view, phone, value, 'stay'))
}
const shownEditors = () => drawn.grid.views.filter((view) => view.editing).map((view) => `${view.key} ${view.editing}`)

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.append(box)
  root = createRoot(box)
  for (const mock of [onOpen, onEdit, load, onRangeRefused]) mock.mockReset()
  onEdit.mockResolvedValue(null)
})
afterEach(() => {
  act(() => root.unmount())
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a cell that is being edited', () => {
  it('stays with its record when a row comes in above, and its value goes to that record', async () => {
    draw({ ids: ['A', 'B'] })
    editPhoneOf('A')
    draw({ ids: ['N', 'A', 'B'] })
    expect(shownEditors()).toEqual(['A phone'])
    await commit('A', 'typed')
    expect(onEdit.mock.calls).toEqual([[rowOf('A'), 'phone', 'typed']])
    expect(drawn.editing).toBeNull()
  })

  it('takes nothing from an editor of another row', async () => {
    draw({ ids: ['A', 'B'] })
    editPhoneOf('A')
    await commit('B', 'B phone')
    expect(onEdit).not.toHaveBeenCalled()
    expect(shownEditors()).toEqual(['A phone'])
  })

  it('is over when its row is no longer drawn, and the grid hears clicks and keys again', () => {
    draw({ ids: ['A', 'B'] })
    editPhoneOf('A')
    draw({ ids: ['B'] })
    expect(drawn.editing).toBeNull()
    expect(press('ArrowDown')).toBe(true)
  })

  it('comes back with the sentence and what was typed when the value is not taken', async () => {
    onEdit.mockResolvedValueOnce('少 2 位')
    draw({ ids: ['A', 'B'] })
    editPhoneOf('A')
    await commit('A', '138')
    expect(drawn.grid.views[0]?.problem).toEqual({ column: 'phone', draft: '138', text: '少 2 位' })
    expect(shownEditors()).toEqual(['A phone'])
    await commit('A', '13800000000')
    expect(drawn.grid.views[0]?.problem).toBeNull()
  })
})

describe('clicks', () => {
  it('edit the cell of the first click, wherever the second one falls, and open nothing meanwhile', () => {
    draw({ ids: ['A', 'B'] })
    click(cell('A', 'phone'))
    wait(150)
    click(cell('A', 'industry'), 2)
    double(cell('A', 'industry'))
    wait(1000)
    expect(shownEditors()).toEqual(['A phone'])
    expect(onOpen).not.toHaveBeenCalled()
  })

  it('open the record when no second one comes, and at once where nothing can be edited', () => {
    draw({ ids: ['A', 'B'] })
    click(cell('A', 'phone'))
    expect(onOpen).not.toHaveBeenCalled()
    wait(250)
    expect(onOpen.mock.calls).toEqual([[rowOf('A'), 0]])
    click(cell('B', 'name'))
    expect(onOpen).toHaveBeenLastCalledWith(rowOf('B'), 1)
  })

  it('on a link belong to the link', () => {
    draw({ ids: ['A'] })
    click(box.querySelector('a') ?? box)
    expect(onOpen).not.toHaveBeenCalled()
  })

  it('tick, and mean nothing else, on the rows of a search that is over', () => {
    draw({ ids: ['A', 'B'], isStale: true })
    click(cell('A', 'name'))
    editPhoneOf('A')
    expect(press('a')).toBe(false)
    wait(1000)
    click(cell('B', '__check'))
    draw({ ids: ['B', 'A'], shownKey: 'sorted' })
    expect([drawn.selection, drawn.editing, onOpen.mock.calls.length]).toEqual([{ all: false, ids: new Set(['B']) }, null, 0])
  })
})

describe('the cursor', () => {
  const atCursor = () => drawn.grid.views.filter((view) => view.cursor).map((view) => view.key)
  it('goes with its record, and is forgotten by another filter', () => {
    draw({ ids: ['A', 'B'] })
    click(cell('B', 'name'))
    draw({ ids: ['N', 'A', 'B'] })
    expect(atCursor()).toEqual(['B'])
    draw({ ids: ['N', 'A', 'B'], shownKey: 'A only' })
    expect(atCursor()).toEqual([])
  })

  it('steps from where the open record stands now', () => {
    draw({ ids: ['N', 'A', 'B'], openId: 'A' })
    act(() => drawn.grid.stepFrom(0, 1))
    expect(onOpen.mock.calls).toEqual([[rowOf('B'), 2]])
  })
})

describe('cells', () => {
  const range = () => drawn.grid.cursor.range
  const start = () => {
    draw({ ids: ['A', 'B', 'C'] })
    click(cell('A', 'name'))
  }
  it('are walked and chosen by the arrows as in a spreadsheet', () => {
    start()
    press('ArrowRight')
    press('ArrowDown')
    expect(range()).toEqual({ top: 1, bottom: 1, left: 1, right: 1 })
    press('ArrowDown', box, { shiftKey: true })
    press('ArrowRight', box, { shiftKey: true })
    expect(range()).toEqual({ top: 1, bottom: 2, left: 1, right: 2 })
    expect(drawn.grid.views.map((view) => view.range)).toEqual([null, '1-2t', '1-2b'])
    press('Escape')
    expect(range()).toEqual({ top: 1, bottom: 1, left: 1, right: 1 })
    press('End', box, { ctrlKey: true, shiftKey: true })
    expect(range()).toEqual({ top: 1, bottom: 2, left: 1, right: 2 })
    press('Home', box, { ctrlKey: true })
    expect(range()).toEqual({ top: 0, bottom: 0, left: 0, right: 0 })
    press('ArrowRight', box, { ctrlKey: true })
    press('ArrowDown', box, { ctrlKey: true })
    expect(range()).toEqual({ top: 2, bottom: 2, left: 2, right: 2 })
  })

  it('are chosen by dragging, which opens nothing, and by Shift and a click', () => {
    draw({ ids: ['A', 'B', 'C'] })
    act(() => drawn.grid.onPointerDown(point(cell('A', 'name'))))
    act(() => drawn.grid.onPointerMove(point(cell('B', 'phone'))))
    click(box)
    expect(range()).toEqual({ top: 0, bottom: 1, left: 0, right: 1 })
    click(cell('C', 'industry'), 1, true)
    expect(range()).toEqual({ top: 0, bottom: 2, left: 0, right: 2 })
    wait(1000)
    expect(onOpen).not.toHaveBeenCalled()
  })

  it('are edited by typing where they can be, and the letter stays a shortcut where not', () => {
    start()
    press('x')
    expect(shownEditors()).toEqual([])
    press('ArrowRight')
    expect(press('x')).toBe(false)
    expect(shownEditors()).toEqual(['A phone'])
    expect(drawn.editing?.replace).toBe('')
  })
})

describe('a range', () => {
  it('holds the rows between that are not loaded', async () => {
    draw({ ids: ['A', undefined, 'C'] })
    load.mockResolvedValue([rowOf('A'), rowOf('B'), rowOf('C')])
    click(cell('A', '__check'))
    await act(async () => click(cell('C', '__check'), 1, true))
    expect(load.mock.calls).toEqual([[0, 2]])
    expect(drawn.selection).toEqual({ all: false, ids: new Set(['A', 'B', 'C']) })
  })

  it('says when it is too long, and chooses nothing', async () => {
    draw({ ids: ['A', undefined, 'C'] })
    load.mockResolvedValue(null)
    click(cell('A', '__check'))
    await act(async () => click(cell('C', '__check'), 1, true))
    expect(onRangeRefused.mock.calls).toEqual([[{ tooLong: true }]])
    expect(drawn.selection).toEqual({ all: false, ids: new Set(['A']) })
  })

  it('does not begin among the rows of another filter', () => {
    draw({ ids: ['A', 'B', 'C'] })
    click(cell('A', '__check'))
    draw({ ids: ['X', 'A', 'Y'], shownKey: 'A only' })
    click(cell('Y', '__check'), 1, true)
    expect(drawn.selection).toEqual({ all: false, ids: new Set(['A', 'Y']) })
  })
})
