import { useQueries } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { problemText } from '../../../src-shared/features/imports/text.ts'
import type { CheckFilter, CheckRow, ImportColumn, ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { Chip, type Tone } from '../../components/marks.tsx'
import { useApi } from '../../kernel/context.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useLanguage, useText } from '../../kernel/text.ts'
import { type ImportWord, text } from './text.ts'

const PAGE = 100
const ROW = 33

type GridProps = {
  detail: ImportDetail
  filter: CheckFilter
  total: number
  readOnly: boolean
  onEdit: (row: number, column: number, text: string) => void
  onSkip: (row: number) => void
}

/** All rows of the file after cleaning, drawn as far as they are seen; errors stand inside their cells. */
export function CheckGrid({ detail, filter, total, readOnly, onEdit, onSkip }: GridProps) {
  const t = useText(text)
  const api = useApi()
  const wrap = useRef<HTMLDivElement>(null)
  const [editing, setEditing] = useState<{ row: number; column: number } | null>(null)
  const columns = useMemo(() => inOrder(detail.columns), [detail.columns])
  const list = useVirtualizer({ count: total, getScrollElement: () => wrap.current, estimateSize: () => ROW, overscan: 12 })
  const items = list.getVirtualItems()
  const pages = [...new Set(items.map(({ index }) => Math.floor(index / PAGE)))]
  const answers = useQueries({
    queries: pages.map((page) =>
      api.imports.check.queryOptions({ input: { id: detail.id, filter, offset: page * PAGE, limit: PAGE }, staleTime: 60_000 }),
    ),
  })
  const rowAt = (index: number): CheckRow | undefined =>
    answers[pages.indexOf(Math.floor(index / PAGE))]?.data?.rows[index % PAGE]
  const template = `56px 66px ${columns.map((column) => `${widthOf(column)}px`).join(' ')} minmax(20px, 1fr)`
  return (
    <div ref={wrap} className="imp-grid grow" role="table" aria-rowcount={total}>
      <div className="imp-grid-row head" role="row" style={{ gridTemplateColumns: template }}>
        <span role="columnheader" className="r">
          {t('row')}
        </span>
        <span role="columnheader">{t('result')}</span>
        {columns.map((column) => (
          <span key={column.index} role="columnheader" className="el" title={column.header}>
            {column.target ? fieldWord(featureOf(detail, column), column.target.field) : column.header}
          </span>
        ))}
        <span />
      </div>
      <div style={{ height: list.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const row = rowAt(item.index)
          return (
            <div
              key={item.key}
              data-index={item.index}
              ref={list.measureElement}
              className="imp-grid-at"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {row ? (
                <Row
                  row={row}
                  columns={columns}
                  template={template}
                  editing={editing?.row === row.row ? editing.column : null}
                  readOnly={readOnly}
                  onStart={(column) => setEditing({ row: row.row, column })}
                  onEnd={() => setEditing(null)}
                  onEdit={(column, value) => onEdit(row.row, column, value)}
                  onSkip={() => onSkip(row.row)}
                />
              ) : (
                <div className="imp-grid-row" style={{ height: ROW }} />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

const FIRST = ['customer.name', 'contact.name', 'contact.phone', 'customer.phone', 'customer.level', 'customer.ownerId']
/** Who it is stands first, whatever the order of the file. */
function inOrder(columns: readonly ImportColumn[]): ImportColumn[] {
  const rank = ({ target }: ImportColumn): number => {
    const at = target ? FIRST.indexOf(`${target.entity}.${target.field}`) : -1
    return at < 0 ? FIRST.length : at
  }
  return columns.filter((column) => column.target).sort((a, b) => rank(a) - rank(b) || a.index - b.index)
}

const featureOf = (detail: ImportDetail, column: ImportColumn): string =>
  detail.targets.find(({ entity }) => entity === column.target?.entity)?.feature ?? ''

function widthOf(column: ImportColumn): number {
  const field = column.target?.field ?? ''
  if (field === 'name' && column.target?.entity === 'customer') return 200
  if (field === 'address' || field === 'note' || field === 'text') return 220
  if (field.startsWith('phone') || field === 'email') return 150
  return field === 'level' ? 64 : 104
}

const TONES: Record<string, Tone> = { create: 'ok', update: 'brand', skip: 'ink', fail: 'bad' }

type RowProps = {
  row: CheckRow
  columns: readonly ImportColumn[]
  template: string
  editing: number | null
  readOnly: boolean
  onStart: (column: number) => void
  onEnd: () => void
  onEdit: (column: number, text: string) => void
  onSkip: () => void
}

function Row({ row, columns, template, editing, readOnly, onStart, onEnd, onEdit, onSkip }: RowProps) {
  const t = useText(text)
  const language = useLanguage()
  const open = row.kind === 'data' && !readOnly
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Delete' && open && editing === null) onSkip()
  }
  const own = row.problems.filter(({ column, level }) => column === null && level === 'error')
  return (
    <div
      className={`imp-grid-row ${row.plan}${row.match ? ' dup' : ''}`}
      role="row"
      tabIndex={open ? 0 : -1}
      style={{ gridTemplateColumns: template }}
      onKeyDown={keys}
    >
      <span className="num t3 r" role="cell">
        {row.row}
      </span>
      <span role="cell">
        <Chip tone={row.match && row.plan !== 'fail' ? 'plum' : (TONES[row.plan] ?? 'ink')}>
          {t(row.match && row.plan !== 'fail' ? 'dupChip' : row.plan)}
        </Chip>
      </span>
      {columns.map((column, position) => {
        const problems = row.problems.filter((problem) => problem.column === column.index)
        const [worst] = [...problems].sort((a) => (a.level === 'error' ? -1 : 1))
        const said = worst ? problemText(language, worst) : position === 0 && own[0] ? problemText(language, own[0]) : ''
        const level = worst?.level ?? (position === 0 && own[0] ? 'error' : null)
        const placeholder =
          position === 0 && row.kind !== 'data' && (row.cells[column.index] ?? '') === ''
            ? t((row.kind === 'title' ? 'titleRow' : 'totalRow') as ImportWord)
            : null
        return (
          <span
            key={column.index}
            role="cell"
            className={`imp-cell ${level ?? ''}`}
            title={said}
            onDoubleClick={() => open && onStart(column.index)}
          >
            {editing === column.index ? (
              <CellInput
                value={row.cells[column.index] ?? ''}
                onCommit={(value) => {
                  onEnd()
                  if (value !== (row.cells[column.index] ?? '')) onEdit(column.index, value)
                }}
                onCancel={onEnd}
              />
            ) : (
              <>
                <span className="el lit num">{placeholder ?? row.cells[column.index] ?? ''}</span>
                {level === 'error' && <span className="s12 tbad el">{said}</span>}
              </>
            )}
          </span>
        )
      })}
      <span />
    </div>
  )
}

function CellInput({ value, onCommit, onCancel }: { value: string; onCommit: (value: string) => void; onCancel: () => void }) {
  const t = useText(text)
  const [typed, setTyped] = useState(value)
  const over = useRef(false)
  const end = (act: () => void) => {
    if (over.current) return
    over.current = true
    act()
  }
  return (
    <input
      className="imp-input"
      aria-label={t('editHint')}
      autoFocus
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => end(() => onCommit(typed))}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') end(() => onCommit(typed))
        if (event.key === 'Escape') end(onCancel)
      }}
    />
  )
}
