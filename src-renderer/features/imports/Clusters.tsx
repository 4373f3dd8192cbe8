import { ArrowRightOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { isSure } from '../../../src-shared/features/imports/clusters.ts'
import type { ImportDetail, ValueCluster } from '../../../src-shared/features/imports/model.ts'
import { Chip } from '../../components/marks.tsx'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { columnWord } from './columnWord.ts'
import { text } from './text.ts'
import { type Cleaning, clusterKey, openClusters, unifying, unifyingAll } from './useCleaning.ts'

const SHOWN = 12

/** Spellings that are likely one and the same: each group is unified by one press, all by another. */
export function Clusters({ detail, cleaning }: { detail: ImportDetail; cleaning: Cleaning }) {
  const t = useText(text)
  const found = useQuery(useApi().imports.clusters.queryOptions({ input: { id: detail.id }, meta: { shown: true } }))
  const [shown, setShown] = useState(SHOWN)
  if (found.error && !found.data) return <LoadFailed error={found.error} feature="imports" onRetry={() => void found.refetch()} />
  if (!found.data) return <SkeletonRows rows={3} />
  const open = openClusters(found.data.clusters, cleaning.own).filter((one) => !cleaning.apart.includes(clusterKey(one)))
  if (open.length === 0) return null
  const sure = open.filter(isSure)
  const rows = sure.reduce((sum, one) => sum + one.rows, 0)
  return (
    <section>
      <div className="row g12 imp-h2">
        <h2>{t('clustersTitle', { n: formatNumber(open.length) })}</h2>
        <span className="grow" />
        {sure.length > 0 && (
          <Button size="small" title={t('unifyAllHint')} onClick={() => cleaning.add(...unifyingAll(open))}>
            {t('unifyAll', { n: formatNumber(sure.length), rows: formatNumber(rows) })}
          </Button>
        )}
      </div>
      <div className="card imp-clusters">
        {open.slice(0, shown).map((one) => (
          <ClusterLine
            key={clusterKey(one)}
            cluster={one}
            column={columnWord(detail, one.column)}
            onUnify={(to) => cleaning.add(unifying(one, to))}
            onLeave={() => cleaning.leaveApart(one)}
          />
        ))}
      </div>
      {open.length > shown && (
        <Button type="text" size="small" onClick={() => setShown(shown + 50)}>
          {t('moreClusters', { n: formatNumber(open.length - shown) })}
        </Button>
      )}
    </section>
  )
}

type LineProps = { cluster: ValueCluster; column: string; onUnify: (to: string) => void; onLeave: () => void }

function ClusterLine({ cluster, column, onUnify, onLeave }: LineProps) {
  const t = useText(text)
  const [to, setTo] = useState(cluster.to)
  const rows = cluster.values.reduce((sum, { value, count }) => sum + (value === to ? 0 : count), 0)
  return (
    <div className="imp-cluster">
      <span className="t2 s12 imp-header" title={column}>
        {column}
      </span>
      <Chip tone={cluster.kind === 'writing' ? 'ok' : cluster.kind === 'sound' ? 'info' : 'warn'}>{t(`k_${cluster.kind}`)}</Chip>
      <span className="row g6 imp-spellings">
        {cluster.values.map(({ value, count }) => (
          <button
            type="button"
            key={value}
            className={`bare lit imp-spelling${value === to ? ' on' : ''}`}
            title={t('takeThis', { value })}
            onClick={() => setTo(value)}
          >
            <span className="pre">{value}</span> <span className="num t3">{formatNumber(count)}</span>
          </button>
        ))}
      </span>
      <ArrowRightOutlined className="t4" />
      <Input
        size="small"
        className="lit"
        aria-label={t('becomes', { column })}
        value={to}
        maxLength={200}
        onChange={(event) => setTo(event.target.value)}
        onPressEnter={() => onUnify(to.trim())}
      />
      <span className="row g6">
        <Button size="small" type="primary" ghost disabled={to.trim() === '' || rows === 0} onClick={() => onUnify(to.trim())}>
          {t('unifyRows', { n: formatNumber(rows) })}
        </Button>
        <Button size="small" type="text" onClick={onLeave}>
          {t('leaveApart')}
        </Button>
      </span>
    </div>
  )
}
