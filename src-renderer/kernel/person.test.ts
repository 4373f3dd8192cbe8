import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepDraftsOf, readDraft, writeDraft } from './drafts.ts'
import { forgetPerson } from './person.ts'
import { rememberUndo, takeUndo } from './undo.ts'

beforeEach(() => {
  // Own keys are what Object.keys(localStorage) gives in a browser, the methods are not among them.
  const storage = Object.create({
    getItem(key: string) {
      return Object.hasOwn(storage, key) ? storage[key] : null
    },
    setItem(key: string, value: string) {
      storage[key] = value
    },
    removeItem(key: string) {
      delete storage[key]
    },
  }) as Record<string, string>
  vi.stubGlobal('localStorage', storage)
})
afterEach(() => vi.unstubAllGlobals())

it('shows a draft to who wrote it, and drops an empty one', () => {
  writeDraft('ann', 'c1', '报过价了')
  expect([readDraft('ann', 'c1'), readDraft('bob', 'c1')]).toEqual(['报过价了', ''])
  writeDraft('ann', 'c1', '')
  expect(Object.keys(localStorage)).toEqual([])
})

it('leaves no draft of anybody else, and none at all after signing out', () => {
  localStorage.setItem('kezhan.mode', 'dark')
  localStorage.setItem('kezhan.draft.c1', 'from before drafts had an owner')
  writeDraft('ann', 'c1', 'a')
  writeDraft('bob', 'c1', 'b')
  keepDraftsOf('bob')
  expect(Object.keys(localStorage).sort()).toEqual(['kezhan.draft.bob.c1', 'kezhan.mode'])
  keepDraftsOf(null)
  expect(Object.keys(localStorage)).toEqual(['kezhan.mode'])
})

it('forgets what could be taken back', () => {
  rememberUndo({ id: '1', text: 'x', undo: async () => {} })
  forgetPerson()
  expect(takeUndo()).toBeUndefined()
})
