import { ArrowLeftOutlined, DownOutlined, UpOutlined } from '@ant-design/icons'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { MERGE_AT_MOST } from '../../../src-shared/features/merges/limits.ts'
import type { DuplicateColumn, DuplicateDetail } from '../../../src-shared/features/duplicates/model.ts'
import { explain } from '../../../src-shared/kernel/matching/explain.ts'
import { Chip } from '../../components/marks.tsx'
import { IconButton } from '../../components/page.tsx'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useCan, useClock } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useLanguage, useText } from '../../kernel/text.ts'
import { mergeAddress } from '../merges/public.ts'
import { differing, percentOf, removable, shownValue } from './shown.ts'
import { text } from './text.ts'
import { type OneGroup, useDecisions, useGroup } from './useDuplicates.ts'

/** Narrower than this nothing can be read beside something else: the table scrolls sideways. */
const HEAD_PX = 84
const COLUMN_PX = 150

export type Place = { at: number; total: number; move: (by: number) => void; close: () => void }

/** One group side by side: fields down, records across; what differs is marked, and said why they are thought to be one. */
export function GroupDetail({ group, place }: { group: OneGroup; place: Place }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const found = useGroup(group)
  const detail = found.data
  return (
    <section className="dup-detail" aria-label={t('groupAt', { at: place.at + 1, total: place.total })}>
      <div className="row g8 dup-detail-head">
        {isPhone && <IconButton icon={<ArrowLeftOutlined />} title={t('back')} onClick={place.close} />}
        {detail && <Chip tone={detail.sure ? 'plum' : 'warn'}>{t(detail.sure ? 'sure' : 'maybe')}</Chip>}
        <span className="t3 num">{t('groupAt', { at: formatNumber(place.at + 1), total: formatNumber(place.total) })}</span>
        <span className="grow" />
        <IconButton icon={<UpOutlined />} title={t('before')} keys="↑" disabled={place.at === 0} onClick={() => place.move(-1)} />
        <IconButton
          icon={<DownOutlined />}
          title={t('next')}
          keys="↓"
          disabled={place.at + 1 >= place.total}
          onClick={() => place.move(1)}
        />
      </div>
      {found.isPending && <SkeletonRows rows={10} />}
      {found.error && !detail && <LoadFailed error={found.error} feature="duplicates" onRetry={() => void found.refetch()} />}
      {detail && <Beside group={group} detail={detail} />}
    </section>
  )
}

function Beside({ group, detail }: { group: OneGroup; detail: DuplicateDetail }) {
  const t = useText(text)
  const { columns } = detail
  const mayDecide = useCan('customers.edit')
  const decisions = useDecisions(group, columns)
  const navigate = useNavigate()
  const one = removable(columns).flatMap(({ id }) => id ?? [])
  return (
    <>
      <Why columns={columns} />
      <div className="dup-table-frame">
        <table className="dup-table" style={{ minWidth: HEAD_PX + COLUMN_PX * columns.length }}>
          <thead>
            <tr>
              <th aria-label={t('title')} />
              {columns.map((column, index) => (
                <th key={column.at} scope="col">
                  <ColumnHead column={column} isFullest={index === 0 && column.filled > 0} />
                </th>
              ))}
            </tr>
          </thead>
          <Rows detail={detail} />
          <tfoot>
            <tr>
              <td />
              {columns.map((column) => (
                <td key={column.at}>
                  <ColumnActs column={column} columns={columns} decisions={decisions} />
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
        {detail.more > 0 && <div className="t3 s12 dup-more">{t('more', { n: formatNumber(detail.more) })}</div>}
      </div>
      <div className="row g8 dup-foot">
        <span className="t3 s12 dup-keys">{t('keys')}</span>
        <span className="grow" />
        {mayDecide && (
          <Button disabled={decisions.isPending} onClick={() => decisions.setApart(null)}>
            {t('notSame')}
          </Button>
        )}
        {mayDecide && one.length > 1 && (
          <Button type="primary" onClick={() => void navigate(mergeAddress(one.slice(0, MERGE_AT_MOST)))}>
            {t('merge', { n: Math.min(one.length, MERGE_AT_MOST) })}
          </Button>
        )}
      </div>
    </>
  )
}

function Why({ columns }: { columns: readonly DuplicateColumn[] }) {
  const t = useText(text)
  const language = useLanguage()
  const others = columns.filter(({ alike }) => alike !== null)
  return (
    <ul className="dup-why s12 t2">
      {others.map(({ at, name, alike }) => {
        const reasons = explain(alike?.because ?? [], language)
        return (
          <li key={at}>
            <Chip tone={alike?.sure ? 'plum' : 'warn'}>{t('alike', { percent: percentOf(alike?.score ?? 0) })}</Chip>{' '}
            {others.length > 1 ? t('why', { name, reasons }) : reasons}
          </li>
        )
      })}
    </ul>
  )
}

function ColumnHead({ column, isFullest }: { column: DuplicateColumn; isFullest: boolean }) {
  const t = useText(text)
  const owner = column.ownerName ? t('owner', { name: column.ownerName }) : t('nobody')
  if (!column.visible)
    return (
      <div className="dup-head">
        <span className="b lit">{column.name}</span>
        <span className="t3 s12">
          {t('hidden')} · {owner}
        </span>
      </div>
    )
  return (
    <div className="dup-head">
      <span className="row g6">
        {column.deleted && <Chip tone="warn">{t('inBin')}</Chip>}
        {isFullest && <Chip tone="ok">{t('fullest')}</Chip>}
        <Link to={`/customers/${column.id}` as string} className="link" aria-label={`${t('open')} ${column.name}`}>
          {t('open')}
        </Link>
      </span>
      <span className="t3 s12">{t('filled', { n: formatNumber(column.filled) })}</span>
    </div>
  )
}

function Rows({ detail }: { detail: DuplicateDetail }) {
  const t = useText(text)
  const clock = useClock()
  const words = { yes: t('yes'), no: t('no'), separator: t('listSeparator') }
  return (
    <tbody>
      {detail.rows.map((row) => {
        const shown = row.values.map((value) => shownValue(row, value, clock, words))
        const marks = differing(row.field, shown)
        return (
          <tr key={`${row.feature}.${row.field}`}>
            <th scope="row" className="t3">
              {row.label ?? fieldWord(row.feature, row.field)}
            </th>
            {shown.map((value, index) => (
              <td key={detail.columns[index]?.at ?? index} className={marks[index] ? 'differs' : undefined}>
                {value === '' ? (
                  <span className="t3">{detail.columns[index]?.visible ? t('empty') : '—'}</span>
                ) : (
                  <span className={`num lit${row.field === 'name' ? ' b' : ''}`}>{value}</span>
                )}
              </td>
            ))}
          </tr>
        )
      })}
    </tbody>
  )
}

type ActsProps = {
  column: DuplicateColumn
  columns: readonly DuplicateColumn[]
  decisions: ReturnType<typeof useDecisions>
}

function ColumnActs({ column, columns, decisions }: ActsProps) {
  const t = useText(text)
  const mayRemove = useCan('customers.delete')
  const mayDecide = useCan('customers.edit')
  const candidates = removable(columns)
  const mayKeep = mayRemove && candidates.length > 1 && candidates.includes(column)
  return (
    <div className="dup-acts">
      {mayKeep && (
        <Button size="small" disabled={decisions.isPending} onClick={() => void decisions.keepOnly(column)}>
          {t('keep')}
        </Button>
      )}
      {mayDecide && columns.length > 2 && (
        <Button size="small" type="text" disabled={decisions.isPending} onClick={() => decisions.setApart(column.at)}>
          {t('notThis')}
        </Button>
      )}
    </div>
  )
}
