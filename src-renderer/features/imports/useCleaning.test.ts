import { expect, it } from 'vitest'
import { DEFAULT_OPTIONS, type ValueCluster } from '../../../src-shared/features/imports/model.ts'
import type { OwnRule } from '../../../src-shared/features/imports/ownRules.ts'
import { openClusters, recalledSum, unifying, unifyingAll } from './useCleaning.ts'

const cluster: ValueCluster = {
  column: 1,
  kind: 'writing',
  to: '家具',
  values: [
    { value: '家具', count: 5 },
    { value: '家俱', count: 2 },
  ],
  rows: 2,
}

it('a cluster becomes one rule whose target may be another than proposed', () => {
  expect(unifying(cluster, '家具')).toEqual({ column: 1, kind: 'unify', find: '', by: '家具', values: ['家俱'] })
  expect(unifying(cluster, '家居').values).toEqual(['家具', '家俱'])
})

it('a cluster that a rule unifies is not offered again, until the rule is switched off', () => {
  const rule: OwnRule = { ...unifying(cluster, '家具'), values: ['家俱'], id: 'a', on: true, recalled: false }
  expect(openClusters([cluster], [rule])).toEqual([])
  expect(openClusters([cluster], [{ ...rule, on: false }])).toEqual([cluster])
  expect(openClusters([cluster], [{ ...rule, column: 2 }])).toEqual([cluster])
})

it('all at once unifies spellings only, never what merely sounds alike or is one sign apart', () => {
  const sound: ValueCluster = { ...cluster, kind: 'sound', to: '食品', values: [...cluster.values] }
  expect(unifyingAll([sound, cluster, { ...sound, kind: 'typo' }])).toEqual([unifying(cluster, '家具')])
})

it('the check says what rules of the last file changed in this one, and nothing of those written here or switched off', () => {
  const rule: OwnRule = { ...unifying(cluster, '家具'), values: ['家俱'], id: 'a', on: true, recalled: true }
  const rules = [rule, { ...rule, id: 'b' }, { ...rule, id: 'mine', recalled: false }, { ...rule, id: 'off', on: false }]
  const own = ['a', 'b', 'mine', 'off'].map((id) => ({ id, count: 3, samples: [] }))
  const options = { ...DEFAULT_OPTIONS, ownRules: rules }
  expect(recalledSum({ options, own })).toEqual({ rules: 2, cells: 6 })
  expect(recalledSum({ options: { ...options, ownRules: rules.slice(2) }, own })).toBeNull()
})
