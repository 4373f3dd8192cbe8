import { Button } from 'antd'
import { useMemo, useRef } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { MyPool } from '../../../src-shared/features/pools/model.ts'
import type { Column } from '../../components/table/columns.ts'
import { RelativeTime } from '../../components/values.tsx'
import { useText } from '../../kernel/text.ts'
import { useCustomerColumns } from '../customers/public.ts'
import { text } from './text.ts'
import type { ClaimBarOf } from './useClaimBar.ts'

/** What is said of somebody's customers only. */
export const OWNED: ReadonlySet<string> = new Set(['ownerId', 'nextFollowUpAt', 'poolDueOn', 'poolRule', 'ownerSince', 'contact'])

/** The columns of customers as they are in a pool: nothing is edited, what the pool hides is not there, and each can be claimed. */
export function usePoolColumns(pool: MyPool, onClaim: (row: Customer) => void, barOf: ClaimBarOf): readonly Column<Customer>[] {
  const t = useText(text)
  const columns = useCustomerColumns()
  const claim = useRef(onClaim)
  claim.current = onClaim
  return useMemo(() => {
    const plain = columns
      .filter(({ key }) => !OWNED.has(key) && !pool.hidden.includes(key))
      .map(({ edit: _, ...column }) => column)
    const entered: Column<Customer> = {
      key: 'poolEnteredAt',
      title: t('entered'),
      width: 108,
      align: 'right',
      sortable: true,
      render: (row) => <RelativeTime at={row.poolEnteredAt} />,
    }
    const act: Column<Customer> = {
      key: 'claim',
      title: t('claim'),
      width: 72,
      align: 'right',
      render: (row) => (
        <Button
          size="small"
          type="link"
          disabled={barOf(row) !== null}
          title={barOf(row) ?? undefined}
          onClick={(event) => {
            event.stopPropagation()
            if (event.detail <= 1) claim.current(row)
          }}
        >
          {t('claim')}
        </Button>
      ),
    }
    const [name, ...rest] = plain
    return [...(name ? [name] : []), ...(pool.mayClaim ? [act] : []), ...rest, entered]
  }, [columns, t, pool.hidden, pool.mayClaim, barOf])
}
