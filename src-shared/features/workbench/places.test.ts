import { describe, expect, it } from 'vitest'
import { placesOf, shownOf } from './places.ts'

const known = ['todo', 'agenda', 'news'] as const

describe('the layout of the workbench', () => {
  it('is the standard until one changes it, then one\u2019s own order without what is hidden', () => {
    expect(shownOf(undefined, known)).toEqual(['todo', 'agenda', 'news'])
    expect(
      shownOf(
        [
          { key: 'news', shown: true },
          { key: 'todo', shown: false },
          { key: 'agenda', shown: true },
        ],
        known,
      ),
    ).toEqual(['news', 'agenda'])
  })

  it('shows what is newer than it behind the rest, and passes over what is gone', () => {
    const stored = [
      { key: 'funnel', shown: true },
      { key: 'agenda', shown: true },
      { key: 'todo', shown: true },
    ]
    expect(placesOf(stored, known)).toEqual([
      { key: 'agenda', shown: true },
      { key: 'todo', shown: true },
      { key: 'news', shown: true },
    ])
  })
})
