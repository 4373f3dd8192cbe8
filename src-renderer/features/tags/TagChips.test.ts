import { expect, it } from 'vitest'
import { tonesOf } from './TagChips.tsx'

const tones = new Map([
  ['vip', 'lamp'],
  ['展会', 'info'],
  ['老客户', 'ok'],
  ['其他', 'ink'],
] as const)

it('gives a tag the tone chosen for it, whatever its capitals', () => {
  expect(tonesOf(['VIP', '其他', '没有登记'], tones, 2)).toEqual([
    { name: 'VIP', tone: 'lamp' },
    { name: '其他', tone: 'ink' },
    { name: '没有登记', tone: 'ink' },
  ])
})

it('tints no more than a row may carry', () => {
  expect(tonesOf(['其他', '展会', 'VIP', '老客户'], tones, 2).map(({ tone }) => tone)).toEqual(['ink', 'info', 'lamp', 'ink'])
  expect(tonesOf(['展会', 'VIP'], tones, 1).map(({ tone }) => tone)).toEqual(['info', 'ink'])
})
