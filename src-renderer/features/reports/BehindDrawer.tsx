import { Button, Drawer } from 'antd'
import type { ReactNode } from 'react'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type Found = {
  readonly data: unknown
  readonly error: Error | null
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly refetch: () => Promise<unknown>
  readonly fetchNextPage: () => Promise<unknown>
}
type BehindDrawerProps = { title: string; found: Found; sum: string | undefined; onClose: () => void; children: ReactNode }

/** The rows behind a number: how many, their sum, and more of them as long as there are more. */
export function BehindDrawer({ title, found, sum, onClose, children }: BehindDrawerProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  return (
    <Drawer open title={title} size={isPhone ? '100%' : 560} onClose={onClose}>
      {!found.data && found.error && <LoadFailed error={found.error} feature="reports" onRetry={() => void found.refetch()} />}
      {!found.data && !found.error && <SkeletonRows rows={8} height={48} />}
      {sum !== undefined && <p className="t2 num rp-sum">{sum}</p>}
      <ul className="rp-rows">{children}</ul>
      {found.hasNextPage && (
        <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('loadMore')}
        </Button>
      )}
    </Drawer>
  )
}
