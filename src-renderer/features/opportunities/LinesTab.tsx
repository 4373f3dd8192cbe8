import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { type LineInput, type OpportunityLine, sumOf } from '../../../src-shared/features/opportunities/lines.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'
import { LinesEditor } from '../../components/lines/LinesEditor.tsx'
import {
  amountOf,
  type Cell,
  type Draft,
  emptyDraft,
  faultsOf,
  fenOf,
  isBlank,
  writtenOf,
  yuanOf,
} from '../../components/lines/model.ts'
import { workedLine } from '../../components/lines/worked.ts'
import { SimpleTable } from '../../components/SimpleTable.tsx'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { Dash, Money } from '../../components/values.tsx'
import { fieldRightOf, useApi, useCan, useClock, useMe } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { businessDateOf, formatMoney } from '../../kernel/format.ts'
import { newId } from '../../kernel/ids.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useOffers } from '../products/public.ts'
import { text } from './text.ts'

/** What is wanted may have no price yet. */
const RULES = { mayLackPrice: true }
const OWN: readonly Cell[] = ['name', 'unit', 'quantity', 'price', 'discount']

const draftOf = ({ id, productId, name, unit, quantity, priceFen, discount }: OpportunityLine): Draft => ({
  ...emptyDraft(id),
  productId,
  name,
  unit: unit ?? '',
  quantity,
  price: yuanOf(priceFen),
  discount: discount === '0' ? '' : discount,
})

/** 产品明细: what is wanted, line by line, and what it comes to. */
export function LinesTab({ row }: { row: Opportunity }) {
  const lines = useQuery(useApi().opportunities.lines.queryOptions({ input: { id: row.id }, meta: { shown: true } }))
  const seesAmount = fieldRightOf(useMe(), 'opportunity', 'amount') === 'write'
  const mayEdit = useCan('opportunities.edit') && row.may?.edit !== false && row.deletedAt === null && seesAmount
  if (lines.error && !lines.data)
    return <LoadFailed error={lines.error} feature="opportunities" onRetry={() => void lines.refetch()} />
  if (!lines.data) return <SkeletonRows rows={4} height={36} />
  return mayEdit ? <Editing row={row} stored={lines.data} /> : <Reading row={row} lines={lines.data} />
}

function Editing({ row, stored }: { row: Opportunity; stored: readonly OpportunityLine[] }) {
  const t = useText(text)
  const { nowMs, zone } = useClock()
  const { draft, setDraft, version } = useDraft(row, stored)
  const [blank] = useState(() => emptyDraft(newId()))
  const drafts = draft ?? (stored.length > 0 ? stored.map(draftOf) : [blank])
  const save = useSave(row, version, stored, () => setDraft(null))
  const { search, offers } = useOffers({
    // A customer out of sight has no price of his own to tell.
    customerId: row.customerName === null ? null : row.customerId,
    on: businessDateOf(nowMs, zone),
  })
  const sum = attempt(() => sumOf(drafts.map((line) => amountOf(line, RULES))))
  const isSound = drafts.every((line) => faultsOf(line, RULES).length === 0) && !(sum instanceof Refusal)
  const isChanged = draft !== null
  return (
    <div className="opp-lines-tab">
      {stored.length === 0 && !isChanged && <p className="t3 s12">{t('linesEmptyHint')}</p>}
      <LinesEditor
        cells={OWN}
        rules={RULES}
        drafts={drafts}
        onChange={setDraft}
        onSearch={search}
        // A line has no specification of its own: it belongs to the name.
        offers={offers.map(({ fill, ...offer }) => ({
          ...offer,
          fill: { ...fill, name: [fill.name, fill.spec].filter(Boolean).join(' ') },
        }))}
        onSubmit={() => isChanged && isSound && !save.isPending && save.send(drafts)}
      />
      {drafts.some((line) => !isBlank(line)) && (
        <Sum
          row={row}
          sum={sum instanceof Refusal ? null : sum}
          onTakeSum={isSound && stored.length > 0 ? () => save.send(drafts, false) : null}
        />
      )}
      {isChanged && (
        <div className="row g8 opp-lines-save">
          <Button type="primary" disabled={!isSound} loading={save.isPending} onClick={() => save.send(drafts)}>
            {t('saveLines')}
          </Button>
          <Button onClick={() => setDraft(null)}>{t('dropLines')}</Button>
        </div>
      )}
    </div>
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

/** What is sent of a line; one that stands there keeps its id. */
function inputOf(draft: Draft, stands: ReadonlySet<string>): LineInput {
  const { productId, name, unit, quantity, discount } = writtenOf(draft)
  const id = stands.has(draft.key) ? { id: draft.key } : {}
  return { ...id, productId, name, unit, quantity, priceFen: fenOf(draft.price), discount }
}

function useSave(row: Opportunity, version: number, stored: readonly OpportunityLine[], onSaved: () => void) {
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
  const stands = new Set(stored.map(({ id }) => id))
  const send = async (drafts: readonly Draft[], byHand?: boolean): Promise<void> => {
    const lines = drafts.filter((draft) => !isBlank(draft)).map((draft) => inputOf(draft, stands))
    try {
      await set.mutateAsync({ id: row.id, version, lines, ...(byHand !== undefined && { byHand }) })
      await cache.invalidateQueries({ queryKey: api.opportunities.lines.key() })
      onSaved()
    } catch (error) {
      toast(failureText(error, 'opportunities'), { tone: 'bad' })
    }
  }
  return { isPending: set.isPending, send: (drafts: readonly Draft[], byHand?: boolean) => void send(drafts, byHand) }
}

function Reading({ row, lines }: { row: Opportunity; lines: readonly OpportunityLine[] }) {
  const t = useText(text)
  if (lines.length === 0) return <EmptyState title={t('linesEmpty')} />
  const sum = attempt(() => sumOf(lines.map(({ amountFen }) => amountFen)))
  return (
    <div className="opp-lines-tab">
      <Shown lines={lines} />
      <Sum row={row} sum={sum instanceof Refusal ? null : sum} onTakeSum={null} />
    </div>
  )
}

const told = ({ quantity, unit }: OpportunityLine): string => [quantity, unit].filter(Boolean).join(' ')

function Shown({ lines }: { lines: readonly OpportunityLine[] }) {
  const t = useText(text)
  if (useIsPhone())
    return lines.map((line) => (
      <div key={line.id} className="opp-line">
        <span className="grow">
          <span className="b">{line.name}</span>{' '}
          <span className="t3 s12 num">
            {line.priceFen === null ? told(line) : workedLine({ ...line, priceFen: line.priceFen })}
          </span>
        </span>
        <Money fen={line.amountFen} />
      </div>
    ))
  return (
    <SimpleTable
      rows={lines}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', title: t('lineName'), render: ({ name }) => <span className="b">{name}</span> },
        { key: 'quantity', title: t('quantity'), align: 'right', render: (line) => <span className="num">{told(line)}</span> },
        { key: 'price', title: t('price'), align: 'right', render: ({ priceFen }) => <Money fen={priceFen} /> },
        {
          key: 'discount',
          title: t('discount'),
          align: 'right',
          render: ({ discount }) => (discount === '0' ? <Dash /> : <span className="num">{discount}%</span>),
        },
        { key: 'amount', title: t('lineAmount'), align: 'right', render: ({ amountFen }) => <Money fen={amountFen} /> },
      ]}
    />
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
