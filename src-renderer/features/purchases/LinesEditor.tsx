import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Purchase, PurchaseLine, PurchaseLineInput } from '../../../src-shared/features/purchases/model.ts'
import { LinesEditor as Sheet } from '../../components/lines/LinesEditor.tsx'
import { LinesSum } from '../../components/lines/LinesSums.tsx'
import { type Cell, type Draft, emptyDraft, faultsOf, fenOf, isBlank, writtenOf, yuanOf } from '../../components/lines/model.ts'
import { fieldRightOf, useApi, useMe } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useStockedOffers } from '../products/public.ts'
import { AvailableNote, useAvailable } from '../stock/public.ts'
import { text } from './text.ts'

/** What is bought is kept in stock; without a price it takes what the product costs. */
const RULES = { needsProduct: true, mayLackPrice: true }
const OWN: readonly Cell[] = ['name', 'quantity', 'price']

const draftOf = ({ id, productId, name, unit, quantity, priceFen, note }: PurchaseLine): Draft => ({
  ...emptyDraft(id),
  productId,
  name,
  unit: unit ?? '',
  quantity,
  price: yuanOf(priceFen),
  note: note ?? '',
})

/** The lines of a purchase as a whole, written like a sheet; Ctrl+Enter saves. */
export function LinesEditor({ row, lines, onClose }: { row: Purchase; lines: readonly PurchaseLine[]; onClose: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const cache = useQueryClient()
  const seesPrices = fieldRightOf(useMe(), 'purchase', 'amountFen') === 'write'
  // What somebody else has changed since is told instead of written over.
  const [version] = useState(row.version)
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => (lines.length > 0 ? lines.map(draftOf) : [emptyDraft(newId())]))
  const { search, offers } = useStockedOffers()
  const save = useMutation(
    api.purchases.setLines.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved) => {
        // What is done next is done with this version, and does not wait for the news.
        cache.setQueryData(api.purchases.get.queryKey({ input: { id: row.id } }), saved)
        undo.say(t('linesSaved', { number: saved.number }), { recordId: row.id })
        onClose()
      },
    }),
  )
  const available = useAvailable(drafts.flatMap(({ productId }) => productId ?? []))
  const begun = drafts.filter((draft) => !isBlank(draft))
  const ready = begun.length > 0 && begun.every((draft) => faultsOf(draft, RULES).length === 0)
  const stands = new Set<string>(lines.map(({ id }) => id))
  const inputOf = (draft: Draft) => {
    const { productId, quantity, note } = writtenOf(draft)
    const id = stands.has(draft.key) ? { id: draft.key } : {}
    return { ...id, productId, quantity, priceFen: fenOf(draft.price), note } as PurchaseLineInput
  }
  const send = () => {
    if (ready && !save.isPending) save.mutate({ id: row.id, version, lines: begun.map(inputOf) })
  }
  return (
    <div role="group" aria-label={t('lines')}>
      <Sheet
        rules={RULES}
        cells={seesPrices ? OWN : OWN.filter((cell) => cell !== 'price')}
        hasAmounts={seesPrices}
        noPrice={t('priceHint')}
        drafts={drafts}
        onChange={setDrafts}
        onSearch={search}
        offers={offers}
        onSubmit={send}
        note={({ productId }) =>
          available.has(productId ?? '') && <AvailableNote of={available.get(productId ?? '')} asked="0" />
        }
      >
        {seesPrices && <LinesSum drafts={drafts} rules={RULES} />}
      </Sheet>
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
