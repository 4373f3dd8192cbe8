import { EditOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { productEntity } from '../../../src-shared/features/products/entity.ts'
import type { Product, ProductId } from '../../../src-shared/features/products/model.ts'
import { priceFor } from '../../../src-shared/features/products/rules.ts'
import { dateIn } from '../../../src-shared/kernel/dateIn.ts'
import { valueIn } from '../../../src-shared/kernel/entity.ts'
import { copyText, LevelChip, StatusDot } from '../../components/marks.tsx'
import { SidePanel } from '../../components/SidePanel.tsx'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { nowIso } from '../../kernel/clock.ts'
import { fieldRightOf, useApi, useCan, useClock, useMe } from '../../kernel/context.tsx'
import { useShortcut } from '../../kernel/keyboard.ts'
import { fieldWord, optionWord, sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useEntity } from '../fields/public.ts'
import { Costs } from './Costs.tsx'
import { ProductValue } from './columns.tsx'
import './products.css'
import { text } from './text.ts'

type ProductPanelProps = {
  id: ProductId
  position: { index: number; total: number | undefined } | null
  onStep: (by: number) => void
  onEdit: (product: Product) => void
  onClose: () => void
}

/** A product beside the list: its fields, what customers pay for it, and, for whom that is open, what it costs. */
export function ProductPanel({ id, position, onStep, onEdit, onClose }: ProductPanelProps) {
  const found = useQuery(
    useApi().products.get.queryOptions({ input: { id }, placeholderData: keepPreviousData, meta: { shown: true } }),
  )
  return (
    <SidePanel position={position} onPrevious={() => onStep(-1)} onNext={() => onStep(1)} onClose={onClose}>
      {found.data ? (
        <Inside product={found.data} onEdit={onEdit} />
      ) : found.error ? (
        <LoadFailed error={found.error} feature="products" onRetry={() => void found.refetch()} />
      ) : (
        <SkeletonRows rows={8} height={28} />
      )}
    </SidePanel>
  )
}

/** Shown in the head of the panel, or in a part of its own. */
const APART: ReadonlySet<string> = new Set(['name', 'status', 'spec', 'costFen', 'costFrom', 'createdBy'])

function Inside({ product, onEdit }: { product: Product; onEdit: (product: Product) => void }) {
  const t = useText(text)
  const me = useMe()
  const mayWrite = useCan('products.write')
  const { fields } = useEntity(productEntity)
  const seesCost = ['read', 'write'].includes(fieldRightOf(me, 'product', 'costFen'))
  const filled = fields.filter(({ key }) => {
    const value = valueIn(product, key)
    return (
      !APART.has(key) && fieldRightOf(me, 'product', key) !== 'hidden' && value !== null && value !== undefined && value !== ''
    )
  })
  useShortcut('Ctrl+Shift+C', { label: t('product'), group: t('products') }, () => void copyText(product.name))
  return (
    <>
      <div className="panel-name">
        <div className="b panel-title el" title={product.name}>
          {product.name}
        </div>
        <div className="row g6 wrap panel-marks">
          {product.status && (
            <StatusDot tone={product.status === 'onSale' ? 'ok' : 'ink'}>
              {optionWord('products', 'status', product.status)}
            </StatusDot>
          )}
          {product.spec && <span className="t2 s12">{product.spec}</span>}
        </div>
        {mayWrite && product.deletedAt === null && (
          <div className="row g8 gap-above">
            <Button icon={<EditOutlined />} onClick={() => onEdit(product)}>
              {t('edit')}
            </Button>
          </div>
        )}
      </div>
      <div className="kv product-kv">
        {filled.map((field) => (
          <Line key={field.key} label={fieldWord('products', field.key)}>
            <ProductValue field={field} row={product} />
          </Line>
        ))}
      </div>
      <Prices product={product} />
      {seesCost && <Costs product={product} />}
    </>
  )
}

const Line = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <>
    <span>{label}</span>
    <span className="row g6">{children}</span>
  </>
)

const LEVELS = ['A', 'B', 'C', null] as const

/** What customers of each level pay today, and why: the same rule that quotes and orders ask. */
function Prices({ product }: { product: Product }) {
  const t = useText(text)
  const api = useApi()
  const { zone } = useClock()
  const lists = useQuery(api.products.priceLists.queryOptions({ input: {} })).data
  const prices = useQuery(api.products.pricesOf.queryOptions({ input: { id: product.id } })).data
  if (!lists || !prices || prices.length === 0) return null
  const items = prices.map(({ listId, priceFen }) => ({ listId, productId: product.id, priceFen }))
  const day = dateIn(nowIso(), zone)
  return (
    <section className="panel-part">
      <h3>
        {t('prices')} <span className="t3 s12">{t('pricesHint')}</span>
      </h3>
      {LEVELS.map((level) => {
        const { priceFen, because } = priceFor({ product, lists, items, level, day })
        const { key, ...filled } = because
        return (
          <div key={level ?? ''} className="row g8 product-price">
            <span className="product-who">{level === null ? t('everyone') : <LevelChip level={level} />}</span>
            <span className="t3 s12 grow el">{sliceWord('products', `because.${key}`, filled)}</span>
            <Money fen={priceFen} />
          </div>
        )
      })}
    </section>
  )
}
