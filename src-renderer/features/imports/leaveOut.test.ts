import { expect, it } from 'vitest'
import { onDelete } from './leaveOut.ts'

it('leaves a row out, and takes that back by the same key', () => {
  expect(onDelete({ kind: 'data', plan: 'create', decision: null })).toBe('leaveOut')
  expect(onDelete({ kind: 'data', plan: 'update', decision: 'fill' })).toBe('leaveOut')
  expect(onDelete({ kind: 'data', plan: 'skip', decision: 'skip' })).toBe('takeBack')
})

it('leaves out what the program skips of itself only by an own decision', () => {
  expect(onDelete({ kind: 'data', plan: 'skip', decision: null })).toBe('leaveOut')
  expect(onDelete({ kind: 'title', plan: 'skip', decision: null })).toBeNull()
})

it('dismisses a row with an error, and takes that back', () => {
  expect(onDelete({ kind: 'data', plan: 'fail', decision: null })).toBe('leaveOut')
  expect(onDelete({ kind: 'data', plan: 'skip', decision: 'skip' })).toBe('takeBack')
})
