import './settings.css'
import type { ReactNode } from 'react'
import { PageHead } from '../page.tsx'
import { LoadFailed, SkeletonRows } from '../states.tsx'

type SettingsPageProps = {
  title: string
  note?: ReactNode
  actions?: ReactNode
  /** A promise or a sum at the lower edge. */
  foot?: ReactNode
  /** Lists and matrices reach the edges; forms keep a margin and a readable width. */
  flush?: boolean
  children: ReactNode
}

/** One subject of the settings: head, content that scrolls, foot. */
export function SettingsPage({ title, note, actions, foot, flush = false, children }: SettingsPageProps) {
  return (
    <>
      <PageHead title={title} note={note}>
        {actions}
      </PageHead>
      <div className={flush ? 'set-flush' : 'set-body'}>{children}</div>
      {foot && <footer className="set-foot">{foot}</footer>}
    </>
  )
}

type Query<Data> = { readonly data: Data | undefined; readonly error: unknown; readonly refetch: () => unknown }

/** What a query has found; before that its skeleton, or in its place what failed. */
export function Loaded<Data>({
  query,
  feature,
  rows = 8,
  height = 40,
  children,
}: {
  query: Query<Data>
  feature: string
  rows?: number
  height?: number
  children: (data: Data) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <LoadFailed error={query.error} feature={feature} onRetry={() => void query.refetch()} />
  return <SkeletonRows rows={rows} height={height} />
}

/** A part of a page with its own name; a hairline above, no box. */
export function Section({
  title,
  note,
  actions,
  children,
}: {
  title: ReactNode
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="set-section">
      <div className="set-section-head">
        <h2>{title}</h2>
        {note && <span className="t3 s12">{note}</span>}
        <span className="grow" />
        {actions}
      </div>
      {children}
    </section>
  )
}
