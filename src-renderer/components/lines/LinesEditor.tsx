import './lines.css'
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Input, type InputRef } from 'antd'
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { newId } from '../../kernel/ids.ts'
import { useText } from '../../kernel/text.ts'
import { IconButton } from '../page.tsx'
import { Dash, Money } from '../values.tsx'
import {
  amountOf,
  type Cell,
  CELLS,
  type Draft,
  emptyDraft,
  faultsOf,
  fenOf,
  pasted,
  type Sign,
  totalOf,
  yuanOf,
} from './model.ts'
import { text } from './text.ts'

/** A product as it is offered while a name is typed: what goes into the line, and how it reads. */
export type Offered = {
  readonly value: string
  readonly label: string
  readonly note: string
  readonly fill: Partial<Draft> & { readonly productId: string }
}

type LinesEditorProps = {
  drafts: readonly Draft[]
  onChange: (drafts: readonly Draft[]) => void
  discountFen: number
  onDiscount: (fen: number) => void
  /** What is typed into a name, and what was found for it. */
  onSearch: (words: string) => void
  offers: readonly Offered[]
  /** Which cells a line has, in the order of Tab; all of them unless it is said. */
  cells?: readonly Cell[]
  /** Ctrl+Enter. */
  onSubmit?: () => void
  /** Said under the name of a line, beside why its price is that one. */
  note?: (draft: Draft) => ReactNode
} & Sign

const RIGHT: ReadonlySet<Cell> = new Set(['quantity', 'price', 'discount', 'taxRate'])

/** The lines of a document as a sheet: every cell is typed into, Enter goes down, Tab right, the last line makes another. */
export function LinesEditor(props: LinesEditorProps) {
  const { drafts, onChange, discountFen, onDiscount, onSearch, offers, cells = CELLS, onSubmit, note, mayReturn } = props
  const t = useText(text)
  const grid = useRef<HTMLDivElement>(null)
  const go = (row: number, cell: Cell) =>
    // A line that was just added is drawn first.
    requestAnimationFrame(() => {
      const input = grid.current?.querySelector<HTMLInputElement>(`[data-at="${row}-${cell}"] input`)
      input?.focus()
      input?.select()
    })
  const add = () => {
    onChange([...drafts, emptyDraft(newId())])
    go(drafts.length, 'name')
  }
  const change = (row: number, more: Partial<Draft>) =>
    onChange(drafts.map((draft, n) => (n === row ? { ...draft, ...more } : draft)))
  const step = (event: KeyboardEvent, row: number, cell: Cell) => {
    if (onSubmit && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      return onSubmit()
    }
    const down = event.key === 'Enter' || event.key === 'ArrowDown'
    if ((!down && event.key !== 'ArrowUp') || event.nativeEvent.isComposing) return
    // In a name the list of products has these keys first.
    if (cell === 'name' && offers.length > 0 && isListOpen(event)) return
    event.preventDefault()
    if (event.key === 'ArrowUp') return row > 0 ? go(row - 1, cell) : undefined
    if (row + 1 < drafts.length) return go(row + 1, cell)
    if (event.key === 'Enter') add()
  }
  const paste = (event: ClipboardEvent, row: number, cell: Cell) => {
    const block = event.clipboardData.getData('text/plain')
    if (!/[\t\n]/.test(block.trim())) return
    event.preventDefault()
    onChange(pasted(drafts, { row, cell, cells }, block, newId))
  }
  return (
    <div className={cells.includes('spec') ? 'lines' : 'lines no-spec'} ref={grid}>
      <div className="lines-grid" role="table" aria-label={t('lines')}>
        <div className="lines-head" role="row">
          <span role="columnheader">{t('no')}</span>
          {cells.map((cell) => (
            <span key={cell} role="columnheader" className={RIGHT.has(cell) ? 'tr' : undefined}>
              {t(cell)}
            </span>
          ))}
          <span role="columnheader" className="tr">
            {t('amount')}
          </span>
          <span />
        </div>
        {drafts.map((draft, row) => (
          <Line
            key={draft.key}
            draft={draft}
            row={row}
            cells={cells}
            mayReturn={mayReturn}
            offers={offers}
            note={note?.(draft)}
            onSearch={onSearch}
            onChange={(more) => change(row, more)}
            onChosen={() => go(row, 'quantity')}
            onKey={(event, cell) => step(event, row, cell)}
            onPaste={(event, cell) => paste(event, row, cell)}
            onRemove={() => onChange(drafts.filter((_, n) => n !== row))}
          />
        ))}
      </div>
      <div className="row g8 lines-foot">
        <Button size="small" icon={<PlusOutlined />} onClick={add}>
          {t('add')}
        </Button>
        <span className="t3 s12 grow lines-hint">{t('pasteHint')}</span>
      </div>
      <Sums drafts={drafts} discountFen={discountFen} onDiscount={onDiscount} mayReturn={mayReturn} />
    </div>
  )
}

const isListOpen = (event: KeyboardEvent): boolean =>
  (event.target as HTMLElement).getAttribute('aria-expanded') === 'true' &&
  document.querySelector('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-active') !== null

type LineProps = Sign & {
  draft: Draft
  row: number
  cells: readonly Cell[]
  offers: readonly Offered[]
  note: ReactNode
  onSearch: (words: string) => void
  onChange: (more: Partial<Draft>) => void
  onChosen: () => void
  onKey: (event: KeyboardEvent, cell: Cell) => void
  onPaste: (event: ClipboardEvent, cell: Cell) => void
  onRemove: () => void
}

function Line({ draft, row, cells, mayReturn, offers, note, onSearch, onChange, onChosen, onKey, onPaste, onRemove }: LineProps) {
  const t = useText(text)
  const [isNaming, setNaming] = useState(false)
  const faults = faultsOf(draft, { mayReturn })
  const amount = amountOf(draft, { mayReturn })
  const shared = (cell: Cell) => ({
    'aria-label': t('cell', { n: row + 1, what: t(cell) }),
    onKeyDown: (event: KeyboardEvent) => onKey(event, cell),
    onPaste: (event: ClipboardEvent) => onPaste(event, cell),
    ...(faults.includes(cell) && { status: 'error' as const }),
  })
  const choose = (value: string) => {
    const offer = offers.find((one) => one.value === value)
    if (!offer) return
    onChange(offer.fill)
    onChosen()
  }
  return (
    <div className="lines-row" role="row">
      <span role="cell" className="t3 num lines-no">
        {row + 1}
      </span>
      <span role="cell" data-at={`${row}-name`} className="lines-name">
        <AutoComplete
          className="block-select"
          value={draft.name}
          options={
            isNaming ? offers.map(({ value, label, note }) => ({ value, label: <OfferLabel label={label} note={note} /> })) : []
          }
          onFocus={() => {
            setNaming(true)
            onSearch(draft.name)
          }}
          onBlur={() => setNaming(false)}
          onSelect={choose}
          onChange={(name: string) => {
            // Choosing says the value of the option; what it fills in was written by then.
            if (offers.some(({ value }) => value === name)) return
            onSearch(name)
            onChange({ name, productId: null, because: '' })
          }}
          popupMatchSelectWidth={360}
          defaultActiveFirstOption={false}
        >
          <Input placeholder={t('namePlaceholder')} maxLength={200} {...shared('name')} />
        </AutoComplete>
        {(draft.because || note) && (
          <span className="t3 s12 el lines-because">
            {draft.because} {note}
          </span>
        )}
      </span>
      {cells.slice(1).map((cell) => (
        <TextCell
          key={cell}
          at={`${row}-${cell}`}
          cell={cell}
          value={draft[cell]}
          onChange={(value) => onChange({ [cell]: value })}
          shared={shared(cell)}
          label={t(cell)}
        />
      ))}
      <span role="cell" className="tr num lines-amount">
        {amount === null ? <Dash /> : <Money fen={amount} />}
      </span>
      <IconButton small icon={<DeleteOutlined />} title={t('takeOut', { n: row + 1 })} onClick={onRemove} />
    </div>
  )
}

const OfferLabel = ({ label, note }: { label: string; note: string }) => (
  <span className="row g8">
    <span className="grow el">{label}</span>
    <span className="t3 s12 num">{note}</span>
  </span>
)

type TextCellProps = { at: string; cell: Cell; value: string; label: string; onChange: (value: string) => void; shared: object }
function TextCell({ at, cell, value, label, onChange, shared }: TextCellProps) {
  return (
    <span role="cell" data-at={at} data-label={label}>
      <Input
        value={value}
        className={RIGHT.has(cell) ? 'num lines-number' : undefined}
        maxLength={RIGHT.has(cell) ? 20 : 200}
        {...(RIGHT.has(cell) && { inputMode: 'decimal' as const })}
        onChange={(event) => onChange(event.target.value)}
        {...shared}
      />
    </span>
  )
}

type SumsProps = Sign & { drafts: readonly Draft[]; discountFen: number; onDiscount: (fen: number) => void }
function Sums({ drafts, discountFen, onDiscount, mayReturn }: SumsProps) {
  const t = useText(text)
  const [typed, setTyped] = useState<string | null>(null)
  const bare = totalOf(drafts, 0, { mayReturn })
  const totals = totalOf(drafts, discountFen, { mayReturn })
  const field = useRef<InputRef>(null)
  return (
    <dl className="lines-sums">
      <dt>{t('sum')}</dt>
      <dd className="num">{bare ? <Money fen={bare.linesFen} /> : <Dash />}</dd>
      <dt>{t('whole')}</dt>
      <dd>
        <Input
          ref={field}
          className="num lines-number"
          aria-label={t('whole')}
          inputMode="decimal"
          prefix="¥"
          value={typed ?? yuanOf(discountFen)}
          {...(totals === null && { status: 'error' as const })}
          onChange={(event) => {
            setTyped(event.target.value)
            const fen = event.target.value.trim() === '' ? 0 : fenOf(event.target.value)
            if (fen !== null) onDiscount(fen)
          }}
          onBlur={() => setTyped(null)}
          onPressEnter={() => field.current?.blur()}
        />
      </dd>
      <dt>{t('tax')}</dt>
      <dd className="num t3">{totals ? <Money fen={totals.taxFen} /> : <Dash />}</dd>
      <dt className="b">{t('total')}</dt>
      <dd className="num b lines-total">
        {totals ? <Money fen={totals.totalFen} /> : <span className="tbad s12">{t('tooMuch')}</span>}
      </dd>
    </dl>
  )
}
