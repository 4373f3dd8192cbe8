import { AppstoreOutlined, TagsOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { productEntity } from '../../../src-shared/features/products/entity.ts'
import type { Product } from '../../../src-shared/features/products/model.ts'
import { StatusDot } from '../../components/marks.tsx'
import { QuickFilter } from '../../components/QuickFilter.tsx'
import { Money } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { ImportButton } from '../imports/public.ts'
import { ListEmpty, ListPage, type RecordList, useRecordList } from '../lists/public.ts'
import { categoriesIn, withCategories } from './categoryFilter.ts'
import { useProductColumns } from './columns.tsx'
import { useProductViews } from './systemViews.ts'
import { text } from './text.ts'
import { useProductBulk } from './useProductBulk.tsx'
import { useProductEdits } from './useProductEdits.ts'
import { useCategories } from './useProducts.ts'

const ProductPanel = later(() => import('./ProductPanel.tsx').then((module) => module.ProductPanel))
const ProductDrawer = later(() => import('./ProductDrawer.tsx').then((module) => module.ProductDrawer))
const CategoriesDrawer = later(() => import('./CategoriesDrawer.tsx').then((module) => module.CategoriesDrawer))

type Writing = { readonly kind: 'new' | 'categories' } | { readonly kind: 'edit'; readonly row: Product } | null

/** 产品: what is sold, in one list with views; what it costs and for whom which price holds stands beside it. */
export function ProductsPage() {
  const t = useText(text)
  const records = useRecordList<Product>({
    entity: productEntity,
    to: '/products',
    system: useProductViews(),
    columns: useProductColumns(),
    calls: useApi().products,
    exports: ['customers.export'],
  })
  const [writing, setWriting] = useState<Writing>(null)
  const mayWrite = useCan('products.write')
  const create = () => setWriting({ kind: 'new' })
  const making = mayWrite
    ? { id: 'products.create', label: t('newProduct'), pinyin: 'xin jian chan pin', group: t('products'), run: create }
    : undefined
  const names = { one: t('product'), many: t('products') }
  const close = () => setWriting(null)
  return (
    <ListPage
      records={records}
      names={names}
      words={t}
      making={making}
      imports={<ImportButton kind="product" />}
      head={<HeadButtons onCategories={mayWrite ? () => setWriting({ kind: 'categories' }) : null} />}
      quick={<CategoryFilter list={records.list} />}
      bulk={useProductBulk(records)}
      edits={useProductEdits()}
      describe={describe}
      panel={({ row, ...at }) => (
        <ProductPanel {...at} id={row.id} onEdit={(product) => setWriting({ kind: 'edit', row: product })} />
      )}
      empty={
        <ListEmpty
          list={records.list}
          what={names.one}
          title={t('emptyTitle')}
          hint={making ? t('emptyHint') : undefined}
          making={making}
        >
          {making && <ImportButton kind="product" />}
        </ListEmpty>
      }
    >
      {writing?.kind === 'new' && <ProductDrawer onClose={close} />}
      {writing?.kind === 'edit' && <ProductDrawer product={writing.row} onClose={close} />}
      {writing?.kind === 'categories' && <CategoriesDrawer onClose={close} />}
    </ListPage>
  )
}

/** The categories with what lies below them. */
function CategoryFilter({ list }: { list: RecordList<Product>['list'] }) {
  const t = useText(text)
  const categories = useCategories()
  const value = categoriesIn(list.state.filter)
  if (categories.length === 0 && value.length === 0) return null
  return (
    <QuickFilter
      label={t('category')}
      options={categories.map(({ id, path }) => ({ value: id, label: path }))}
      value={value}
      onChange={(ids) => list.setState({ filter: withCategories(list.state.filter, ids) })}
    />
  )
}

function HeadButtons({ onCategories }: { onCategories: (() => void) | null }) {
  const t = useText(text)
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  return (
    <>
      <Button icon={<TagsOutlined />} aria-label={t('priceLists')} onClick={() => void navigate({ to: '/products/prices' })}>
        {isPhone ? null : t('priceLists')}
      </Button>
      {onCategories && !isPhone && (
        <Button icon={<AppstoreOutlined />} onClick={onCategories}>
          {t('categories')}
        </Button>
      )}
    </>
  )
}

const describe = (row: Product) => ({
  title: row.name,
  facts: [row.spec, row.number, row.categoryName].filter((fact): fact is string => Boolean(fact)),
  state: (
    <span className="row g8">
      <Money fen={row.priceFen} />
      {row.status === 'offSale' && <StatusDot tone="ink">{optionWord('products', 'status', 'offSale')}</StatusDot>}
    </span>
  ),
})
