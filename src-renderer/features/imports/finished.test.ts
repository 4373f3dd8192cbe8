import { expect, it } from 'vitest'
import { endingOf } from './finished.ts'

it('tells every end of work, the bad ones too', () => {
  expect(endingOf('running', 'done')).toBe('done')
  expect(endingOf('running', 'failed')).toBe('failed')
  expect(endingOf('preparing', 'failed')).toBe('failed')
  expect(endingOf('running', 'interrupted')).toBe('interrupted')
  expect(endingOf('undoing', 'undone')).toBe('undone')
  expect(endingOf('cancelling', 'cancelled')).toBe('cancelled')
})

it('is silent about what was over when the page came, and about steps on the way', () => {
  expect(endingOf(undefined, 'failed')).toBeNull()
  expect(endingOf('done', 'done')).toBeNull()
  expect(endingOf('preparing', 'ready')).toBeNull()
  expect(endingOf('running', 'paused')).toBeNull()
})
