import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contactEntity } from '../contacts/entity.ts'
import { customerEntity } from '../customers/entity.ts'
import { followUpEntity } from '../follow-ups/entity.ts'
import { type MappingTarget, mapColumns } from './mapping.ts'

type Answer = string | null
type Sheet = { name: string; columns: { header: string; samples: string[]; target: Answer | Answer[] }[] }
const { sheets } = JSON.parse(readFileSync(new URL('../../../tests/fixtures/header-exports.json', import.meta.url), 'utf8')) as {
  sheets: Sheet[]
}

const targets: MappingTarget[] = [customerEntity, contactEntity, followUpEntity].flatMap((entity) =>
  entity.fields
    .filter((field) => (field.synonyms || field.key === 'phone2') && (!field.readOnly || field.importOnce || field.importBy))
    .map((field) => ({
      entity: entity.name,
      field: field.key,
      type: field.type,
      synonyms: field.synonyms ?? [],
      repeatable: field.type === 'tags' || (entity.name === 'contact' && field.key !== 'phone2'),
    })),
)

describe('columns of exports of other programs', () => {
  it('are mapped without help for at least 95 of 100', () => {
    const wrong: string[] = []
    let total = 0
    for (const { name, columns } of sheets) {
      const mapped = mapColumns(columns, targets)
      for (const [at, { header, target }] of columns.entries()) {
        total++
        const got = mapped[at]?.target
        const answer = got ? `${got.entity}${got.at ? got.at + 1 : ''}.${got.field}` : null
        if (!(Array.isArray(target) ? target : [target]).includes(answer))
          wrong.push(`${name}: ${header} → ${answer}, not ${[target].flat().join()}`)
      }
    }
    expect(total).toBeGreaterThanOrEqual(120)
    expect((total - wrong.length) / total, wrong.join('\n')).toBeGreaterThanOrEqual(0.95)
  })
})
