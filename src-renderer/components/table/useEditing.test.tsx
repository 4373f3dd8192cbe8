import { act, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Column, ViewRow } from './columns.ts'
import { type Editing, useEditing } from './useEditing.ts'
import type { Rows } from './useRows.ts'

type Row = { id: string; phone: string }
const rows = ['A', 'B'].map((id): Row => ({ id, phone: `${id} phone` }))
const phone: Column<Row> = {
  key: 'phone',
  title: 'phone',
  width: 100,
  render: (row) => row.phone,
  edit: { kind: 'text', value: (row) => row.phone },
}
const onReopened = vi.fn<(at: { index: number }) => void>()
let refuse: (why: string) => void = () => {}
const onEdit = () =>
  new Promise<string | null>((resolve) => {
    refuse = resolve
  })
type Drawn = { cells: ReturnType<typeof useEditing<Row>>; editing: Editing<Row> | null }
const drawn = {} as Drawn
function Harness() {
  const [editing, setEditing] = useState<Editing<Row> | null>(null)
  const cells = useEditing<Row>({
    rows: { first: 0, last: 1, count: 2, at: (index) => rows[index] } as Rows<Row>,
    rowKey: ({ id }) => id,
    editable: [phone],
    onEdit,
    editing,
    setEditing,
    shownKey: 'all',
    onReopened,
  })
  Object.assign(drawn, { cells, editing })
  return <input aria-label="elsewhere" />
}

let root: Root
const box = document.createElement('div')
beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.append(box)
  root = createRoot(box)
  onReopened.mockReset()
  act(() => root.render(<Harness />))
})
afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
})

/** Types 138 into the phone of A, goes on, does something, and is told that it was not taken. */
async function notTaken(move: 'down' | 'stay', meanwhile: () => void): Promise<void> {
  act(() => drawn.cells.begin({ index: 0, column: 'phone' }, undefined))
  act(() => void drawn.cells.commit({ key: 'A', index: 0 } as ViewRow<Row>, phone, '138', move))
  act(meanwhile)
  await act(async () => refuse('少 2 位'))
  expect(drawn.cells.problemOf('A')).toEqual({ column: 'phone', draft: '138', text: '少 2 位' })
}

describe('a value that is not taken', () => {
  it('stands in its editor again, although one went on to the cell below', async () => {
    await notTaken('down', () => expect(drawn.editing?.key).toBe('B'))
    expect(drawn.editing?.key).toBe('A')
    expect(onReopened.mock.calls).toEqual([[{ index: 0, column: 'phone' }]])
  })

  it('lets what is being typed below, or beside the grid, be', async () => {
    await notTaken('down', () => drawn.cells.forGrid.onInput())
    expect(drawn.editing?.key).toBe('B')
    act(() => drawn.cells.forGrid.cancelEdit({ key: 'B' } as ViewRow<Row>))
    await notTaken('stay', () => box.querySelector('input')?.focus())
    expect(drawn.editing).toBe(null)
    expect(onReopened).not.toHaveBeenCalled()
  })
})
