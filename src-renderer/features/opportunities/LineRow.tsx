import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Input, InputNumber } from 'antd'
import type { KeyboardEvent } from 'react'
import type { LineInput } from '../../../src-shared/features/opportunities/lines.ts'
import { IconButton } from '../../components/page.tsx'
import { Dash, Money } from '../../components/values.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** A line as it is typed; `because`: why its price was proposed. */
export type Draft = Omit<LineInput, 'id'> & { id?: string | undefined; key: string; because?: string | null }
type Edit = { change: (values: Partial<Draft>) => void; remove: () => void; up?: () => void; down?: () => void }
type LineRowProps = { line: Draft; amount: number | null; isBad: boolean; edit?: Edit }

/** One line: its fields where it may be edited, else what it says. Alt with the arrows moves it. */
export function LineRow({ line, amount, isBad, edit }: LineRowProps) {
  const t = useText(text)
  const name = line.name || t('newLine')
  const keys = (event: KeyboardEvent) => {
    if (!event.altKey || !edit) return
    const act = event.key === 'ArrowUp' ? edit.up : event.key === 'ArrowDown' ? edit.down : undefined
    if (!act) return
    event.preventDefault()
    act()
  }
  // What a product is called, and by what it is counted, its own page says.
  const own = line.productId === null ? edit : undefined
  return (
    <div className="opp-line-row" role="row" onKeyDown={keys}>
      <span role="cell" className="opp-line-name">
        <TextCell
          label={t('lineName')}
          value={line.name}
          most={200}
          isBad={isBad && line.name.trim() === ''}
          placeholder={t('lineUnnamed')}
          {...(own && { onChange: (value) => own.change({ name: value }) })}
        />
        {line.because && <span className="t3 s12 el">{line.because}</span>}
      </span>
      <span role="cell" className="num" data-label={t('quantity')}>
        <TextCell
          label={`${t('quantity')} ${name}`}
          value={line.quantity}
          isDecimal
          {...(edit && { onChange: (value) => edit.change({ quantity: value }) })}
        />
      </span>
      <span role="cell" data-label={t('lineUnit')}>
        <TextCell
          label={`${t('lineUnit')} ${name}`}
          value={line.unit ?? ''}
          most={20}
          {...(own && { onChange: (value) => own.change({ unit: value || null }) })}
        />
      </span>
      <span role="cell" className="num" data-label={t('price')}>
        <PriceCell line={line} label={`${t('price')} ${name}`} edit={edit} />
      </span>
      <span role="cell" className="num" data-label={t('discount')}>
        <TextCell
          label={`${t('discount')} ${name}`}
          value={line.discount}
          isDecimal
          {...(edit && { onChange: (value) => edit.change({ discount: value }) })}
        />
      </span>
      <span role="cell" className="num opp-line-amount" data-label={t('lineAmount')}>
        {isBad ? <span className="tbad s12">{t('lineBad')}</span> : <Money fen={amount} />}
      </span>
      {edit && <Acts edit={edit} name={name} />}
    </div>
  )
}

type TextCellProps = {
  label: string
  value: string
  onChange?: (value: string) => void
  isDecimal?: boolean
  isBad?: boolean
  most?: number
  placeholder?: string
}
function TextCell({ label, value, onChange, isDecimal = false, isBad = false, most = 20, placeholder }: TextCellProps) {
  if (!onChange)
    return value === '' ? (
      <Dash />
    ) : (
      <span className="el lit" title={value}>
        {value}
      </span>
    )
  return (
    <Input
      size="small"
      aria-label={label}
      value={value}
      maxLength={most}
      status={isBad ? 'error' : ''}
      {...(isDecimal && { inputMode: 'decimal' as const })}
      {...(placeholder !== undefined && { placeholder })}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}

function PriceCell({ line, label, edit }: { line: Draft; label: string; edit: Edit | undefined }) {
  if (!edit) return <Money fen={line.priceFen} />
  return (
    <InputNumber<number>
      size="small"
      controls={false}
      precision={2}
      min={0}
      aria-label={label}
      value={line.priceFen === null ? null : line.priceFen / 100}
      onChange={(next) => edit.change({ priceFen: typeof next === 'number' ? Math.round(next * 100) : null, because: null })}
    />
  )
}

function Acts({ edit, name }: { edit: Edit; name: string }) {
  const t = useText(text)
  const up = () => edit.up?.()
  const down = () => edit.down?.()
  return (
    <span role="cell" className="opp-line-acts">
      <IconButton small disabled={!edit.up} icon={<ArrowUpOutlined />} title={t('lineUp', { name })} onClick={up} />
      <IconButton small disabled={!edit.down} icon={<ArrowDownOutlined />} title={t('lineDown', { name })} onClick={down} />
      <IconButton small icon={<DeleteOutlined />} title={t('lineRemove', { name })} onClick={edit.remove} />
    </span>
  )
}
