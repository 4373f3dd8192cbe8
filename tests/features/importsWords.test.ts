// Every part and field that a column can go to, of every kind of import, is called by a word of the page's language.
import { describe, expect, it } from 'vitest'
import { importerOf, targetsOf } from '../../src-main/features/imports/registry.ts'
import '../../src-renderer/features/imports/words.ts'
import { sliceWord } from '../../src-renderer/kernel/slices.ts'
import { LANGUAGES, startText } from '../../src-renderer/kernel/text.ts'
import { IMPORTABLE } from '../../src-shared/features/imports/model.ts'

describe.each(LANGUAGES)('targets of imports in %s', (language) => {
  it.each(IMPORTABLE)('%s', (entity) => {
    startText(language)
    const targets = targetsOf(importerOf(entity))
    expect(targets.length).toBeGreaterThan(0)
    const nameless = targets.flatMap(({ feature, field, entity: part }) =>
      [`entity.${part}`, `fields.${field}`].filter((key) => !sliceWord(feature, key)).map((key) => `${feature} ${key}`),
    )
    expect(nameless).toEqual([])
  })
})
