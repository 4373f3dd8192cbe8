import './quotes.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { Quote, QuoteContent, QuoteLine } from '../../../src-shared/features/quotes/model.ts'
import { LinesEditor } from '../../components/lines/LinesEditor.tsx'
import { LinesSums } from '../../components/lines/LinesSums.tsx'
import { type Draft, emptyDraft, faultsOf, isBlank, totalOf, writtenOf, yuanOf } from '../../components/lines/model.ts'
import { workedLine } from '../../components/lines/worked.ts'
import { SimpleTable } from '../../components/SimpleTable.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Dash, Money } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatMoney } from '../../kernel/format.ts'
import { newId } from '../../kernel/ids.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useOffers } from '../products/public.ts'
import { AvailableNote, useAvailable } from '../stock/public.ts'
import { text } from './text.ts'

/** 明细: written like a sheet while the quote is a draft, read afterwards. */
export function Lines({ row }: { row: Quote }) {
  const content = useQuery(useApi().quotes.content.queryOptions({ input: { id: row.id }, meta: { shown: true } }))
  const mayEdit = useCan('quotes.edit') && row.may?.edit === true && row.deletedAt === null
  if (!content.data)
    return content.error ? (
      <LoadFailed error={content.error} feature="quotes" onRetry={() => void content.refetch()} />
    ) : (
      <SkeletonRows rows={4} height={40} />
    )
  const isOpen = mayEdit && row.status === 'draft' && row.superseded !== true
  return isOpen ? <Editing key={row.id} row={row} content={content.data} /> : <Reading row={row} content={content.data} />
}

const draftOf = ({ id, productId, name, spec, unit, quantity, priceFen, discount, taxRate, note }: QuoteLine): Draft => ({
  key: id,
  productId,
  name,
  spec: spec ?? '',
  unit: unit ?? '',
  quantity,
  price: yuanOf(priceFen),
  discount: discount === '0' ? '' : discount,
  taxRate: taxRate ?? '',
  cost: '',
  note: note ?? '',
  because: '',
})
/** What the drafts say, for telling whether anything was changed. */
const saidBy = (drafts: readonly Draft[], discountFen: number): string =>
  JSON.stringify([drafts.filter((draft) => !isBlank(draft)).map((draft) => writtenOf(draft)), discountFen])

function Editing({ row, content }: { row: Quote; content: QuoteContent }) {
  const t = useText(text)
  const undo = useUndo()
  const stored = content.lines.map(draftOf)
  const base = saidBy(stored, row.discountFen ?? 0)
  const begun = () => (stored.length > 0 ? stored : [emptyDraft(newId())])
  const [drafts, setDrafts] = useState<readonly Draft[]>(begun)
  const [discountFen, setDiscount] = useState(row.discountFen ?? 0)
  const [seen, setSeen] = useState(base)
  const { search, offers } = useOffers({ customerId: row.customerId, on: row.quotedOn })
  const available = useAvailable(drafts.flatMap(({ productId }) => productId ?? []))
  const isChanged = saidBy(drafts, discountFen) !== seen
  // What was written elsewhere, or taken back, shows here unless something of one's own is not saved yet.
  useEffect(() => {
    if (base === seen || isChanged) return
    setDrafts(stored.length > 0 ? stored : [emptyDraft(newId())])
    setDiscount(row.discountFen ?? 0)
    setSeen(base)
  }, [base, seen, isChanged, stored, row.discountFen])
  const set = useMutation(useApi().quotes.setLines.mutationOptions({ meta: { shown: true } }))
  const isSound = drafts.every((draft) => faultsOf(draft).length === 0) && totalOf(drafts, discountFen) !== null
  const save = async () => {
    const lines = drafts.filter((draft) => !isBlank(draft)).map(writtenOf)
    try {
      const saved = await set.mutateAsync({ id: row.id, version: row.version, lines: lines as never, discountFen })
      setSeen(saidBy(drafts, discountFen))
      undo.say(t('savedLines', { sum: formatMoney(saved.totalFen) }), { recordId: row.id })
    } catch (error) {
      toast(failureText(error, 'quotes'), { tone: 'bad' })
    }
  }
  const discard = () => {
    setDrafts(begun())
    setDiscount(row.discountFen ?? 0)
    setSeen(base)
  }
  return (
    <div>
      <LinesEditor
        drafts={drafts}
        onChange={setDrafts}
        onSearch={search}
        offers={offers}
        onSubmit={() => isChanged && isSound && !set.isPending && void save()}
        note={({ productId, quantity }) =>
          available.has(productId ?? '') && <AvailableNote of={available.get(productId ?? '')} asked={quantity} />
        }
      >
        <LinesSums drafts={drafts} discountFen={discountFen} onDiscount={setDiscount} />
      </LinesEditor>
      {isChanged && (
        <div className="quote-save">
          <span className="t3 s12 grow">{t('unsaved')}</span>
          <Button onClick={discard}>{t('discard')}</Button>
          <Button type="primary" loading={set.isPending} disabled={!isSound} onClick={() => void save()}>
            {t('saveLines')}
          </Button>
        </div>
      )}
      <CostLine row={row} content={content} />
    </div>
  )
}

function Shown({ lines }: { lines: readonly QuoteLine[] }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const number = (value: string | null, unit = '') => (value === null || value === '0' ? <Dash /> : `${value}${unit}`)
  if (isPhone)
    return lines.map((line) => (
      <div key={line.id} className="quote-line">
        <span className="grow">
          <span className="b">{line.name}</span> <span className="t3 s12">{line.spec}</span>
          <span className="t3 s12 num quote-worked">{workedLine(line)}</span>
        </span>
        <Money fen={line.amountFen} />
      </div>
    ))
  return (
    <SimpleTable
      rows={lines}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', title: t('colName'), render: ({ name }) => <span className="b">{name}</span> },
        { key: 'spec', title: t('colSpec'), render: ({ spec }) => spec ?? <Dash /> },
        {
          key: 'quantity',
          title: t('colQuantity'),
          align: 'right',
          render: ({ quantity, unit }) => <span className="num">{`${quantity} ${unit ?? ''}`}</span>,
        },
        { key: 'price', title: t('colPrice'), align: 'right', render: ({ priceFen }) => <Money fen={priceFen} /> },
        { key: 'discount', title: t('colDiscount'), align: 'right', render: ({ discount }) => number(discount, '%') },
        { key: 'tax', title: t('colTax'), align: 'right', render: ({ taxRate }) => number(taxRate, '%') },
        { key: 'amount', title: t('colAmount'), align: 'right', render: ({ amountFen }) => <Money fen={amountFen} /> },
      ]}
    />
  )
}

function Reading({ row, content }: { row: Quote; content: QuoteContent }) {
  const t = useText(text)
  if (content.lines.length === 0) return <Nothing>{t('noLines')}</Nothing>
  return (
    <div>
      <div className="quote-table">
        <Shown lines={content.lines} />
      </div>
      <dl className="lines-sums">
        <dt>{t('docLines')}</dt>
        <dd>
          <Money fen={row.linesFen} />
        </dd>
        <dt>{t('docDiscount')}</dt>
        <dd>
          <Money fen={row.discountFen} />
        </dd>
        <dt className="b">{t('docTotal')}</dt>
        <dd className="b lines-total">
          <Money fen={row.totalFen} />
        </dd>
      </dl>
      <CostLine row={row} content={content} />
    </div>
  )
}

/** What it costs the company, for who may know. */
function CostLine({ row, content }: { row: Quote; content: QuoteContent }) {
  const t = useText(text)
  if (!content.mayCost || content.costFen === null) return null
  const margin = row.totalFen > 0 ? Math.round(((row.totalFen - content.costFen) / row.totalFen) * 1000) / 10 : null
  return (
    <p className="t3 s12 gap-above">
      {t('cost')} <Money fen={content.costFen} /> {margin !== null && t('margin', { n: margin })}
    </p>
  )
}
