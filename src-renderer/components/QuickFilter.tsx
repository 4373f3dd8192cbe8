import { CheckOutlined, CloseOutlined, DownOutlined } from '@ant-design/icons'
import { Input, Popover } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { formatNumber } from '../kernel/format.ts'
import { labelled, listed, useText } from '../kernel/text.ts'
import { useTyped } from '../kernel/typed.ts'
import { clearMark } from './namedMarks.tsx'
import { text } from './text.ts'

export type Option = { value: string; label: string; count?: number | undefined }
const SEARCH_FROM = 9

type QuickFilterProps = {
  label: string
  options: readonly Option[]
  value: readonly string[]
  onChange: (value: string[]) => void
  /** Told when it opens, so that the figures are only counted when somebody looks. */
  onOpen?: () => void
  /** Stands open as a part of a sheet instead of hanging from a button. */
  isPart?: boolean
}

/** A field of the list as a button: several of its values, with how many rows each has. */
export function QuickFilter(props: QuickFilterProps) {
  return props.isPart ? <FilterPart {...props} /> : <FilterButton {...props} />
}

function FilterPart({ label, options, value, onChange, onOpen }: QuickFilterProps) {
  const latest = useRef(onOpen)
  useEffect(() => latest.current?.(), [])
  return (
    <section className="filter-part" aria-label={label}>
      <h3>{label}</h3>
      <Options options={options} value={value} onChange={onChange} />
    </section>
  )
}

function FilterButton({ label, options, value, onChange, onOpen }: QuickFilterProps) {
  const t = useText(text)
  const [open, setOpen] = useState(false)
  const on = value.length > 0
  const chosen = options.filter((o) => value.includes(o.value)).map((o) => o.label)
  return (
    <Popover
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        if (next) onOpen?.()
      }}
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      destroyOnHidden
      content={<Options options={options} value={value} onChange={onChange} onDone={() => setOpen(false)} />}
    >
      <button type="button" className={`fbtn${on ? ' on' : ''}`}>
        <span className="el fbtn-label">{on ? labelled(label, listed(chosen) || value.length) : label}</span>
        {on ? (
          <CloseOutlined
            aria-label={t('clear')}
            onClick={(event) => {
              event.stopPropagation()
              setOpen(false)
              onChange([])
            }}
          />
        ) : (
          <DownOutlined />
        )}
      </button>
    </Popover>
  )
}

function Options({
  options,
  value,
  onChange,
  onDone,
}: {
  options: readonly Option[]
  value: readonly string[]
  onChange: (value: string[]) => void
  onDone?: () => void
}) {
  const t = useText(text)
  const [wanted, setWanted] = useState('')
  const { load, matches } = useTyped()
  const shown = options.filter((o) => matches(o.label, wanted))
  const toggle = (key: string) => onChange(value.includes(key) ? value.filter((v) => v !== key) : [...value, key])
  return (
    <div className="options">
      {options.length >= SEARCH_FROM && (
        <Input
          size="small"
          autoFocus={onDone !== undefined}
          allowClear={clearMark()}
          placeholder={t('search')}
          value={wanted}
          onFocus={load}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      <div className="options-list">
        {shown.map((option, index) => (
          <button
            type="button"
            // Opened by a key, its choices are what the next key is for.
            autoFocus={onDone !== undefined && index === 0 && options.length < SEARCH_FROM}
            key={option.value}
            className={`bare option${value.includes(option.value) ? ' on' : ''}`}
            aria-pressed={value.includes(option.value)}
            onClick={() => toggle(option.value)}
          >
            <span className="option-check">{value.includes(option.value) && <CheckOutlined />}</span>
            <span className="el grow">{option.label}</span>
            {option.count !== undefined && <span className="num t3 s12">{formatNumber(option.count)}</span>}
          </button>
        ))}
        {shown.length === 0 && <div className="t3 s12 nothing">{t('nothingFound')}</div>}
      </div>
      {onDone && (
        <div className="row options-foot">
          <button type="button" className="bare t3 s12" onClick={() => onChange([])}>
            {t('clear')}
          </button>
          <span className="grow" />
          <button type="button" className="bare tbrand s12" onClick={onDone}>
            {t('done')}
          </button>
        </div>
      )}
    </div>
  )
}
