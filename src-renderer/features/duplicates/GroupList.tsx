import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import type { DuplicateGroup } from '../../../src-shared/features/duplicates/model.ts'
import { explain } from '../../../src-shared/kernel/matching/explain.ts'
import { Chip } from '../../components/marks.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useLanguage, useText } from '../../kernel/text.ts'
import { percentOf } from './shown.ts'
import { text } from './text.ts'

type GroupListProps = {
  rows: readonly DuplicateGroup[]
  at: number
  onAt: (at: number) => void
  more: { load: () => void; isLoading: boolean } | null
}

/** Groups from the surest on; the chosen one is held in sight. */
export function GroupList({ rows, at, onAt, more }: GroupListProps) {
  const t = useText(text)
  const chosen = useRef<HTMLButtonElement>(null)
  const n = rows[at]?.n
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which is no clean-up.
    chosen.current?.scrollIntoView({ block: 'nearest' })
  }, [n])
  return (
    <div className="dup-list">
      <ul>
        {rows.map((group, index) => (
          <li key={group.n}>
            <button
              type="button"
              ref={index === at ? chosen : undefined}
              className={`bare dup-item${index === at ? ' on' : ''}`}
              aria-current={index === at}
              onClick={() => onAt(index)}
            >
              <GroupLines group={group} />
            </button>
          </li>
        ))}
      </ul>
      {more && (
        <div className="dup-load">
          <Button size="small" loading={more.isLoading} onClick={more.load}>
            {t('loadMore')}
          </Button>
        </div>
      )}
    </div>
  )
}

function GroupLines({ group }: { group: DuplicateGroup }) {
  const t = useText(text)
  const language = useLanguage()
  const [first, ...others] = group.members
  return (
    <>
      <span className="row g8">
        <span className="b el lit grow">{first?.name}</span>
        <Chip tone={group.sure ? 'plum' : 'warn'}>{t('alike', { percent: percentOf(group.score) })}</Chip>
      </span>
      <span className="row g8">
        <span className="el lit grow">{others.map(({ name }) => name).join(t('listSeparator'))}</span>
        {group.members.length > 2 && (
          <span className="t3 s12 num">{t('records', { n: formatNumber(group.members.length) })}</span>
        )}
      </span>
      <span className="t3 s12 el">{explain(group.because, language)}</span>
    </>
  )
}
