import './stock.css'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Move, MoveKind, Stock } from '../../../src-shared/features/stock/model.ts'
import { Chip } from '../../components/marks.tsx'
import { Figures } from '../../components/RecordLayout.tsx'
import { SidePanel } from '../../components/SidePanel.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { InstantText } from '../../components/values.tsx'
import { fieldRightOf, useApi, useCan, useMe } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { Pieces } from './columns.tsx'
import { text } from './text.ts'

type StockPanelProps = {
  row: Stock
  position: { index: number; total: number | undefined } | null
  onStep: (by: number) => void
  onMove: (kind: MoveKind, row: Stock) => void
  onClose: () => void
}
const FIGURES = ['onHand', 'reserved', 'available', 'waiting', 'incoming'] as const
const MOVES = [
  { kind: 'in', word: 'in' },
  { kind: 'out', word: 'out' },
  { kind: 'transfer', word: 'transfer' },
  { kind: 'count', word: 'count_' },
] as const

/** What lies of a product in a warehouse beside the list: for which orders it is kept, and how it came and went. */
export function StockPanel({ row: listed, position, onStep, onMove, onClose }: StockPanelProps) {
  const t = useText(text)
  const me = useMe()
  const mayMove = useCan('stock.move')
  const row = useQuery(useApi().stock.get.queryOptions({ input: { id: listed.id }, meta: { shown: true } })).data ?? listed
  const figures = FIGURES.filter((key) => fieldRightOf(me, 'stock', key) !== 'hidden').map((key) => ({
    key,
    label: fieldWord('stock', key),
    value: <Pieces n={row[key]} warn={key === 'waiting'} />,
  }))
  return (
    <SidePanel position={position} onPrevious={() => onStep(-1)} onNext={() => onStep(1)} onClose={onClose}>
      <div className="panel-name">
        <div className="b panel-title el" title={row.name}>
          {row.name}
        </div>
        <div className="row g8 wrap panel-marks">
          <Chip>{row.warehouseName}</Chip>
          <span className="t2 s12">{[row.spec, row.number, row.unit].filter(Boolean).join(' · ')}</span>
        </div>
        {mayMove && (
          <div className="row g8 wrap gap-above">
            {MOVES.map(({ kind, word }) => (
              <Button key={kind} size="small" onClick={() => onMove(kind, row)}>
                {t(word)}
              </Button>
            ))}
          </div>
        )}
      </div>
      <Figures figures={figures} className="panel-figures stock-figures" />
      <Reservations row={row} />
      <Moves row={row} />
    </SidePanel>
  )
}

function Reservations({ row }: { row: Stock }) {
  const t = useText(text)
  const found = useQuery(useApi().stock.reservations.queryOptions({ input: { id: row.id }, meta: { shown: true } })).data
  if (!found || found.length === 0) return null
  return (
    <section className="panel-part">
      <h3>{t('reservedFor')}</h3>
      {found.map(({ orderId, orderName, orderNumber, wanted, kept }) => (
        <div key={orderId} className="stock-line">
          <span className="grow el">
            {orderName === null ? (
              <span className="t3">{t('unseenOrder')}</span>
            ) : (
              <Link to="/orders/$id" params={{ id: orderId }}>
                {orderName} <span className="t3 s12 num">{orderNumber}</span>
              </Link>
            )}
          </span>
          <span className={kept === wanted ? 'num' : 'num twarn'}>{t('keptOf', { kept, wanted })}</span>
        </div>
      ))}
    </section>
  )
}

const AT_ONCE = 50
/** 出入库记录: the newest first, each with what it left. */
function Moves({ row }: { row: Stock }) {
  const t = useText(text)
  const pages = useInfiniteQuery(
    useApi().stock.moves.infiniteOptions({
      input: (offset: number) => ({ id: row.id, offset, limit: AT_ONCE }),
      initialPageParam: 0,
      getNextPageParam: (last, all) => (last.hasMore ? all.length * AT_ONCE : undefined),
      meta: { shown: true },
    }),
  )
  const moves = (pages.data?.pages ?? []).flatMap(({ rows }) => rows)
  return (
    <section className="panel-part">
      <h3>{t('moves')}</h3>
      {pages.isPending && <SkeletonRows rows={4} height={44} />}
      {pages.error && !pages.data && <LoadFailed error={pages.error} feature="stock" onRetry={() => void pages.refetch()} />}
      {pages.data && moves.length === 0 && <Nothing>{t('noMoves')}</Nothing>}
      {moves.map((move) => (
        <MoveLine key={move.id} move={move} />
      ))}
      {pages.hasNextPage && (
        <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('loadMore')}
        </Button>
      )}
    </section>
  )
}

function MoveLine({ move }: { move: Move }) {
  const t = useText(text)
  const { kind, quantity, after, reason, forced, otherName, byName, at } = move
  const leaves = quantity.startsWith('-')
  return (
    <div className="stock-line stock-move">
      <span className="grow">
        <span className="row g6 wrap">
          <span className="b">{optionWord('stock', 'kind', kind)}</span>
          <Document move={move} />
          {otherName && <span className="t2 s12">{t(leaves ? 'toOther' : 'fromOther', { name: otherName })}</span>}
          {forced && <Chip tone="bad">{t('forced')}</Chip>}
        </span>
        <span className="t3 s12">
          <InstantText at={at} /> {[byName, reason].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="tr">
        <span className={leaves ? 'num b' : 'num b tok'}>{leaves || quantity === '0' ? quantity : `+${quantity}`}</span>
        <br />
        <span className={after.startsWith('-') ? 'num s12 tbad' : 'num s12 t3'}>{t('after', { n: after })}</span>
      </span>
    </div>
  )
}

function Document({ move: { orderId, purchaseId, doc } }: { move: Move }) {
  if (doc === null) return null
  if (orderId !== null)
    return (
      <Link to="/orders/$id" params={{ id: orderId }} className="num s12">
        {doc}
      </Link>
    )
  if (purchaseId !== null)
    return (
      <Link to="/purchases/$id" params={{ id: purchaseId }} className="num s12">
        {doc}
      </Link>
    )
  return <span className="num s12 t3">{doc}</span>
}
