import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Line, Order } from '../../../src-shared/features/orders/model.ts'
import { LinesEditor as Sheet } from '../../components/lines/LinesEditor.tsx'
import { LinesSums } from '../../components/lines/LinesSums.tsx'
import {
  type Cell,
  CELLS,
  type Draft,
  emptyDraft,
  faultsOf,
  fenOf,
  isBlank,
  totalOf,
  writtenOf,
  yuanOf,
} from '../../components/lines/model.ts'
import { fieldRightOf, useApi, useClock, useMe } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { businessDateOf } from '../../kernel/format.ts'
import { newId } from '../../kernel/ids.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useOffers } from '../products/public.ts'
import { AvailableNote, useAvailable } from '../stock/public.ts'
import { shortageText } from './shortage.ts'
import { text } from './text.ts'

type LinesEditorProps = { row: Order; lines: readonly Line[]; onClose: () => void }
/** What a line of an order says; the specification stands with the product. */
const OWN: readonly Cell[] = CELLS.filter((cell) => cell !== 'spec')
const WITH_COST: readonly Cell[] = [...OWN, 'cost']
/** Lines of an order may take something back. */
const RULES = { mayReturn: true }

const draftOf = ({ id, productId, name, unit, quantity, priceFen, discount, taxRate, costFen, note }: Line): Draft => ({
  ...emptyDraft(id),
  productId,
  name,
  unit: unit ?? '',
  quantity,
  price: yuanOf(priceFen),
  discount: discount === '0' ? '' : discount,
  taxRate: taxRate ?? '',
  cost: yuanOf(costFen),
  note: note ?? '',
})

/** The lines of an order as a whole, written like a sheet; Ctrl+Enter saves. */
export function LinesEditor({ row, lines, onClose }: LinesEditorProps) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const cache = useQueryClient()
  const saysCost = fieldRightOf(useMe(), 'order', 'costFen') === 'write'
  const { nowMs, zone } = useClock()
  // What somebody else has changed since is told instead of written over.
  const [version] = useState(row.version)
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => (lines.length > 0 ? lines.map(draftOf) : [emptyDraft(newId())]))
  const [discountFen, setDiscount] = useState(row.discountFen ?? 0)
  const { search, offers } = useOffers({
    // A customer out of sight has no price of his own to tell.
    customerId: row.customerName === null ? null : row.customerId,
    on: row.signedOn ?? businessDateOf(nowMs, zone),
  })
  const save = useMutation(
    api.orders.setLines.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved) => {
        // What is done next is done with this version, and does not wait for the news.
        cache.setQueryData(api.orders.get.queryKey({ input: { id: row.id } }), (old) => old && { ...old, ...saved })
        undo.say(`${t('linesSaved', { name: saved.name })}${shortageText(t, saved)}`, { recordId: saved.id })
        onClose()
      },
    }),
  )
  const available = useAvailable(
    drafts.flatMap(({ productId }) => productId ?? []),
    row.status === 'confirmed' ? row.id : null,
  )
  const isSound = drafts.every((draft) => faultsOf(draft, RULES).length === 0) && totalOf(drafts, discountFen, RULES) !== null
  const send = () => {
    if (!isSound || save.isPending) return
    const written = drafts
      .filter((draft) => !isBlank(draft))
      .map((draft) => {
        const { spec: _spec, ...line } = writtenOf(draft)
        // What a product costs it says itself.
        return { ...line, ...(saysCost && draft.productId === null && { costFen: fenOf(draft.cost) }) }
      })
    save.mutate({ id: row.id, version, lines: written as never, discountFen })
  }
  return (
    <div role="group" aria-label={t('lines')}>
      <Sheet
        rules={RULES}
        cells={saysCost ? WITH_COST : OWN}
        drafts={drafts}
        onChange={setDrafts}
        onSearch={search}
        offers={offers}
        onSubmit={send}
        note={({ productId, quantity }) =>
          available.has(productId ?? '') && <AvailableNote of={available.get(productId ?? '')} asked={quantity} />
        }
      >
        <LinesSums rules={RULES} drafts={drafts} discountFen={discountFen} onDiscount={setDiscount} />
      </Sheet>
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
