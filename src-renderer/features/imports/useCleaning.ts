import { useState } from 'react'
import { isSure } from '../../../src-shared/features/imports/clusters.ts'
import type { CleaningRule, ImportDetail, ValueCluster } from '../../../src-shared/features/imports/model.ts'
import { isComplete, type OwnKind, type OwnRule } from '../../../src-shared/features/imports/ownRules.ts'
import { newId } from '../../kernel/ids.ts'
import type { ImportSteps } from './useImport.ts'

export type NewRule = { column: number; kind: OwnKind; find: string; by: string; values?: string[] }

/** What somebody wants of the cleaning, until it is done over all rows. */
export function useCleaning(detail: ImportDetail, steps: ImportSteps) {
  const [off, setOff] = useState<readonly CleaningRule[]>(detail.options.rulesOff)
  const [own, setOwn] = useState<readonly OwnRule[]>(detail.options.ownRules)
  const [apart, setApart] = useState<readonly string[]>([])
  const change = (id: string, to: Partial<OwnRule>) => setOwn(own.map((rule) => (rule.id === id ? { ...rule, ...to } : rule)))
  const add = (...rules: NewRule[]) =>
    setOwn([...own, ...rules.map((rule) => ({ values: [], ...rule, id: newId(), on: true, recalled: false })).filter(isComplete)])
  return {
    off,
    own,
    /** Clusters that somebody said are none; they stay so while the rows are cleaned again. */
    apart,
    leaveApart: (cluster: ValueCluster) => setApart([...apart, clusterKey(cluster)]),
    isChanged:
      JSON.stringify([...off].sort()) !== JSON.stringify([...detail.options.rulesOff].sort()) ||
      JSON.stringify(own) !== JSON.stringify(detail.options.ownRules),
    switchRule: (rule: CleaningRule, on: boolean) => setOff(on ? off.filter((one) => one !== rule) : [...off, rule]),
    add,
    change,
    remove: (id: string) => setOwn(own.filter((rule) => rule.id !== id)),
    move: (id: string, by: 1 | -1) => setOwn(moved(own, id, by)),
    recall: (on: boolean) => setOwn(own.map((rule) => (rule.recalled ? { ...rule, on } : rule))),
    apply: () =>
      steps.setOptions.mutate(
        { id: detail.id, options: { rulesOff: [...off], ownRules: [...own] } },
        {
          onSuccess: ({ options }) => {
            // As they are kept now: what is shown is what is applied.
            setOff(options.rulesOff)
            setOwn(options.ownRules)
            steps.prepare.mutate({ id: detail.id })
          },
        },
      ),
  }
}
export type Cleaning = ReturnType<typeof useCleaning>

function moved(rules: readonly OwnRule[], id: string, by: 1 | -1): OwnRule[] {
  const from = rules.findIndex((rule) => rule.id === id)
  const rule = rules[from]
  const to = from + by
  if (!rule || to < 0 || to >= rules.length) return [...rules]
  return rules.toSpliced(from, 1).toSpliced(to, 0, rule)
}

/** The rule that makes one value of a cluster; the spellings are those that are not it already. */
export const unifying = ({ column, values }: Pick<ValueCluster, 'column' | 'values'>, to: string): NewRule => ({
  column,
  kind: 'unify',
  find: '',
  by: to,
  values: values.map(({ value }) => value).filter((value) => value !== to),
})

/** What one press unifies: groups that sound alike or are a sign apart are asked about one by one. */
export const unifyingAll = (clusters: readonly ValueCluster[]): NewRule[] =>
  clusters.filter(isSure).map((one) => unifying(one, one.to))

/** One and the same after another cleaning, in whatever order its spellings stand then. */
export const clusterKey = ({ column, values }: ValueCluster): string =>
  `${column} ${values
    .map(({ value }) => value)
    .sort()
    .join('\u0001')}`

/** Clusters nobody has decided about: what a rule unifies already is none any more. */
export const openClusters = (clusters: readonly ValueCluster[], own: readonly OwnRule[]): ValueCluster[] =>
  clusters.filter(
    ({ column, values }) =>
      !own.some(
        (rule) =>
          rule.kind === 'unify' && rule.on && rule.column === column && values.some(({ value }) => rule.values.includes(value)),
      ),
  )

/** What rules of the last file with these headers did to this one; null where none are at work. */
export function recalledSum({ options, own }: Pick<ImportDetail, 'options' | 'own'>): { rules: number; cells: number } | null {
  const recalled = options.ownRules.filter((rule) => rule.recalled && rule.on)
  if (recalled.length === 0) return null
  const ids = new Set(recalled.map(({ id }) => id))
  const cells = (own ?? []).reduce((sum, { id, count }) => sum + (ids.has(id) ? count : 0), 0)
  return { rules: recalled.length, cells }
}
