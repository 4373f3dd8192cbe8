import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Input, InputNumber } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import type { Purchase, PurchaseLine, PurchaseLineInput } from '../../../src-shared/features/purchases/model.ts'
import { QUANTITY } from '../../../src-shared/kernel/documents/lines.ts'
import { IconButton } from '../../components/page.tsx'
import { fieldRightOf, useApi, useMe } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { ProductPicker } from '../products/public.ts'
import { AvailableNote, useAvailable } from '../stock/public.ts'
import { text } from './text.ts'

type Draft = {
  readonly key: string
  readonly id: PurchaseLine['id'] | undefined
  readonly product: { id: PurchaseLine['productId']; name: string; unit: string | null } | null
  readonly quantity: string
  readonly priceFen: number | null
  readonly note: string | null
}
const emptyDraft = (): Draft => ({ key: newId(), id: undefined, product: null, quantity: '1', priceFen: null, note: null })
const draftOf = ({ id, productId, name, unit, quantity, priceFen, note }: PurchaseLine): Draft => ({
  key: id,
  id,
  product: { id: productId, name, unit },
  quantity,
  priceFen,
  note,
})
const isSound = ({ quantity }: Draft): boolean => QUANTITY.test(quantity) && !quantity.startsWith('-') && /[1-9]/.test(quantity)
const inputOf = ({ id, product, quantity, priceFen, note }: Draft): PurchaseLineInput[] =>
  product ? [{ ...(id !== undefined && { id }), productId: product.id, quantity, priceFen, note }] : []

/** The lines of a purchase as a whole: Ctrl+Enter saves, Enter begins another. */
export function LinesEditor({ row, lines, onClose }: { row: Purchase; lines: readonly PurchaseLine[]; onClose: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  // What somebody else has changed since is told instead of written over.
  const [version] = useState(row.version)
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => (lines.length > 0 ? lines.map(draftOf) : [emptyDraft()]))
  const save = useMutation(
    useApi().purchases.setLines.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ number }) => {
        undo.say(t('linesSaved', { number }), { recordId: row.id })
        onClose()
      },
    }),
  )
  const begun = drafts.filter(({ product }) => product !== null)
  const ready = begun.length > 0 && begun.every(isSound)
  const send = () => {
    if (ready && !save.isPending) save.mutate({ id: row.id, version, lines: begun.flatMap(inputOf) })
  }
  const change = (key: string, more: Partial<Draft>) =>
    setDrafts((now) => now.map((draft) => (draft.key === key ? { ...draft, ...more } : draft)))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.defaultPrevented) return
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      send()
    } else if ((event.target as HTMLElement).matches('input.num, .ant-input-number-input')) {
      event.preventDefault()
      setDrafts((now) => [...now, emptyDraft()])
    }
  }
  return (
    // The keys are those of the fields inside.
    <div role="group" aria-label={t('lines')} onKeyDown={onKeyDown}>
      <DraftLines
        drafts={drafts}
        onChange={change}
        onRemove={(key) => setDrafts((now) => now.filter((draft) => draft.key !== key))}
      />
      <Button size="small" icon={<PlusOutlined />} onClick={() => setDrafts((now) => [...now, emptyDraft()])}>
        {t('addLine')}
      </Button>
      {save.error && (
        <div className="field-error" role="alert">
          {failureText(save.error, 'purchases')}
        </div>
      )}
      <div className="row g8 gap-above">
        <span className="grow" />
        {lines.length > 0 && <Button onClick={onClose}>{t('cancel')}</Button>}
        <Button type="primary" loading={save.isPending} disabled={!ready} onClick={send}>
          {t('save')}
        </Button>
      </div>
    </div>
  )
}

type DraftLinesProps = {
  drafts: readonly Draft[]
  onChange: (key: string, more: Partial<Draft>) => void
  onRemove: (key: string) => void
}
function DraftLines({ drafts, onChange, onRemove }: DraftLinesProps) {
  const t = useText(text)
  const me = useMe()
  const seesPrices = fieldRightOf(me, 'purchase', 'amountFen') === 'write'
  const available = useAvailable(drafts.flatMap(({ product }) => product?.id ?? []))
  return drafts.map(({ key, product, quantity, priceFen }, at) => (
    <div key={key} className="purchase-edit">
      <ProductPicker
        aria-label={t('productOf', { n: at + 1 })}
        value={product}
        onChange={(next) => onChange(key, { product: next && { id: next.id, name: next.name, unit: next.unit }, priceFen: null })}
      />
      <Input
        className="num"
        inputMode="decimal"
        aria-label={t('quantityOf', { n: at + 1 })}
        suffix={<span className="t3 s12">{product?.unit}</span>}
        value={quantity}
        onChange={(event) => onChange(key, { quantity: event.target.value.trim() })}
      />
      {seesPrices && (
        <InputNumber
          className="num block-select"
          controls={false}
          min={0}
          precision={2}
          prefix="¥"
          aria-label={t('priceOf', { n: at + 1 })}
          placeholder={t('priceHint')}
          value={priceFen === null ? null : priceFen / 100}
          onChange={(next) => onChange(key, { priceFen: typeof next === 'number' ? Math.round(next * 100) : null })}
        />
      )}
      <IconButton small icon={<CloseOutlined />} title={t('removeLine', { n: at + 1 })} onClick={() => onRemove(key)} />
      {product && (
        <span className="purchase-note">
          <AvailableNote of={available.get(product.id)} asked="0" />
        </span>
      )}
    </div>
  ))
}
