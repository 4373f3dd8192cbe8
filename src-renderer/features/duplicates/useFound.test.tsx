import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { beforeEach, expect, it, vi } from 'vitest'
import type { DuplicateRun } from '../../../src-shared/features/duplicates/model.ts'
import { useFound } from './useFound.ts'

const run = (id: string): DuplicateRun =>
  ({ id, userName: '顾建国', customers: 3, compared: 2, sure: 1, maybe: 0, createdAt: '', finishedAt: '' }) as DuplicateRun
const told: string[] = []
let root: Root

function Watcher({ going, last }: { going: string | null; last: DuplicateRun | null }) {
  useFound(going, last, ({ id }) => void told.push(id))
  return null
}
const show = (going: string | null, last: DuplicateRun | null) =>
  act(() => Promise.resolve(root.render(<Watcher going={going} last={last} />)))

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  told.length = 0
  root = createRoot(document.createElement('div'))
})

it('says nothing of a result that was there before', async () => {
  await show(null, run('old'))
  await show(null, run('old'))
  expect(told).toEqual([])
})

it('tells once of the search that was seen at work', async () => {
  await show('new', run('old'))
  await show(null, run('new'))
  await show(null, run('new'))
  expect(told).toEqual(['new'])
})

it('says nothing of one that was cancelled', async () => {
  await show('new', run('old'))
  await show(null, run('old'))
  expect(told).toEqual([])
})
