import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { Cost, Product } from '../../../src-shared/features/products/model.ts'
import { costOn } from '../../../src-shared/features/products/rules.ts'
import { dateIn } from '../../../src-shared/kernel/dateIn.ts'
import { InlineField } from '../../components/InlineField.tsx'
import { Chip } from '../../components/marks.tsx'
import { IconButton } from '../../components/page.tsx'
import { Money } from '../../components/values.tsx'
import { nowIso } from '../../kernel/clock.ts'
import { useApi, useCan, useClock } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { PriceInput } from './ProductDrawer.tsx'
import { text } from './text.ts'

/** What a product has cost from which day on; the past stays as it was unless somebody corrects it on purpose. */
export function Costs({ product }: { product: Product }) {
  const t = useText(text)
  const { zone } = useClock()
  const mayWrite = useCan('products.costs') && product.deletedAt === null
  const [isAdding, setAdding] = useState(false)
  const costs = useQuery(useApi().products.costs.queryOptions({ input: { id: product.id } })).data
  if (!costs) return null
  const now = costOn(costs, dateIn(nowIso(), zone))
  return (
    <section className="panel-part">
      <h3 className="row">
        <span className="grow">{t('costs')}</span>
        {mayWrite && !isAdding && (
          <Button size="small" type="text" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('addCost')}
          </Button>
        )}
      </h3>
      {isAdding && <NewCost product={product} onClose={() => setAdding(false)} />}
      {costs.length === 0 && !isAdding && <div className="t3 s12">{t('noCosts')}</div>}
      {costs.map((cost) => (
        <CostLine key={cost.id} product={product} cost={cost} isNow={cost.id === now?.id} mayWrite={mayWrite} />
      ))}
    </section>
  )
}

type LineProps = { product: Product; cost: Cost; isNow: boolean; mayWrite: boolean }
function CostLine({ product, cost, isNow, mayWrite }: LineProps) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const edit = useMutation(api.products.editCost.mutationOptions({ meta: { shown: true } }))
  const remove = useMutation(
    api.products.removeCost.mutationOptions({ onSuccess: () => undo.say(t('costRemoved'), { recordId: product.id }) }),
  )
  const save = async (value: unknown): Promise<string | null> => {
    if (typeof value !== 'number') return t('required')
    try {
      await edit.mutateAsync({ id: cost.id, version: cost.version, costFen: value })
      undo.say(t('costChanged'), { recordId: product.id })
      return null
    } catch (error) {
      return failureText(error, 'products')
    }
  }
  return (
    <div className="row g8 product-price">
      <span className="num product-day">{t('costFrom', { day: cost.validFrom })}</span>
      {isNow && <Chip tone="brand">{t('now')}</Chip>}
      <span className="t3 s12 grow el">{[cost.note, cost.createdByName].filter(Boolean).join(' · ')}</span>
      <InlineField
        label={t('noteFor', { day: cost.validFrom })}
        kind="money"
        value={cost.costFen}
        {...(mayWrite && { onSave: save })}
      >
        <Money fen={cost.costFen} />
      </InlineField>
      {mayWrite && (
        <IconButton small icon={<DeleteOutlined />} title={t('remove')} onClick={() => remove.mutate({ id: cost.id })} />
      )}
    </div>
  )
}

function NewCost({ product, onClose }: { product: Product; onClose: () => void }) {
  const t = useText(text)
  const { zone } = useClock()
  const undo = useUndo()
  const api = useApi()
  const [fen, setFen] = useState<number | null>(null)
  const [day, setDay] = useState(() => dateIn(nowIso(), zone))
  const [note, setNote] = useState('')
  const { create, error, isPending } = useCreate((context) =>
    api.products.addCost.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: () => {
        undo.say(t('costAdded'), { recordId: product.id })
        onClose()
      },
    }),
  )
  return (
    <form
      className="product-cost-new"
      onSubmit={(event) => {
        event.preventDefault()
        if (fen !== null) void create({ productId: product.id, costFen: fen, validFrom: day, note: note || null })
      }}
    >
      <PriceInput value={fen} label={t('amount')} onChange={setFen} />
      <DatePicker
        aria-label={t('validFrom')}
        allowClear={false}
        value={dayjs(day)}
        onChange={(next) => setDay((next ?? dayjs(day)).format('YYYY-MM-DD'))}
      />
      <Input
        aria-label={t('note')}
        placeholder={t('note')}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <span className="row g8">
        <Button type="primary" htmlType="submit" disabled={fen === null} loading={isPending}>
          {t('save')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </span>
      {error && (
        <span className="field-error" role="alert">
          {failureText(error, 'products')}
        </span>
      )}
    </form>
  )
}
