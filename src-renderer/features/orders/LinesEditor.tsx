import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { AutoComplete, Button, Input, InputNumber } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import type { Line, Order } from '../../../src-shared/features/orders/model.ts'
import type { Availability } from '../../../src-shared/features/stock/model.ts'
import { lineAmount } from '../../../src-shared/kernel/documents/lines.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'
import { IconButton } from '../../components/page.tsx'
import { Dash, Money } from '../../components/values.tsx'
import { useApi, useClient } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatMoney } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { AvailableNote, useAvailable } from '../stock/public.ts'
import { type Draft, draftOf, emptyDraft, inputsOf, liveFigures } from './lineDraft.ts'
import { shortageText } from './shortage.ts'
import { Sum } from './Sum.tsx'
import { text } from './text.ts'

type LinesEditorProps = { row: Order; lines: readonly Line[]; onClose: () => void }

/** The lines of an order as a whole: Tab from field to field, Enter begins another line, Ctrl+Enter saves. */
export function LinesEditor({ row, lines, onClose }: LinesEditorProps) {
  const t = useText(text)
  const undo = useUndo()
  // What somebody else has changed since is told instead of written over.
  const [version] = useState(row.version)
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => (lines.length > 0 ? lines.map(draftOf) : [emptyDraft()]))
  const [discountFen, setDiscount] = useState(row.discountFen ?? 0)
  const save = useMutation(
    useApi().orders.setLines.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved) => {
        undo.say(`${t('linesSaved', { name: saved.name })}${shortageText(t, saved)}`, { recordId: saved.id })
        onClose()
      },
    }),
  )
  const inputs = inputsOf(drafts)
  const available = useAvailable(
    drafts.flatMap(({ productId }) => productId ?? []),
    row.status === 'confirmed' ? row.id : null,
  )
  const figures = inputs === null ? null : liveFigures(inputs, discountFen)
  const isSound = figures !== null && !(figures instanceof Refusal)
  const send = () => {
    if (inputs !== null && isSound && !save.isPending) save.mutate({ id: row.id, version, lines: inputs, discountFen })
  }
  const change = (key: string, more: Partial<Draft>) =>
    setDrafts((now) => now.map((draft) => (draft.key === key ? { ...draft, ...more } : draft)))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.defaultPrevented) return
    event.preventDefault()
    if (event.ctrlKey || event.metaKey) send()
    else setDrafts((now) => [...now, emptyDraft()])
  }
  return (
    // The keys are those of the fields inside.
    <div role="group" aria-label={t('lines')} onKeyDown={onKeyDown}>
      <Heads />
      {drafts.map((draft, n) => (
        <DraftLine
          key={draft.key}
          row={row}
          draft={draft}
          n={n + 1}
          available={available.get(draft.productId ?? '')}
          onChange={(more) => change(draft.key, more)}
          onRemove={() => setDrafts((now) => now.filter(({ key }) => key !== draft.key))}
        />
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => setDrafts((now) => [...now, emptyDraft()])}>
        {t('addLine')}
      </Button>
      <div className="order-sums num">
        <span className="row g12">
          <span className="t3">{t('wholeDiscount')}</span>
          <Yuan label={t('wholeDiscount')} fen={discountFen} onChange={(fen) => setDiscount(fen ?? 0)} />
        </span>
        {isSound && <Sum label={t('total')} fen={figures.totalFen} strong />}
        {isSound && figures.taxFen > 0 && <span className="t3 s12">{t('tax', { sum: formatMoney(figures.taxFen) })}</span>}
      </div>
      {figures instanceof Refusal && (
        <div className="field-error" role="alert">
          {sliceWord('orders', `refusals.${figures.reason}`) ?? t('wrongLine')}
        </div>
      )}
      {save.error && (
        <div className="field-error" role="alert">
          {failureText(save.error, 'orders')}
        </div>
      )}
      <div className="row g8 gap-above">
        <span className="grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="primary" loading={save.isPending} disabled={!isSound} onClick={send}>
          {t('save')}
        </Button>
      </div>
    </div>
  )
}

function Heads() {
  const t = useText(text)
  return (
    <div className="order-edit order-heads t3 s12" aria-hidden>
      {(['product', 'quantity', 'unit', 'price', 'discount', 'taxRate', 'amount'] as const).map((word) => (
        <span key={word}>{t(word)}</span>
      ))}
      <span />
    </div>
  )
}

type DraftLineProps = {
  row: Order
  draft: Draft
  n: number
  available: Availability | undefined
  onChange: (more: Partial<Draft>) => void
  onRemove: () => void
}

function DraftLine({ row, draft, n, available, onChange, onRemove }: DraftLineProps) {
  const t = useText(text)
  const { quantity, unit, priceFen, discount, taxRate, because } = draft
  const label = (what: string) => t('lineOf', { n, what })
  const amount = attempt(() => lineAmount({ quantity, priceFen: priceFen ?? 0, discount: discount.trim() || '0' }))
  const why = because && sliceWord('orders', `because.${because.key}`, because)
  const isPhone = useIsPhone()
  // Without heads over the columns each says what it is.
  const named = (title: string) => isPhone && { prefix: <span className="t3 s12">{title}</span> }
  const field = (key: 'quantity' | 'discount' | 'taxRate', title: string) => (
    <Input
      className="num"
      inputMode="decimal"
      {...named(title)}
      aria-label={label(title)}
      value={draft[key]}
      onChange={(event) => onChange({ [key]: event.target.value.trim() })}
    />
  )
  return (
    <div className="order-edit">
      <ProductName row={row} draft={draft} label={label(t('product'))} onChange={onChange} />
      {field('quantity', t('quantity'))}
      <Input
        {...named(t('unit'))}
        aria-label={label(t('unit'))}
        maxLength={20}
        value={unit ?? ''}
        onChange={(event) => onChange({ unit: event.target.value || null })}
      />
      <Yuan label={label(t('price'))} fen={priceFen} onChange={(fen) => onChange({ priceFen: fen, because: null })} />
      {field('discount', t('discount'))}
      {field('taxRate', t('taxRate'))}
      <span className="order-amount">{amount instanceof Refusal || taxRate === '-' ? <Dash /> : <Money fen={amount} />}</span>
      <IconButton small icon={<CloseOutlined />} title={t('removeLine', { n })} onClick={onRemove} />
      {(why || available?.stocked) && (
        <span className="order-why t3 s12">
          {why} <AvailableNote of={available} asked={quantity} />
        </span>
      )}
    </div>
  )
}

const Yuan = ({ label, fen, onChange }: { label: string; fen: number | null; onChange: (fen: number | null) => void }) => (
  <InputNumber
    className="num order-yuan"
    controls={false}
    min={0}
    precision={2}
    prefix="¥"
    aria-label={label}
    value={fen === null ? null : fen / 100}
    onChange={(next) => onChange(typeof next === 'number' ? Math.round(next * 100) : null)}
  />
)

type ProductNameProps = Pick<DraftLineProps, 'row' | 'draft' | 'onChange'> & { label: string }
/** A product brings its unit, its tax and the price of this customer on the day; any other name is taken as it is. */
function ProductName({ row, draft, label, onChange }: ProductNameProps) {
  const t = useText(text)
  const client = useClient()
  const [isOpen, setOpen] = useState(false)
  const found = useQuery(
    useApi().products.list.queryOptions({
      input: {
        search: draft.productId === null ? draft.name.trim() : '',
        filter: { combinator: 'and', rules: [{ field: 'status', operator: '=', value: 'onSale' }] },
        limit: 20,
      },
      enabled: isOpen,
      placeholderData: keepPreviousData,
    }),
  ).data
  const take = async (id: string) => {
    const product = found?.rows.find((one) => one.id === id)
    if (!product) return
    onChange({ productId: product.id, name: product.name, unit: product.unit, taxRate: product.taxRate ?? '' })
    const asked = { customerId: row.customerName === null ? null : row.customerId, productIds: [product.id] }
    const [price] = await client.orders.prices({ ...asked, ...(row.signedOn && { day: row.signedOn }) })
    if (price) onChange({ priceFen: price.priceFen, because: price.because })
  }
  return (
    <AutoComplete
      aria-label={label}
      placeholder={t('chooseProduct')}
      value={draft.name}
      onOpenChange={setOpen}
      options={(found?.rows ?? []).map(({ id, name, spec, number }) => ({
        value: id as string,
        label: [name, spec, number].filter(Boolean).join(' · '),
      }))}
      onSelect={(id: string) => void take(id)}
      onChange={(name: string) => {
        // Choosing gives the id, which `onSelect` takes.
        if (!found?.rows.some(({ id }) => id === name)) onChange({ name, productId: null })
      }}
    />
  )
}
