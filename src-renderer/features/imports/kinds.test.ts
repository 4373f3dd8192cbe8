import { describe, expect, it } from 'vitest'
import type { ImportColumn } from '../../../src-shared/features/imports/model.ts'
import { duplicateChoice, isIdentified, kindOf } from './kinds.ts'

const column = (entity: string, field: string, counts: Record<string, number> = {}): ImportColumn => ({
  index: 0,
  letter: 'A',
  header: field,
  samples: [],
  target: { entity, field },
  confidence: 1,
  because: 'synonym',
  note: { code: 'filled', level: 'info', counts, unknown: [] },
})

describe('what the wizard asks of a kind', () => {
  it('goes on once a column says what a row is, whatever else is called a name', () => {
    const identified = ['followUp.text', 'followUp.id']
    expect(isIdentified({ identified, columns: [column('customer', 'name')] })).toBe(false)
    expect(isIdentified({ identified, columns: [column('customer', 'name'), column('followUp', 'text')] })).toBe(true)
  })

  it('takes delivery texts for whom they name', () => {
    const identified = ['customer.name']
    expect(isIdentified({ identified, columns: [column('customer', 'address', { pasted: 3 })] })).toBe(true)
    expect(isIdentified({ identified, columns: [column('customer', 'address', { pasted: 0 })] })).toBe(false)
  })

  it('leaves a tag as it is where others would be filled', () => {
    expect(duplicateChoice(kindOf({ entity: 'tag' }), 'fill')).toBe('skip')
    expect(duplicateChoice(kindOf({ entity: 'tag' }), 'update')).toBe('update')
    expect(duplicateChoice(kindOf({ entity: 'contact' }), 'fill')).toBe('fill')
  })
})
