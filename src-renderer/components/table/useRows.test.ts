import { describe, expect, it } from 'vitest'
import { PAGE_SIZE } from './columns.ts'
import { holdOrder, rowFinder } from './useRows.ts'

type Row = { id: string; name: string }
const row = (id: string, name = id): Row => ({ id, name })
const idOf = ({ id }: Row): string => id
const page = (...ids: string[]) => new Map([[0, ids.map((id) => row(id))]])

describe('the order of the rows while a cell is edited', () => {
  it('is the order of the pages when nothing is held', () => {
    const at = rowFinder(page('a', 'b'), idOf, null)
    expect([at(0), at(1), at(2)]).toEqual([row('a'), row('b'), undefined])
  })

  it('stays when a new row comes in above', () => {
    const held = holdOrder(page('a', 'b'), idOf)
    const at = rowFinder(page('new', 'a', 'b'), idOf, held)
    expect([at(0)?.id, at(1)?.id]).toEqual(['a', 'b'])
  })

  it('shows the values of now in the places of then', () => {
    const held = holdOrder(page('a', 'b'), idOf)
    const at = rowFinder(new Map([[0, [row('b', 'renamed'), row('a')]]]), idOf, held)
    expect([at(0)?.name, at(1)?.name]).toEqual(['a', 'renamed'])
  })

  it('keeps a row that has left the list until the editing is over', () => {
    const held = holdOrder(page('a', 'b'), idOf)
    expect(rowFinder(page('b'), idOf, held)(0)).toEqual(row('a'))
    expect(rowFinder(page('b'), idOf, null)(0)).toEqual(row('b'))
  })

  it('never shows a row twice when another page is loaded meanwhile', () => {
    const held = holdOrder(page('a', 'b'), idOf)
    const at = rowFinder(
      new Map([
        [0, [row('a')]],
        [1, [row('b'), row('c')]],
      ]),
      idOf,
      held,
    )
    expect([at(PAGE_SIZE), at(PAGE_SIZE + 1)?.id]).toEqual([undefined, 'c'])
  })
})
