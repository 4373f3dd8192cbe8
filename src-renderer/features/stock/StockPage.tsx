import './stock.css'
import { AuditOutlined, LogoutOutlined, SwapOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { productEntity } from '../../../src-shared/features/products/entity.ts'
import { stockEntity } from '../../../src-shared/features/stock/entity.ts'
import type { MoveKind, Stock } from '../../../src-shared/features/stock/model.ts'
import { IconButton } from '../../components/page.tsx'
import { useAction } from '../../kernel/actions.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { ImportButton } from '../imports/public.ts'
import { ListPage, useExportAction, useRecordList } from '../lists/public.ts'
import { Pieces, useStockColumns } from './columns.tsx'
import { useStockViews } from './systemViews.ts'
import { text } from './text.ts'

const StockPanel = later(() => import('./StockPanel.tsx').then((module) => module.StockPanel))
const MoveDrawer = later(() => import('./MoveDrawer.tsx').then((module) => module.MoveDrawer))

type Moving = { kind: MoveKind; rows: readonly Stock[] }

const RELATED = [productEntity]

/** 库存: what lies where, what is kept for orders and what is on its way, with how it came and went at the side. */
export function StockPage() {
  const t = useText(text)
  const records = useRecordList<Stock>({
    entity: stockEntity,
    related: RELATED,
    to: '/stock',
    system: useStockViews(),
    columns: useStockColumns(),
    calls: useApi().stock,
    exports: ['customers.export'],
  })
  const [moving, setMoving] = useState<Moving | null>(null)
  const mayMove = useCan('stock.move')
  const move = (kind: MoveKind, rows: readonly Stock[] = []) => setMoving({ kind, rows })
  const making = { id: 'stock.in', label: t('in'), pinyin: 'ru ku', group: t('stock'), run: () => move('in') }
  return (
    <ListPage
      records={records}
      names={{ one: t('stock'), many: t('stock') }}
      words={t}
      making={mayMove ? making : undefined}
      head={mayMove && OTHERS.map((of) => <OtherMove key={of.kind} of={of} onMove={move} />)}
      imports={<ImportButton kind="stockMove" />}
      bulk={useExportAction(records)}
      describe={describe}
      panel={(at) => <StockPanel key={at.row.id} {...at} onMove={(kind, row) => move(kind, [row])} />}
    >
      {moving && <MoveDrawer {...moving} onClose={() => setMoving(null)} />}
    </ListPage>
  )
}

const OTHERS = [
  { kind: 'out', word: 'out', pinyin: 'chu ku', icon: <LogoutOutlined /> },
  { kind: 'transfer', word: 'transfer', pinyin: 'diao bo', icon: <SwapOutlined /> },
  { kind: 'count', word: 'count_', pinyin: 'pan dian', icon: <AuditOutlined /> },
] as const

function OtherMove({ of, onMove }: { of: (typeof OTHERS)[number]; onMove: (kind: MoveKind) => void }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const { kind, word, pinyin, icon } = of
  useAction({ id: `stock.${kind}`, label: t(`moveTitle_${kind}`), pinyin, run: () => onMove(kind) })
  if (isPhone) return <IconButton icon={icon} title={t(word)} onClick={() => onMove(kind)} />
  return (
    <Button icon={icon} onClick={() => onMove(kind)}>
      {t(word)}
    </Button>
  )
}

const describe = (row: Stock) => ({
  title: row.name,
  facts: [row.warehouseName, row.spec, row.number].filter(Boolean),
  state: <Pieces n={row.available} />,
})
