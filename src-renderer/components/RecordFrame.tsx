import { ArrowLeftOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { failureOf } from '../kernel/errors.ts'
import { rememberOpened, useRecent } from '../kernel/recent.ts'
import { useText } from '../kernel/text.ts'
import { lastAddress } from './neighbours/place.ts'
import { EmptyState, LoadFailed, SkeletonRows } from './states.tsx'
import { text } from './text.ts'

type GoneWord = 'goneTitle' | 'goneHint' | 'crumb'
type RecordFrameProps<Row> = {
  id: string
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
  const { id, found, feature, to, words, title, children } = props
  const row = found.data
  const { code } = failureOf(found.error) ?? {}
  // What was read before is not shown on to somebody who may not see it any more.
  if (code === 'NOT_FOUND' || code === 'BAD_REQUEST') return <Gone path={`${to}/${id}`} to={to} words={words} />
  if (row)
    return (
      <main className="page">
        <Opened to={`${to}/${row.id}`} title={title(row)} />
        {children(row)}
      </main>
    )
  if (found.error) return <LoadFailed error={found.error} feature={feature} onRetry={() => void found.refetch()} />
  return <SkeletonRows rows={18} height={40} />
}

function Opened({ to, title }: { to: string; title: string }) {
  useEffect(() => rememberOpened({ to, title }), [to, title])
  return null
}

type GoneProps = { path: string; to: string; words: (key: GoneWord) => string }
/** Not there, or not for these eyes: the two look alike on purpose. Who has just seen it is told what may have come between. */
function Gone({ path, to, words }: GoneProps) {
  const t = useText(text)
  const seen = useRecent().find((one) => one.to === path)
  return (
    <main className="page">
      <EmptyState
        title={seen ? t('shutOut', { name: seen.title }) : words('goneTitle')}
        hint={seen ? t('shutOutHint') : words('goneHint')}
        links={<Link to={to}>{words('crumb')}</Link>}
      />
    </main>
  )
}

/** The way back to the list as it was left. */
export const ListCrumb = ({ to, children }: { to: string; children: ReactNode }) => (
  <Link to={to} search={lastAddress(to)} className="t3">
    <ArrowLeftOutlined /> {children}
  </Link>
)
