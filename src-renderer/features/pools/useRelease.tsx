import { GlobalOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, useState } from 'react'
import type { Selection } from '../../../src-shared/kernel/list.ts'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const ReleaseDialog = later(() => import('./ReleaseDialog.tsx').then((module) => module.ReleaseDialog))

/** 放入公海 as one of the bulk actions, or of a record: shown to who may and only where there is a pool. */
export function useRelease(
  n: number,
  selection: () => Selection,
  onDone: () => void,
): { actions: BulkAction[]; dialog: ReactNode } {
  const t = useText(text)
  const may = useCan('customers.release')
  const pools = useQuery(useApi().pools.choices.queryOptions({ input: {}, enabled: may, staleTime: 60_000 }))
  const [asked, setAsked] = useState<Selection | null>(null)
  const offers = may && (pools.data?.length ?? 0) > 0
  return {
    actions: offers
      ? [{ key: 'release', icon: <GlobalOutlined />, label: t('releasing'), onClick: () => setAsked(selection()) }]
      : [],
    dialog: asked && (
      <Suspense>
        <ReleaseDialog n={n} selection={asked} onDone={onDone} onClose={() => setAsked(null)} />
      </Suspense>
    ),
  }
}
