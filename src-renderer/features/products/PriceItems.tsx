import { DeleteOutlined } from '@ant-design/icons'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Button, Drawer, Input } from 'antd'
import { useState } from 'react'
import type { PriceItem, PriceList, Product } from '../../../src-shared/features/products/model.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { InlineField } from '../../components/InlineField.tsx'
import { IconButton } from '../../components/page.tsx'
import { Picker } from '../../components/Picker.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded } from '../../components/settings/SettingsPage.tsx'
import { EmptyState } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useUndo } from '../../kernel/undoCommand.ts'
import { linesOf, pricesOf } from './pasted.ts'
import './products.css'
import { text } from './text.ts'

type Prices = readonly { productId: Product['id']; priceFen: number | null }[]
/** Writes prices of one list and says so. @returns the sentence why not, or null */
function useSetPrices({ id }: PriceList) {
  const t = useText(text)
  const undo = useUndo()
  const set = useMutation(useApi().products.setPrices.mutationOptions({ meta: { shown: true } }))
  return async (prices: Prices): Promise<string | null> => {
    try {
      const { changed } = await set.mutateAsync({ id, prices: [...prices] })
      if (changed > 0) undo.say(t('pricesSaved', { n: formatNumber(changed) }), { recordId: id })
      return null
    } catch (error) {
      return failureText(error, 'products')
    }
  }
}

/** The prices of one list: written where they stand, found one by one, or pasted from a sheet. */
export function PriceItems({ list, said, onClose }: { list: PriceList; said: string; onClose: () => void }) {
  const mayWrite = useCan('products.prices')
  const items = useQuery(useApi().products.priceItems.queryOptions({ input: { id: list.id }, meta: { shown: true } }))
  return (
    <Drawer open {...KEEPS_FOCUS} size={760} title={list.name} onClose={onClose}>
      <div className="price-items">
        <div className="t2">{said}</div>
        {mayWrite && <AddItem list={list} />}
        <Loaded query={items} feature="products" rows={6} height={36}>
          {(rows) => <Items list={list} rows={rows} mayWrite={mayWrite} />}
        </Loaded>
        {mayWrite && <PastePrices list={list} />}
      </div>
    </Drawer>
  )
}

function Items({ list, rows, mayWrite }: { list: PriceList; rows: readonly PriceItem[]; mayWrite: boolean }) {
  const t = useText(text)
  const set = useSetPrices(list)
  const price = (row: PriceItem) => (
    <InlineField
      label={`${t('listPrice')} ${row.name}`}
      kind="money"
      value={row.priceFen}
      {...(mayWrite && {
        onSave: (value) =>
          typeof value === 'number' ? set([{ productId: row.productId, priceFen: value }]) : Promise.resolve(t('required')),
      })}
    >
      <Money fen={row.priceFen} />
    </InlineField>
  )
  const takeOut = async ({ productId }: PriceItem) => {
    const refused = await set([{ productId, priceFen: null }])
    if (refused) toast(refused, { tone: 'bad' })
  }
  const act = (row: PriceItem) =>
    mayWrite && (
      <IconButton small icon={<DeleteOutlined />} title={`${t('takeOut')} ${row.name}`} onClick={() => void takeOut(row)} />
    )
  return (
    <ListTable<PriceItem>
      rows={rows}
      rowKey={({ productId }) => productId}
      empty={<EmptyState title={t('noItems')} hint={mayWrite ? t('noItemsHint') : undefined} />}
      columns={[
        { key: 'name', title: t('product'), render: ({ name, number }) => <span title={number ?? undefined}>{name}</span> },
        { key: 'spec', title: '', width: 120, render: ({ spec }) => <span className="t3">{spec}</span> },
        {
          key: 'standard',
          title: t('standard'),
          width: 120,
          align: 'right',
          render: ({ standardFen }) => <Money fen={standardFen} />,
        },
        { key: 'price', title: t('listPrice'), width: 140, align: 'right', render: price },
        { key: 'act', title: '', width: 44, render: act },
      ]}
      describe={(row) => ({
        title: row.name,
        facts: [row.spec, row.number],
        state: (
          <span className="row g8">
            {price(row)}
            {act(row)}
          </span>
        ),
      })}
    />
  )
}

/** A product goes in with its standard price; what it is to cost here is written where it then stands. */
function AddItem({ list }: { list: PriceList }) {
  const t = useText(text)
  const set = useSetPrices(list)
  const [words, setWords] = useState('')
  const found = useQuery(
    useApi().products.list.queryOptions({ input: { search: words, limit: 20 }, placeholderData: keepPreviousData }),
  ).data
  const add = async (id: string) => {
    const product = found?.rows.find((row) => row.id === id)
    if (!product) return
    const refused = await set([{ productId: product.id, priceFen: product.priceFen ?? 0 }])
    if (refused) toast(refused, { tone: 'bad' })
  }
  return (
    <Picker
      className="block-select"
      aria-label={t('addProduct')}
      placeholder={t('addProduct')}
      value={null}
      showSearch={{ onSearch: setWords }}
      options={(found?.rows ?? []).map(({ id, name, number, spec }) => ({
        value: id as string,
        label: [name, spec, number].filter(Boolean).join(' · '),
      }))}
      onChange={(id: string | null) => void (id && add(id))}
    />
  )
}

function PastePrices({ list }: { list: PriceList }) {
  const t = useText(text)
  const client = useClient()
  const set = useSetPrices(list)
  const [pasted, setPasted] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const lines = linesOf(pasted).slice(0, MOST_LINES)
  const write = async () => {
    setBusy(true)
    const named = [...new Set(lines.map((line) => line.named))]
    const { rows } = await client.products.list({
      filter: {
        combinator: 'or',
        rules: [
          { field: 'number', operator: 'in', value: named },
          { field: 'name', operator: 'in', value: named },
        ],
      },
      limit: 200,
    })
    const { prices, unknown } = pricesOf(lines, rows)
    const refused = prices.length > 0 ? await set(prices) : null
    setBusy(false)
    setProblem(
      refused ?? (unknown.length > 0 ? t('pasteUnknown', { n: unknown.length, rows: unknown.slice(0, 20).join(', ') }) : null),
    )
    if (!refused && unknown.length === 0) setPasted('')
  }
  return (
    <section className="price-paste">
      <label htmlFor="price-paste" className="b s12">
        {t('pasteLabel')}
      </label>
      <Input.TextArea
        id="price-paste"
        rows={3}
        placeholder={t('pasteHint')}
        value={pasted}
        onChange={(event) => {
          setPasted(event.target.value)
          setProblem(null)
        }}
      />
      {lines.length > 0 && (
        <span className="row g8">
          <Button loading={isBusy} onClick={() => void write()}>
            {t('pasteTake', { n: formatNumber(lines.length) })}
          </Button>
        </span>
      )}
      {problem && (
        <span className="field-error" role="alert">
          {problem}
        </span>
      )}
    </section>
  )
}

/** As many as one page of products may name. */
const MOST_LINES = 200
