import './lines.css'
import { ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Input } from 'antd'
import { type ClipboardEvent, type CSSProperties, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { newId } from '../../kernel/ids.ts'
import { useText } from '../../kernel/text.ts'
import { IconButton } from '../page.tsx'
import { Dash, Money } from '../values.tsx'
import { amountOf, type Cell, CELLS, type Draft, emptyDraft, faultsOf, type LineRules, moved, pasted } from './model.ts'
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
  /** What is typed into a name, and what was found for it. */
  onSearch: (words: string) => void
  offers: readonly Offered[]
  /** Which cells a line has, in the order of Tab; all of them unless it is said. */
  cells?: readonly Cell[]
  /** Ctrl+Enter. */
  onSubmit?: () => void
  /** Said under the name of a line, beside why its price is that one. */
  note?: (draft: Draft) => ReactNode
  rules?: LineRules
  /** Whether it shows what each line comes to; it does unless it is said. */
  hasAmounts?: boolean
  /** What a price that is left open will be. */
  noPrice?: string
  /** Below the lines: what they come to. */
  children?: ReactNode
}

const RIGHT: ReadonlySet<Cell> = new Set(['quantity', 'price', 'discount', 'taxRate', 'cost'])
/** In pixels; the name takes what is left, and the specification a part of it. */
const WIDTHS = { name: 150, spec: 64, unit: 52, quantity: 66, price: 92, discount: 62, taxRate: 62, cost: 92 } as const
const GROWS: Partial<Record<Cell, string>> = { name: '2.4fr', spec: '1fr' }
const [NUMBER, AMOUNT, ACTS, GAP] = [20, 92, 60, 6]

function columnsOf(cells: readonly Cell[], hasAmounts: boolean): CSSProperties {
  const widthOf = (cell: Cell) => WIDTHS[cell] + (cell === 'quantity' && !cells.includes('unit') ? 30 : 0)
  const tracks = cells.map((cell) => (GROWS[cell] ? `minmax(${widthOf(cell)}px, ${GROWS[cell]})` : `${widthOf(cell)}px`))
  const rest = hasAmounts ? [AMOUNT, ACTS] : [ACTS]
  const least = [...cells.map(widthOf), ...rest].reduce((sum, width) => sum + width + GAP, NUMBER)
  return {
    '--lines-columns': [`${NUMBER}px`, ...tracks, ...rest.map((width) => `${width}px`)].join(' '),
    '--lines-least': `${least}px`,
  } as CSSProperties
}

/** The lines of a document as a sheet: every cell is typed into, Enter goes down, Tab right, the last line makes another, Alt with the arrows moves one. */
export function LinesEditor(props: LinesEditorProps) {
  const { drafts, onChange, onSearch, offers, cells = CELLS, onSubmit, note, rules = {}, hasAmounts = true, noPrice } = props
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
  const move = (row: number, by: number, cell: Cell) => {
    onChange(moved(drafts, row, by))
    if (drafts[row + by]) go(row + by, cell)
  }
  const step = (event: KeyboardEvent, row: number, cell: Cell) => {
    if (onSubmit && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      return onSubmit()
    }
    const down = event.key === 'Enter' || event.key === 'ArrowDown'
    if ((!down && event.key !== 'ArrowUp') || event.nativeEvent.isComposing) return
    if (event.altKey && event.key !== 'Enter') {
      event.preventDefault()
      return move(row, event.key === 'ArrowUp' ? -1 : 1, cell)
    }
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
    <div className="lines" ref={grid} style={columnsOf(cells, hasAmounts)}>
      <div className="lines-grid" role="table" aria-label={t('lines')}>
        <Head cells={cells} hasAmounts={hasAmounts} />
        {drafts.map((draft, row) => (
          <Line
            key={draft.key}
            draft={draft}
            row={row}
            cells={cells}
            rules={rules}
            hasAmount={hasAmounts}
            noPrice={noPrice}
            offers={offers}
            note={note?.(draft)}
            onSearch={onSearch}
            onChange={(more) => change(row, more)}
            onChosen={() => go(row, 'quantity')}
            onKey={(event, cell) => step(event, row, cell)}
            onPaste={(event, cell) => paste(event, row, cell)}
            onUp={() => onChange(moved(drafts, row, -1))}
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
      {props.children}
    </div>
  )
}

function Head({ cells, hasAmounts }: { cells: readonly Cell[]; hasAmounts: boolean }) {
  const t = useText(text)
  return (
    <div className="lines-head" role="row">
      <span role="columnheader">{t('no')}</span>
      {cells.map((cell) => (
        <span key={cell} role="columnheader" className={RIGHT.has(cell) ? 'tr' : undefined}>
          {t(cell)}
        </span>
      ))}
      {hasAmounts && (
        <span role="columnheader" className="tr">
          {t('amount')}
        </span>
      )}
      <span />
    </div>
  )
}

const isListOpen = (event: KeyboardEvent): boolean =>
  (event.target as HTMLElement).getAttribute('aria-expanded') === 'true' &&
  document.querySelector('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-active') !== null

type LineProps = {
  draft: Draft
  row: number
  cells: readonly Cell[]
  rules: LineRules
  hasAmount: boolean
  noPrice: string | undefined
  offers: readonly Offered[]
  note: ReactNode
  onSearch: (words: string) => void
  onChange: (more: Partial<Draft>) => void
  onChosen: () => void
  onKey: (event: KeyboardEvent, cell: Cell) => void
  onPaste: (event: ClipboardEvent, cell: Cell) => void
  onUp: () => void
  onRemove: () => void
}

function Line({ draft, row, cells, rules, hasAmount, noPrice, offers, note, onKey, onPaste, ...on }: LineProps) {
  const t = useText(text)
  const [isNaming, setNaming] = useState(false)
  const faults = faultsOf(draft, rules)
  const amount = amountOf(draft, rules)
  const shared = (cell: Cell) => ({
    'aria-label': t('cell', { n: row + 1, what: t(cell) }),
    onKeyDown: (event: KeyboardEvent) => onKey(event, cell),
    onPaste: (event: ClipboardEvent) => onPaste(event, cell),
    ...(faults.includes(cell) && { status: 'error' as const }),
  })
  const choose = (value: string) => {
    const offer = offers.find((one) => one.value === value)
    if (!offer) return
    on.onChange({ ...offer.fill, cost: '' })
    on.onChosen()
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
            on.onSearch(draft.name)
          }}
          onBlur={() => setNaming(false)}
          onSelect={choose}
          onChange={(name: string) => {
            // Choosing says the value of the option; what it fills in was written by then.
            if (offers.some(({ value }) => value === name)) return
            on.onSearch(name)
            on.onChange({ name, productId: null, because: '', ...(draft.productId !== null && { cost: '' }) })
          }}
          popupMatchSelectWidth={360}
          defaultActiveFirstOption={false}
        >
          <Input
            placeholder={t(rules.needsProduct ? 'productPlaceholder' : 'namePlaceholder')}
            maxLength={200}
            {...shared('name')}
          />
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
          onChange={(value) => on.onChange({ [cell]: value })}
          shared={shared(cell)}
          {...(cell === 'quantity' && !cells.includes('unit') && { unit: draft.unit })}
          {...(cell === 'price' && noPrice !== undefined && { hint: noPrice })}
          {...(cell === 'cost' && draft.productId !== null && { isFixed: true, hint: t('ofProduct') })}
        />
      ))}
      {hasAmount && (
        <span role="cell" className="tr num lines-amount">
          {amount === null ? <Dash /> : <Money fen={amount} />}
        </span>
      )}
      <span role="cell" className="lines-acts">
        <IconButton small disabled={row === 0} icon={<ArrowUpOutlined />} title={t('moveUp', { n: row + 1 })} onClick={on.onUp} />
        <IconButton small icon={<DeleteOutlined />} title={t('takeOut', { n: row + 1 })} onClick={on.onRemove} />
      </span>
    </div>
  )
}

const OfferLabel = ({ label, note }: { label: string; note: string }) => (
  <span className="row g8">
    <span className="grow el">{label}</span>
    <span className="t3 s12 num">{note}</span>
  </span>
)

type TextCellProps = {
  at: string
  cell: Cell
  value: string
  onChange: (value: string) => void
  shared: object
  unit?: string
  hint?: string
  isFixed?: boolean
}
function TextCell({ at, cell, value, onChange, shared, unit, hint, isFixed = false }: TextCellProps) {
  const t = useText(text)
  return (
    <span role="cell" data-at={at} data-label={t(cell)}>
      <Input
        value={value}
        readOnly={isFixed}
        variant={isFixed ? 'borderless' : 'outlined'}
        className={RIGHT.has(cell) ? 'num lines-number' : undefined}
        maxLength={RIGHT.has(cell) ? 20 : 200}
        {...(RIGHT.has(cell) && { inputMode: 'decimal' as const })}
        {...(unit !== undefined && { suffix: <span className="t3 s12">{unit}</span> })}
        {...(hint !== undefined && { placeholder: hint })}
        onChange={(event) => onChange(event.target.value)}
        {...shared}
      />
    </span>
  )
}
