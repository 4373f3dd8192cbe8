import { expect, it } from 'vitest'
import type { Employee } from '../../../src-shared/features/people/model.ts'
import { versionFor } from './versionFor.ts'

const began = { version: 3, name: '何佳怡', rank: '销售', phone: null } as unknown as Employee
const newest = { ...began, version: 5, rank: '主管' }

it('saves over changes of other fields, and is refused where both changed the same', () => {
  expect(versionFor(began, newest, ['name', 'phone'])).toBe(5)
  expect(versionFor(began, newest, ['name', 'rank'])).toBe(3)
  expect(versionFor(began, began, ['rank'])).toBe(3)
  expect(versionFor(began, null, ['rank'])).toBe(3)
})
