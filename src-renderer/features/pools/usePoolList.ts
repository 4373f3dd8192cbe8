import { useMemo } from 'react'
import type { MyPool } from '../../../src-shared/features/pools/model.ts'
import { OPENED_BY_ME } from '../../../src-shared/kernel/filter/fields.ts'
import type { Rule, Sort } from '../../../src-shared/kernel/list.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import type { SystemView } from '../../components/views/tabs.ts'
import { useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { quickOf, useListOfCustomers } from '../customers/public.ts'
import { text } from './text.ts'
import { OWNED } from './usePoolColumns.tsx'

const NEWEST: readonly Sort[] = [{ field: 'poolEnteredAt', direction: 'desc' }]

/** What a pool keeps back, and what is only said of somebody's customers. */
const useHides = ({ hides }: MyPool) =>
  useMemo(() => {
    const kept = new Set(hides)
    return (entity: string, field: string): boolean =>
      kept.has(`${entity}.${field}`) || (entity === 'customer' && (OWNED.has(field) || field === 'poolId'))
  }, [hides])

/** The customers of a pool as the address says: the views are those of all pools, the fields those that this one shows. */
export function usePoolList(pool: MyPool, columns: readonly LayoutColumn[]) {
  const hides = useHides(pool)
  const list = useListOfCustomers(columns, {
    entity: 'pool',
    to: '/pools',
    pool: pool.id,
    system: useSystemViews(hides),
    hides,
  })
  return { list, quick: quickOf(useMe()).filter((field) => !hides('customer', field)) }
}

/** The views that every pool begins with; none that asks by what it keeps back. */
function useSystemViews(hides: (entity: string, field: string) => boolean): readonly SystemView[] {
  const t = useText(text)
  return useMemo(() => {
    const view = (key: 'all' | 'entered7' | 'neverSpoken' | 'recentlyOpened', rule: Rule | null, sorts = NEWEST): SystemView[] =>
      rule && hides('customer', rule.field)
        ? []
        : [{ key, label: t(key), filter: rule && { combinator: 'and', rules: [rule] }, sorts }]
    return [
      ...view('all', null),
      ...view('entered7', { field: 'poolEnteredAt', operator: 'within', value: 'last:7' }),
      ...view('neverSpoken', { field: 'lastFollowUpAt', operator: 'null' }),
      ...view('recentlyOpened', { field: OPENED_BY_ME, operator: 'notNull' }, [{ field: OPENED_BY_ME, direction: 'desc' }]),
    ]
  }, [t, hides])
}
