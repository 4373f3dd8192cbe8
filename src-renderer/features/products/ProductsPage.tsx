import { AppstoreOutlined, TagsOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import { productEntity } from '../../../src-shared/features/products/entity.ts'
import type { Product } from '../../../src-shared/features/products/model.ts'
import { StatusDot } from '../../components/marks.tsx'
import { ToolBar } from '../../components/page.tsx'
import { QuickFilter } from '../../components/QuickFilter.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { LoadFailed } from '../../components/states.tsx'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { shownColumns } from '../../components/table/layout.ts'
import { NOTHING, type RowSelection } from '../../components/table/selection.ts'
import { useOpenedRow } from '../../components/table/useOpenedRow.ts'
import { useSelection } from '../../components/table/useSelection.ts'
import { Money } from '../../components/values.tsx'
import { DirtyBar } from '../../components/views/DirtyBar.tsx'
import { ListFoot } from '../../components/views/ListFoot.tsx'
import { ListTools } from '../../components/views/ListTools.tsx'
import { NamedChip } from '../../components/views/NamedChip.tsx'
import { NotAsked } from '../../components/views/NotAsked.tsx'
import { useViewActions, type ViewActions } from '../../components/views/useViewActions.ts'
import { useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useEntity } from '../fields/public.ts'
import { ListEmpty, ListHead } from '../lists/public.ts'
import { ImportButton } from '../imports/public.ts'
import { useProductColumns } from './columns.tsx'
import { text } from './text.ts'
import { useProductBulk } from './useProductBulk.tsx'
import { useProductEdits } from './useProductEdits.ts'
import { categoriesIn, type ProductList, useProductList, withCategories } from './useProductList.ts'
import { useCategories } from './useProducts.ts'

const ProductPanel = later(() => import('./ProductPanel.tsx').then((module) => module.ProductPanel))
const ProductDrawer = later(() => import('./ProductDrawer.tsx').then((module) => module.ProductDrawer))
const CategoriesDrawer = later(() => import('./CategoriesDrawer.tsx').then((module) => module.CategoriesDrawer))

type Writing = { readonly kind: 'new' | 'categories' } | { readonly kind: 'edit'; readonly row: Product } | null

/** 产品: what is sold, in one list with views; what it costs and for whom which price holds stands beside it. */
export function ProductsPage() {
  const t = useText(text)
  const columns = useProductColumns()
  const list = useProductList(columns)
  const actions = useViewActions(list)
  const edits = useProductEdits()
  const [writing, setWriting] = useState<Writing>(null)
  const { selection, setSelection, settle } = useSelection(list.which)
  const { opened, step, position, open, placed, close, stepBy } = useOpenedRow<Product>(list)
  const bulk = useProductBulk(list, selection, () => setSelection(NOTHING))
  const shown = shownColumns(columns, list.layout.layout).map(({ key }) => key)
  return (
    <main className="page">
      <Head list={list} actions={actions} columns={shown} onWrite={setWriting} />
      <ToolBar tools={<ListTools list={list} actions={actions} columns={columns} />}>
        <SearchField label={t('search')} value={list.state.q} onChange={(q) => list.setState({ q })} />
        <NamedChip list={list} />
        <CategoryFilter list={list} />
        <DirtyBar list={list} actions={actions} />
      </ToolBar>
      <div className="row grow mh0 stretch">
        {list.isAsked ? (
          <LazyTable<Product>
            label={t('products')}
            feature="products"
            columns={columns}
            rowKey={(one) => one.id}
            {...list.table}
            {...(bulk && { selection, onSelection: setSelection, bulk })}
            openId={opened?.row.id ?? null}
            onOpen={open}
            onOpenPage={open}
            {...edits}
            describe={describe}
            empty={<Empty list={list} onCreate={() => setWriting({ kind: 'new' })} />}
            failed={failed}
            footer={<Foot list={list} selection={selection} columns={shown} />}
            step={step}
            onOpenAt={placed}
            onShown={settle}
          />
        ) : (
          <Why list={list} />
        )}
        <Suspense>
          {opened && (
            <ProductPanel
              id={opened.row.id}
              position={position}
              onStep={stepBy}
              onEdit={(product) => setWriting({ kind: 'edit', row: product })}
              onClose={close}
            />
          )}
          {writing?.kind === 'new' && <ProductDrawer onClose={() => setWriting(null)} />}
          {writing?.kind === 'edit' && <ProductDrawer product={writing.row} onClose={() => setWriting(null)} />}
          {writing?.kind === 'categories' && <CategoriesDrawer onClose={() => setWriting(null)} />}
        </Suspense>
      </div>
    </main>
  )
}

const Why = ({ list }: { list: ProductList }) => <NotAsked list={list} entity={useEntity(productEntity)} related={[]} />

/** The categories with what lies below them. */
function CategoryFilter({ list }: { list: ProductList }) {
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

/** Who may make one, and how. */
function useMaking(onCreate: () => void) {
  const t = useText(text)
  return useCan('products.write')
    ? { id: 'products.create', label: t('newProduct'), pinyin: 'xin jian chan pin', group: t('products'), run: onCreate }
    : undefined
}

type HeadProps = { list: ProductList; actions: ViewActions; columns: readonly string[]; onWrite: (writing: Writing) => void }
function Head({ list, actions, columns, onWrite }: HeadProps) {
  const t = useText(text)
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const mayExport = useCan('customers.export')
  const making = useMaking(() => onWrite({ kind: 'new' }))
  return (
    <ListHead
      list={list}
      actions={actions}
      entity="product"
      making={making}
      {...(mayExport && { exported: { entity: 'product', columns } })}
    >
      <Button icon={<TagsOutlined />} aria-label={t('priceLists')} onClick={() => void navigate({ to: '/products/prices' })}>
        {isPhone ? null : t('priceLists')}
      </Button>
      {making && !isPhone && (
        <Button icon={<AppstoreOutlined />} onClick={() => onWrite({ kind: 'categories' })}>
          {t('categories')}
        </Button>
      )}
      {making && <ImportButton kind="product" />}
    </ListHead>
  )
}

type FootProps = { list: ProductList; selection: RowSelection; columns: readonly string[] }
function Foot({ list, selection, columns }: FootProps) {
  const t = useText(text)
  return <ListFoot list={list} entity={useEntity(productEntity)} columns={columns} selection={selection} words={t} />
}

function Empty({ list, onCreate }: { list: ProductList; onCreate: () => void }) {
  const t = useText(text)
  const making = useMaking(onCreate)
  return (
    <ListEmpty list={list} what={t('product')} title={t('emptyTitle')} hint={making ? t('emptyHint') : undefined} making={making}>
      {making && <ImportButton kind="product" />}
    </ListEmpty>
  )
}

const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="products" onRetry={retry} />

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
