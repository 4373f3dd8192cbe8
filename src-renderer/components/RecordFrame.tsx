import { ArrowLeftOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { failureOf } from '../kernel/errors.ts'
import { rememberOpened } from '../kernel/recent.ts'
import { lastAddress } from './neighbours/place.ts'
import { EmptyState, LoadFailed, SkeletonRows } from './states.tsx'

type GoneWord = 'goneTitle' | 'goneHint' | 'crumb'
type RecordFrameProps<Row> = {
  found: { readonly data: Row | undefined; readonly error: Error | null; readonly refetch: () => unknown }
  /** Whose words refusals have; the address of the list. */
  feature: string
  to: string
  words: (key: GoneWord) => string
  /** What stands in the list of those opened last. */
  title: (row: Row) => string
  children: (row: Row) => ReactNode
}

/** The page of one record: on its way, failed, not there, or what it shows. */
export function RecordFrame<Row extends { readonly id: string }>(props: RecordFrameProps<Row>) {
  const { found, feature, to, words, title, children } = props
  const row = found.data
  if (row)
    return (
      <main className="page">
        <Opened to={`${to}/${row.id}`} title={title(row)} />
        {children(row)}
      </main>
    )
  const { code } = failureOf(found.error) ?? {}
  if (code === 'NOT_FOUND' || code === 'BAD_REQUEST') return <Gone to={to} words={words} />
  if (found.error) return <LoadFailed error={found.error} feature={feature} onRetry={() => void found.refetch()} />
  return <SkeletonRows rows={18} height={40} />
}

function Opened({ to, title }: { to: string; title: string }) {
  useEffect(() => rememberOpened({ to, title }), [to, title])
  return null
}

/** Not there, or not for these eyes: the two look alike on purpose. */
const Gone = ({ to, words }: { to: string; words: (key: GoneWord) => string }) => (
  <main className="page">
    <EmptyState title={words('goneTitle')} hint={words('goneHint')} links={<Link to={to}>{words('crumb')}</Link>} />
  </main>
)

/** The way back to the list as it was left. */
export const ListCrumb = ({ to, children }: { to: string; children: ReactNode }) => (
  <Link to={to} search={lastAddress(to)} className="t3">
    <ArrowLeftOutlined /> {children}
  </Link>
)
