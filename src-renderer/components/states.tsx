import { DownOutlined, ExclamationCircleFilled, FilterOutlined, LockOutlined, UpOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { failureOf, failureText } from '../kernel/errors.ts'
import { useText } from '../kernel/text.ts'
import { copyText } from './marks.tsx'
import { InnSmall } from './Mark.tsx'
import { text } from './text.ts'

/** Nothing there yet: the drawn inn, one line, one main thing to do, quiet links. */
export function EmptyState({
  title,
  hint,
  children,
  links,
}: {
  title: string
  hint?: ReactNode
  children?: ReactNode
  links?: ReactNode
}) {
  return (
    <div className="empty">
      <InnSmall />
      <h2>{title}</h2>
      {hint && <p className="t2">{hint}</p>}
      {children && <div className="empty-main">{children}</div>}
      {links && <div className="empty-links">{links}</div>}
    </div>
  )
}

function Quiet({ icon, title, hint, children }: { icon: ReactNode; title: string; hint?: ReactNode; children?: ReactNode }) {
  return (
    <div className="quiet">
      <span className="quiet-icon">{icon}</span>
      <div className="b">{title}</div>
      {hint && <div className="t3 s12">{hint}</div>}
      {children && <div className="row g8 quiet-actions">{children}</div>}
    </div>
  )
}

/** The filter hides everything: says how many conditions when there are several, offers the way out. */
export function FilteredEmpty({
  what,
  conditions,
  onClear,
  onChange,
}: {
  what: string
  conditions: number
  onClear: () => void
  onChange?: () => void
}) {
  const t = useText(text)
  return (
    <Quiet
      icon={<FilterOutlined />}
      title={t('filteredEmpty', { what })}
      hint={conditions > 1 ? t('filteredEmptyHint', { n: conditions }) : undefined}
    >
      <Button size="small" onClick={onClear}>
        {t('clearFilters')}
      </Button>
      {onChange && (
        <Button size="small" type="text" onClick={onChange}>
          {t('changeFilters')}
        </Button>
      )}
    </Quiet>
  )
}

/** No right: which one, and who can grant it. */
export function NoRight({ what, right, granters = [] }: { what: string; right: string; granters?: readonly string[] }) {
  const t = useText(text)
  return (
    <Quiet
      icon={<LockOutlined />}
      title={t('noRight', { what })}
      hint={granters.length > 0 ? t('noRightAsk', { right, names: granters.join(t('separator')) }) : t('noRightHint', { right })}
    />
  )
}

/** A part of a page that has simply nothing in it. */
export const Nothing = ({ children }: { children: ReactNode }) => <div className="t3 nothing">{children}</div>

/** What happened and what was not saved; what is safe; again, details. Stands in the place that failed. */
export function ErrorBox({
  title,
  hint,
  error,
  onRetry,
}: {
  title: string
  hint?: ReactNode
  error?: unknown
  onRetry?: () => void
}) {
  const t = useText(text)
  const [open, setOpen] = useState(false)
  const details = error === undefined ? null : detailsOf(error)
  return (
    <div className="error-box" role="alert">
      <div className="row b tbad g6">
        <ExclamationCircleFilled />
        {title}
      </div>
      {hint && <div className="t2 s12 error-hint">{hint}</div>}
      <div className="row g8">
        {onRetry && (
          <Button size="small" type="primary" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
        {details && (
          <Button size="small" onClick={() => void copyText(details)}>
            {t('copyDetails')}
          </Button>
        )}
        <span className="grow" />
        {details && (
          <button type="button" className="bare t3 s12" onClick={() => setOpen(!open)}>
            {t('details')} {open ? <UpOutlined className="tiny" /> : <DownOutlined className="tiny" />}
          </button>
        )}
      </div>
      {open && details && <pre className="error-details">{details}</pre>}
    </div>
  )
}

function detailsOf(error: unknown): string {
  const failure = failureOf(error)
  if (failure) return JSON.stringify({ code: failure.code, data: failure.data }, null, 2)
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

/** A query that failed, told in its own place. `feature` = first part of the call. */
export function LoadFailed({ error, feature, onRetry }: { error: unknown; feature: string; onRetry: () => void }) {
  const t = useText(text)
  return (
    <div className="load-failed">
      <ErrorBox title={failureText(error, feature, 'load')} hint={t('errorHint')} error={error} onRetry={onRetry} />
    </div>
  )
}

const WIDTHS = [210, 168, 232, 190, 150, 220, 180, 204]
/** Rows of the final height, after 150 ms; never a spinner over data. */
export function SkeletonRows({ rows = 8, height = 32 }: { rows?: number; height?: number }) {
  const late = useLate(150)
  return (
    <div aria-busy="true">
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="row g12 skeleton-row" style={{ height }}>
          {late && (
            <>
              <i className="bone square" />
              <i className="bone" style={{ width: WIDTHS[i % WIDTHS.length] }} />
              <span className="grow" />
              <i className="bone" style={{ width: 54 }} />
              <i className="bone" style={{ width: 72 }} />
            </>
          )}
        </div>
      ))}
    </div>
  )
}

/** True once it has taken longer than `ms`. */
export function useLate(ms: number): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return late
}
