import { SearchOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import type { FacetColumn, ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { columnWord } from './columnWord.ts'
import type { StepProps } from './ImportLayout.tsx'
import { text } from './text.ts'
import type { Cleaning } from './useCleaning.ts'

type PanelProps = { detail: ImportDetail; cleaning: Cleaning; go: StepProps['go'] }

/** The values of one column over all rows, with their counts; a value is a way to its rows and can be put to another. */
export function FacetPanel({ detail, cleaning, go }: PanelProps) {
  const t = useText(text)
  const found = useQuery(useApi().imports.facets.queryOptions({ input: { id: detail.id }, meta: { shown: true } }))
  const [chosen, setChosen] = useState<number | null>(null)
  const columns = found.data?.columns ?? []
  // Words of a few spellings are worth looking at before lists of names.
  const first = columns.filter(({ words, distinct }) => words && distinct > 1).toSorted((a, b) => a.distinct - b.distinct)[0]
  const column = columns.find((one) => one.column === chosen) ?? first ?? columns[0]
  return (
    <aside className="imp-facets" aria-label={t('facets')}>
      <div className="b imp-facets-head">{t('facets')}</div>
      {found.error && !found.data && <LoadFailed error={found.error} feature="imports" onRetry={() => void found.refetch()} />}
      {found.isPending && <SkeletonRows rows={10} />}
      {column && (
        <>
          <Picker
            size="small"
            className="imp-facets-pick"
            aria-label={t('inColumn')}
            value={column.column}
            options={columns.map((one) => ({
              value: one.column,
              label: t('facetColumn', { column: columnWord(detail, one.column), n: formatNumber(one.distinct) }),
            }))}
            onChange={setChosen}
          />
          <Values key={column.column} detail={detail} column={column} cleaning={cleaning} go={go} />
        </>
      )}
    </aside>
  )
}

const PAGE = 100

function Values({ detail, column, cleaning, go }: PanelProps & { column: FacetColumn }) {
  const t = useText(text)
  const [search, setSearch] = useState('')
  const [sort, setSort] = useState<'count' | 'value'>('count')
  const [limit, setLimit] = useState(PAGE)
  const [chosen, setChosen] = useState<string | null>(null)
  const found = useQuery(
    useApi().imports.facet.queryOptions({
      input: { id: detail.id, column: column.column, search, sort, limit: Math.min(limit, 200) },
      placeholderData: keepPreviousData,
    }),
  )
  const values = found.data?.values ?? []
  const most = Math.max(1, ...values.map(({ count }) => count))
  return (
    <>
      <div className="row g8">
        <Input
          size="small"
          className="grow"
          allowClear
          prefix={<SearchOutlined className="t4" />}
          placeholder={t('facetSearch')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Segmented
          size="small"
          value={sort}
          options={[
            { value: 'count', label: t('byCount') },
            { value: 'value', label: t('byValue') },
          ]}
          onChange={setSort}
        />
      </div>
      <div className="t3 s12">
        {t('facetFacts', { n: formatNumber(found.data?.total ?? column.distinct), empty: formatNumber(column.empty) })}
        {column.tooMany && t('facetTooMany')}
      </div>
      <div className="imp-values" role="list">
        {values.map(({ value, count }) => (
          <div key={value} role="listitem">
            <button
              type="button"
              className={`bare imp-value${value === chosen ? ' on' : ''}`}
              aria-expanded={value === chosen}
              onClick={() => setChosen(value === chosen ? null : value)}
            >
              <i className="imp-bar-of" style={{ width: `${(count / most) * 100}%` }} />
              <span className="el lit pre">{value}</span>
              <span className="num t3">{formatNumber(count)}</span>
            </button>
            {value === chosen && (
              <ValueActions
                value={value}
                count={count}
                words={column.words}
                onChange={(by) => cleaning.add({ column: column.column, kind: 'unify', find: '', by, values: [value] })}
                onRows={() => go(3, { column: column.column, value })}
              />
            )}
          </div>
        ))}
        {found.data && values.length === 0 && <div className="t3 s12 imp-pad">{t('facetNone')}</div>}
        {found.data && found.data.total > values.length && limit < 200 && (
          <Button type="text" size="small" onClick={() => setLimit(limit + PAGE)}>
            {t('more')}
          </Button>
        )}
      </div>
    </>
  )
}

type ActionProps = { value: string; count: number; words: boolean; onChange: (by: string) => void; onRows: () => void }

function ValueActions({ value, count, words, onChange, onRows }: ActionProps) {
  const t = useText(text)
  const [by, setBy] = useState(value)
  const isOther = by.trim() !== '' && by.trim() !== value
  return (
    <div className="row g6 imp-value-actions">
      {words && (
        <>
          <Input
            size="small"
            className="grow lit"
            aria-label={t('changeTo')}
            value={by}
            maxLength={200}
            onChange={(event) => setBy(event.target.value)}
            onPressEnter={() => isOther && onChange(by.trim())}
          />
          <Button size="small" disabled={!isOther} onClick={() => onChange(by.trim())}>
            {t('changeTo')}
          </Button>
        </>
      )}
      <Button size="small" onClick={onRows}>
        {t('seeRows', { n: formatNumber(count) })}
      </Button>
    </div>
  )
}
