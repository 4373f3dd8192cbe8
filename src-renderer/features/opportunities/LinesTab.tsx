import { PlusOutlined } from '@ant-design/icons'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { amountOf, type OpportunityLine, sumOf } from '../../../src-shared/features/opportunities/lines.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'
import { Picker } from '../../components/Picker.tsx'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { fieldRightOf, useApi, useCan, useClient, useMe } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatMoney } from '../../kernel/format.ts'
import { newId } from '../../kernel/ids.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useUndo } from '../../kernel/undoCommand.ts'
import { type Draft, LineRow } from './LineRow.tsx'
import { text } from './text.ts'

const draftOf = (line: OpportunityLine): Draft => ({ ...line, key: line.id })
/** What a line comes to as it is typed; null while it is no line yet. */
const typedAmount = (draft: Draft): number | null => {
  const amount = attempt(() => amountOf(draft))
  return amount instanceof Refusal ? null : amount
}
const isSound = (draft: Draft): boolean => draft.name.trim() !== '' && !(attempt(() => amountOf(draft)) instanceof Refusal)

/** 产品明细: what is wanted, line by line, and what it comes to. */
export function LinesTab({ row }: { row: Opportunity }) {
  const lines = useQuery(useApi().opportunities.lines.queryOptions({ input: { id: row.id }, meta: { shown: true } }))
  if (lines.data) return <Lines row={row} stored={lines.data} />
  if (lines.error) return <LoadFailed error={lines.error} feature="opportunities" onRetry={() => void lines.refetch()} />
  return <SkeletonRows rows={4} height={36} />
}

function Lines({ row, stored }: { row: Opportunity; stored: readonly OpportunityLine[] }) {
  const t = useText(text)
  const me = useMe()
  const { draft, setDraft, version } = useDraft(row, stored)
  const mayEdit =
    useCan('opportunities.edit') &&
    row.may?.edit !== false &&
    row.deletedAt === null &&
    fieldRightOf(me, 'opportunity', 'amount') === 'write'
  const lines = draft ?? stored.map(draftOf)
  const save = useSave(row, version, () => setDraft(null))
  const add = useProposed(row)
  const change = (key: string, values: Partial<Draft>) =>
    setDraft(lines.map((line) => (line.key === key ? { ...line, ...values } : line)))
  const move = (from: number, by: number) => {
    const next = [...lines]
    const [taken] = next.splice(from, 1)
    if (taken) next.splice(from + by, 0, taken)
    setDraft(next)
  }
  const sound = lines.every(isSound)
  const amounts = lines.map(typedAmount)
  const sum = attempt(() => sumOf(amounts))
  return (
    <form
      className="opp-lines-tab"
      onSubmit={(event) => {
        event.preventDefault()
        if (draft && sound) save.send(draft)
      }}
    >
      {lines.length === 0 && <EmptyState title={t('linesEmpty')} hint={mayEdit ? t('linesEmptyHint') : undefined} />}
      {lines.length > 0 && (
        <div className="opp-lines" role="table" aria-label={t('lines')}>
          <div className="opp-line-head t3 s12" role="row">
            {(['lineName', 'quantity', 'lineUnit', 'price', 'discount', 'lineAmount'] as const).map((word) => (
              <span key={word} role="columnheader">
                {t(word)}
              </span>
            ))}
          </div>
          {lines.map((line, at) => (
            <LineRow
              key={line.key}
              line={line}
              amount={amounts[at] ?? null}
              isBad={draft !== null && !isSound(line)}
              {...(mayEdit && {
                edit: {
                  change: (values) => change(line.key, values),
                  remove: () => setDraft(lines.filter(({ key }) => key !== line.key)),
                  ...(at > 0 && { up: () => move(at, -1) }),
                  ...(at < lines.length - 1 && { down: () => move(at, 1) }),
                },
              })}
            />
          ))}
        </div>
      )}
      {mayEdit && <AddLine onAdd={(made) => setDraft([...lines, made])} proposed={add} />}
      {lines.length > 0 && (
        <Sum
          row={row}
          sum={sum instanceof Refusal ? null : sum}
          onTakeSum={mayEdit && sound ? () => save.send(lines, false) : null}
        />
      )}
      {draft && (
        <div className="row g8 opp-lines-save">
          <Button type="primary" htmlType="submit" disabled={!sound} loading={save.isPending}>
            {t('saveLines')}
          </Button>
          <Button onClick={() => setDraft(null)}>{t('dropLines')}</Button>
        </div>
      )}
    </form>
  )
}

/** The lines as they are typed, and the version they may be saved over: once somebody else changed the lines, only the one they began from. */
function useDraft(row: Opportunity, stored: readonly OpportunityLine[]) {
  const [begun, setBegun] = useState<{ lines: readonly Draft[]; from: string; version: number } | null>(null)
  const from = JSON.stringify(stored)
  return {
    draft: begun?.lines ?? null,
    version: begun === null || begun.from === from ? row.version : begun.version,
    setDraft: (lines: readonly Draft[] | null) =>
      setBegun((old) => lines && { from: old?.from ?? from, version: old?.version ?? row.version, lines }),
  }
}

function useSave(row: Opportunity, version: number, onSaved: () => void) {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const undo = useUndo()
  const set = useMutation(
    api.opportunities.setLines.mutationOptions({
      onSuccess: (saved) => {
        cache.setQueryData(api.opportunities.get.queryKey({ input: { id: row.id } }), (old) => old && { ...old, ...saved })
        undo.say(t('linesSaved', { name: row.name }), { recordId: row.id })
      },
      meta: { shown: true },
    }),
  )
  const send = async (lines: readonly Draft[], byHand?: boolean): Promise<void> => {
    try {
      await set.mutateAsync({
        id: row.id,
        version,
        lines: lines.map(({ id, productId, name, unit, quantity, priceFen, discount }) => ({
          ...(id !== undefined && { id }),
          productId,
          name: name.trim(),
          unit,
          quantity: quantity.trim(),
          priceFen,
          discount: discount.trim() || '0',
        })),
        ...(byHand !== undefined && { byHand }),
      })
      await cache.invalidateQueries({ queryKey: api.opportunities.lines.key() })
      onSaved()
    } catch (error) {
      toast(failureText(error, 'opportunities'), { tone: 'bad' })
    }
  }
  return { isPending: set.isPending, send: (lines: readonly Draft[], byHand?: boolean) => void send(lines, byHand) }
}

type Proposed = (productId: string) => Promise<Pick<Draft, 'priceFen' | 'because'>>
/** What this customer pays for a product today, with the sentence that says why. */
function useProposed(row: Opportunity): Proposed {
  const client = useClient()
  return async (productId) => {
    try {
      const { priceFen, because } = await client.opportunities.priceOf({ id: row.id, productId })
      const { key, ...filled } = because
      return { priceFen, because: sliceWord('products', `because.${key}`, filled) ?? null }
    } catch (error) {
      toast(failureText(error, 'opportunities'), { tone: 'bad' })
      return { priceFen: null, because: null }
    }
  }
}

const BLANK: Omit<Draft, 'key'> = {
  productId: null,
  name: '',
  unit: null,
  quantity: '1',
  priceFen: null,
  discount: '0',
  because: null,
}

function AddLine({ onAdd, proposed }: { onAdd: (line: Draft) => void; proposed: Proposed }) {
  const t = useText(text)
  const [words, setWords] = useState('')
  const mayRead = useCan('products.read')
  const found = useQuery(
    useApi().products.list.queryOptions({
      input: { search: words, limit: 20 },
      placeholderData: keepPreviousData,
      enabled: mayRead,
    }),
  ).data
  const add = async (id: string) => {
    const product = found?.rows.find((one) => one.id === id)
    if (!product) return
    const name = [product.name, product.spec].filter(Boolean).join(' ')
    onAdd({ ...BLANK, key: newId(), productId: product.id, name, unit: product.unit, ...(await proposed(product.id)) })
  }
  return (
    <div className="row g8 opp-lines-add">
      {mayRead && (
        <Picker
          className="grow"
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
      )}
      <Button icon={<PlusOutlined />} onClick={() => onAdd({ ...BLANK, key: newId() })}>
        {t('addFree')}
      </Button>
    </div>
  )
}

/** Which of the two the amount is: the sum, or what somebody set himself. */
function Sum({ row, sum, onTakeSum }: { row: Opportunity; sum: number | null; onTakeSum: (() => void) | null }) {
  const t = useText(text)
  return (
    <div className="row g12 opp-lines-sum">
      <span className="t3 grow">
        {row.amountByHand && t('amountByHand', { amount: row.amount === null ? '—' : formatMoney(row.amount) })}
        {row.amountByHand === false && t('amountIsSum')}
        {row.amountByHand && onTakeSum && (
          <Button type="link" size="small" onClick={onTakeSum}>
            {t('takeSum')}
          </Button>
        )}
      </span>
      <span className="t3">{t('linesSum')}</span>
      <span className="b">
        <Money fen={sum} />
      </span>
    </div>
  )
}
