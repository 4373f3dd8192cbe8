import { expect, it } from 'vitest'
import type { EntityDescriptor } from '../../kernel/entity.ts'
import { customerEntity } from '../customers/entity.ts'
import { laidIn, layoutOf, moveField, standardLayout, stepField } from './rules.ts'

const entity: EntityDescriptor = {
  name: 'customer',
  table: 'customer',
  feature: 'customers',
  title: 'name',
  fields: [
    { key: 'name', type: 'text' },
    { key: 'phone', type: 'phone' },
    { key: 'website', type: 'link' },
    { key: 'note', type: 'longText' },
    { key: 'createdAt', type: 'instant', readOnly: true },
    { key: 'cf_a', type: 'text', label: '甲' },
    { key: 'cf_sum', type: 'number', label: '和', readOnly: true },
  ],
}
const keys = (layout: ReturnType<typeof standardLayout>) =>
  layout.groups.map(({ id, fields }) => [id, ...fields.map(({ key }) => key)])
const inForm = (layout: ReturnType<typeof standardLayout>) =>
  laidIn(entity, layout, 'form').flatMap(({ fields }) => fields.map(({ key }) => key))

it('has a standard in which the fields of the company come last, and results are in no form', () => {
  const layout = standardLayout(entity)
  expect(keys(layout)).toEqual([
    ['basics', 'name', 'phone', 'website'],
    ['place'],
    ['other', 'note'],
    ['belongs', 'createdAt'],
    ['own', 'cf_a', 'cf_sum'],
  ])
  expect(inForm(layout)).toEqual(['name', 'phone', 'note', 'cf_a'])
  expect(layoutOf(entity, null)).toEqual(layout)
})

it('keeps what the company arranged, takes in what is new, leaves out what is gone, and always asks for the name', () => {
  const field = (key: string, form = true) => ({ key, form, page: true, panel: false })
  const stored = {
    groups: [
      {
        id: 'g1',
        label: '要紧的',
        columns: 2 as const,
        isFolded: false,
        fields: [field('cf_a'), field('gone'), field('name', false), field('cf_a')],
      },
      { id: 'g2', label: '其余', columns: 1 as const, isFolded: true, fields: [field('createdAt')] },
    ],
  }
  const layout = layoutOf(entity, stored)
  expect(keys(layout)).toEqual([
    // What the program brings goes where its standard group is, or where others of that group stand now.
    ['g1', 'cf_a', 'name', 'phone', 'website'],
    ['g2', 'createdAt'],
    ['other', 'note'],
    ['own', 'cf_sum'],
  ])
  expect(inForm(layout)).toEqual(['cf_a', 'name'])
  expect(laidIn(entity, layout, 'panel').map(({ group, fields }) => [group.id, ...fields.map(({ key }) => key)])).toEqual([
    ['g1', 'phone', 'website'],
    ['other', 'note'],
    ['own', 'cf_sum'],
  ])
})

it('moves a field within its group, into another, and step by step', () => {
  const layout = standardLayout(entity)
  expect(keys(moveField(layout, 'cf_a', { group: 'basics', before: 'phone' }))[0]).toEqual([
    'basics',
    'name',
    'cf_a',
    'phone',
    'website',
  ])
  expect(keys(moveField(layout, 'name', { group: 'other', before: null }))[2]).toEqual(['other', 'note', 'name'])
  expect(moveField(layout, 'phone', { group: 'basics', before: 'phone' })).toBe(layout)
  expect(keys(stepField(layout, 'name', 1))[0]).toEqual(['basics', 'phone', 'name', 'website'])
  expect(keys(stepField(layout, 'website', 1)).slice(0, 2)).toEqual([
    ['basics', 'name', 'phone'],
    ['place', 'website'],
  ])
  expect(keys(stepField(layout, 'cf_a', -1))[3]).toEqual(['belongs', 'createdAt', 'cf_a'])
  expect(stepField(layout, 'name', -1)).toBe(layout)
  expect(keys(stepField(layout, 'phone', -1))[0]).toEqual(['basics', 'phone', 'name', 'website'])
})

it("puts every field of the program where it belongs: what stands under the company's own are its own", () => {
  expect(standardLayout(customerEntity).groups.map(({ id }) => id)).toEqual(['basics', 'place', 'other', 'belongs'])
})
