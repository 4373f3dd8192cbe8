import './stock.css'
import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Drawer, Form, Input, Select } from 'antd'
import { useState } from 'react'
import type { MoveInput, MoveKind, Stock, WarehouseId } from '../../../src-shared/features/stock/model.ts'
import { QUANTITY } from '../../../src-shared/kernel/documents/lines.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { IconButton } from '../../components/page.tsx'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureOf, failureText } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { ProductPicker } from '../products/public.ts'
import { AvailableNote, useAvailable } from './Available.tsx'
import { text } from './text.ts'

type Chosen = { id: Stock['productId']; name: string; unit: string | null }
type Draft = { readonly key: string; readonly product: Chosen | null; readonly quantity: string }
const emptyDraft = (): Draft => ({ key: newId(), product: null, quantity: '' })
const isSound = (kind: MoveKind, { product, quantity }: Draft): boolean =>
  product !== null && QUANTITY.test(quantity) && !quantity.startsWith('-') && (kind === 'count' || /[1-9]/.test(quantity))

type MoveDrawerProps = { kind: MoveKind; rows: readonly Stock[]; onClose: () => void }

/** Several products in, out, over to another warehouse, or as a count found them. */
export function MoveDrawer({ kind, rows, onClose }: MoveDrawerProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const warehouses = useQuery(useApi().stock.warehouses.queryOptions({ input: {}, meta: { shown: true } })).data ?? []
  const open = warehouses.filter(({ archived }) => !archived)
  const [from, setFrom] = useState<WarehouseId | null>(rows[0]?.warehouseId ?? null)
  const [to, setTo] = useState<WarehouseId | null>(null)
  const [drafts, setDrafts] = useState<readonly Draft[]>(() =>
    rows.length === 0
      ? [emptyDraft()]
      : rows.map((row) => ({ ...emptyDraft(), product: { id: row.productId, name: row.name, unit: row.unit } })),
  )
  const [reason, setReason] = useState('')
  const [beyond, setBeyond] = useState(false)
  const warehouseId = from ?? open[0]?.id ?? null
  const begun = drafts.filter(({ product, quantity }) => product !== null || quantity !== '')
  const ready =
    warehouseId !== null &&
    begun.length > 0 &&
    begun.every((draft) => isSound(kind, draft)) &&
    (kind !== 'transfer' || (to !== null && to !== warehouseId)) &&
    (!beyond || reason.trim() !== '')
  const { send, error, isShort, isPending } = useSending(kind, onClose)
  const save = () => {
    if (!ready || isPending || warehouseId === null) return
    send({
      kind,
      warehouseId,
      toId: kind === 'transfer' ? to : null,
      reason: reason.trim() || null,
      beyond,
      lines: begun.flatMap(({ product, quantity }) => (product ? [{ productId: product.id, quantity }] : [])),
    })
  }
  useShortcut('Ctrl+Enter', { label: t('save'), group: t(`moveTitle_${kind}`) }, save, { inDialog: true })
  const close = useAskBeforeClose(() => begun.some(({ quantity }) => quantity !== ''), onClose)
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={isPhone ? '100%' : 520}
      title={t(`moveTitle_${kind}`)}
      onClose={close}
      footer={
        <div className="row g8">
          <span className="grow" />
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} disabled={!ready} onClick={save}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <Form layout="vertical">
        <Place label={t(kind === 'transfer' ? 'from' : 'warehouse')} value={warehouseId} all={open} onChange={setFrom} />
        {kind === 'transfer' && (
          <Place label={t('to')} value={to} all={open.filter(({ id }) => id !== warehouseId)} onChange={setTo} />
        )}
        <Lines kind={kind} drafts={drafts} onChange={setDrafts} />
        <Form.Item label={t(beyond ? 'reasonNeeded' : 'reason')}>
          <Input.TextArea
            rows={2}
            maxLength={500}
            aria-label={t('reason')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
        <BeyondBox shown={isShort || beyond} beyond={beyond} onChange={setBeyond} />
        {error !== null && (
          <div className="field-error gap-below" role="alert">
            {failureText(error, 'stock')}
          </div>
        )}
      </Form>
    </Drawer>
  )
}

/** Offered where the stock has refused, to who may go beyond it. */
export function BeyondBox({ shown, beyond, onChange }: { shown: boolean; beyond: boolean; onChange: (beyond: boolean) => void }) {
  const t = useText(text)
  if (!useCan('stock.negative') || !shown) return null
  return (
    <Form.Item>
      <Checkbox checked={beyond} onChange={(event) => onChange(event.target.checked)}>
        {t('beyond')}
      </Checkbox>
    </Form.Item>
  )
}

type PlaceProps = {
  label: string
  value: WarehouseId | null
  all: readonly { id: WarehouseId; name: string }[]
  onChange: (id: WarehouseId) => void
}
const Place = ({ label, value, all, onChange }: PlaceProps) => (
  <Form.Item label={label}>
    <Select
      aria-label={label}
      value={value}
      onChange={onChange}
      options={all.map(({ id, name }) => ({ value: id, label: name }))}
    />
  </Form.Item>
)

type LinesProps = { kind: MoveKind; drafts: readonly Draft[]; onChange: (drafts: readonly Draft[]) => void }
function Lines({ kind, drafts, onChange }: LinesProps) {
  const t = useText(text)
  const available = useAvailable(drafts.flatMap(({ product }) => product?.id ?? []))
  const change = (key: string, more: Partial<Draft>) =>
    onChange(drafts.map((draft) => (draft.key === key ? { ...draft, ...more } : draft)))
  return (
    <Form.Item label={t('lines')}>
      {drafts.map(({ key, product, quantity }, at) => (
        <div key={key} className="stock-edit">
          <ProductPicker
            aria-label={t('productOf', { n: at + 1 })}
            autoFocus={at === 0 && product === null}
            value={product}
            onChange={(next) => change(key, { product: next && { id: next.id, name: next.name, unit: next.unit } })}
          />
          <Input
            className="num"
            inputMode="decimal"
            aria-label={t('quantityOf', { n: at + 1 })}
            placeholder={t(kind === 'count' ? 'counted' : 'quantity')}
            suffix={<span className="t3 s12">{product?.unit}</span>}
            value={quantity}
            onChange={(event) => change(key, { quantity: event.target.value.trim() })}
          />
          <IconButton
            small
            icon={<CloseOutlined />}
            title={t('removeLine', { n: at + 1 })}
            onClick={() => onChange(drafts.filter((draft) => draft.key !== key))}
          />
          {product && kind === 'out' && (
            <span className="stock-note">
              <AvailableNote of={available.get(product.id)} asked={quantity} />
            </span>
          )}
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...drafts, emptyDraft()])}>
        {t('addLine')}
      </Button>
    </Form.Item>
  )
}

function useSending(kind: MoveKind, onClose: () => void) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const { create, error, isPending } = useCreate((context) =>
    api.stock.move.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (_rows, { lines }) => {
        undo.say(t(`done_${kind}`, { n: lines.length }), { procedure: 'stock.move' })
        onClose()
      },
    }),
  )
  const told = failureOf(error)
  return {
    send: (input: MoveInput) => void create(input),
    error,
    isShort: (told?.data as { reason?: string } | undefined)?.reason === 'notEnough',
    isPending,
  }
}
