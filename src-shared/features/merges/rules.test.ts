import { expect, it } from 'vitest'
import { customerEntity } from '../customers/entity.ts'
import type { Customer } from '../customers/model.ts'
import type { MergeSide } from './model.ts'
import { mergeLines } from './rules.ts'

const side = (id: string, values: Partial<Customer>): MergeSide =>
  ({ customer: { id, name: id, updatedAt: `2026-11-0${id.length}T00:00:00.000Z`, ...values } }) as MergeSide
const statusOf = (sides: readonly MergeSide[], survivor: string) =>
  mergeLines(customerEntity, sides, survivor, () => false).find(({ key }) => key === 'status')

it('who has bought stays a buyer, whoever of them is kept', () => {
  const [lost, buyer] = [side('lost', { status: 'lost' }), side('buyer', { status: 'won' })]
  expect(statusOf([lost, buyer], 'lost')).toMatchObject({ chosen: 'buyer', hint: null })
  expect(statusOf([lost, buyer], 'buyer')?.chosen).toBe('buyer')
  expect(statusOf([lost, side('active', { status: 'active' })], 'lost')?.chosen).toBe('lost')
})
