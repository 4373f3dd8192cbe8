import { UndoOutlined, WarningFilled } from '@ant-design/icons'
import { type KeyboardEvent, useState } from 'react'
import type { CheckRow, ImportColumn } from '../../../src-shared/features/imports/model.ts'
import { reasonText } from '../../../src-shared/features/imports/text.ts'
import { Chip, type Tone } from '../../components/marks.tsx'
import { type Move, useEditorKeys } from '../../components/useEditorKeys.ts'
import { useLanguage, useText } from '../../kernel/text.ts'
import { isOfFile } from './checkColumns.ts'
import { chipOf } from './chipOf.ts'
import { onDelete } from './leaveOut.ts'
import { linesOf, problemOf } from './problemsOf.ts'
import { type ImportWord, text } from './text.ts'

const TONES: Record<ReturnType<typeof chipOf>, Tone> = {
  create: 'ok',
  update: 'brand',
  skip: 'ink',
  skipUnchanged: 'ink',
  failed: 'bad',
  dupChip: 'plum',
}

export type RowProps = {
  row: CheckRow
  columns: readonly ImportColumn[]
  template: string
  editing: number | null
  /** The cells of the row above: Ctrl D takes over what stands there. */
  above: readonly string[] | null
  readOnly: boolean
  /** Whom a name of the file was put to; null where nobody decided. */
  putTo: (column: ImportColumn, word: string) => string | null
  /** Who becomes the owner by default where the cell names nobody. */
  byDefault: (column: ImportColumn) => string | null
  /** Where Tab enters the grid; the others are reached by arrows. */
  isTabStop: boolean
  onFocus: () => void
  /** What a column is called here. */
  headOf: (column: ImportColumn) => string
  /** What an option is called here. */
  wordOf: (column: ImportColumn, option: string) => string
  onStart: (column: number) => void
  onEnd: (move: Move) => void
  onEdit: (column: number, text: string) => void
  /** True: leave it out; false: take that back. */
  onLeaveOut: (out: boolean) => void
  onStep: (by: 1 | -1) => void
}

/** One row of the file with what will become of it; errors stand in their cells. */
export function CheckRowView({
  row,
  columns,
  template,
  editing,
  above,
  readOnly,
  putTo,
  byDefault,
  isTabStop,
  headOf,
  wordOf,
  ...does
}: RowProps) {
  const t = useText(text)
  const language = useLanguage()
  const open = row.kind === 'data' && !readOnly
  const keys = useRowKeys(row, columns, open && editing === null, does)
  return (
    <div
      className={`imp-grid-row ${row.plan}${row.match ? ' dup' : ''}`}
      role="row"
      tabIndex={open && isTabStop ? 0 : -1}
      onFocus={does.onFocus}
      style={{ gridTemplateColumns: template }}
      onKeyDown={keys}
    >
      <span className="num t3 r" role="cell">
        {row.row}
      </span>
      <Outcome row={row} open={open} onBack={() => does.onLeaveOut(false)} />
      {columns.map((column, position) => {
        const { said, level } = problemOf(language, row, column, position === 0)
        const value = row.cells[column.index] ?? ''
        const option = row.options?.[column.index]
        const shown = option === undefined ? (putTo(column, value) ?? value) : wordOf(column, option)
        const written = shown === value ? '' : t('inFile', { value })
        const placeholder =
          position === 0 && row.kind !== 'data' && value === ''
            ? t((row.kind === 'title' ? 'titleRow' : 'totalRow') as ImportWord)
            : null
        return (
          <span
            key={column.index}
            role="cell"
            className={`imp-cell ${level ?? ''}`}
            title={[said, written].filter(Boolean).join('\n')}
            onDoubleClick={() => open && isOfFile(column) && does.onStart(column.index)}
          >
            {editing === column.index ? (
              <CellInput
                value={value}
                label={column.header || column.letter}
                above={above?.[column.index] ?? null}
                onCommit={(typed, move) => {
                  does.onEnd(move)
                  if (typed !== value) does.onEdit(column.index, typed)
                }}
                onCancel={() => does.onEnd('stay')}
              />
            ) : (
              <>
                <Said said={placeholder ?? shown} instead={byDefault(column)} />
                {level && !readOnly && <span className={`s12 imp-problem ${toneOf(level)}`}>{said}</span>}
              </>
            )}
          </span>
        )
      })}
      <span />
      {readOnly && <WhyBelow row={row} columns={columns} headOf={headOf} />}
    </div>
  )
}

const toneOf = (level: 'error' | 'warning' | null): string => (level === 'error' ? 'tbad' : level === 'warning' ? 'twarn' : 't3')

/** On a phone most cells lie beyond the edge: what is wrong stands below the row, and stays in sight while its cells go by. */
function WhyBelow({ row, columns, headOf }: Pick<RowProps, 'row' | 'columns' | 'headOf'>) {
  const t = useText(text)
  const lines = linesOf(useLanguage(), row, columns, headOf)
  return lines.length === 0 ? null : (
    <span role="cell" className="imp-below s12">
      {lines.map(({ key, level, head, said }) => (
        <span key={key} className={toneOf(level)}>
          {head && <b>{head + t('colon')}</b>}
          {said}
        </span>
      ))}
    </span>
  )
}

/** What becomes of the row, and the way back where somebody left it out. */
function Outcome({ row, open, onBack }: { row: CheckRow; open: boolean; onBack: () => void }) {
  const t = useText(text)
  const language = useLanguage()
  const chip = chipOf(row)
  return (
    <span role="cell" className="imp-result" title={row.reason === null ? undefined : reasonText(language, row.reason)}>
      <Chip tone={TONES[chip]}>{t(chip)}</Chip>
      {row.problems.some((problem) => problem.level === 'warning') && (
        <WarningFilled className="twarn" role="img" aria-label={t('warnChip')} />
      )}
      {open && onDelete(row) === 'takeBack' && (
        <button
          type="button"
          className="bare icb imp-back"
          // Delete in the row does the same.
          tabIndex={-1}
          title={t('takeBack')}
          aria-label={t('takeBackRow', { n: row.row })}
          onClick={onBack}
        >
          <UndoOutlined />
        </button>
      )}
    </span>
  )
}

/** What a cell comes to; in grey what is put there where it says nothing. */
const Said = ({ said, instead }: { said: string; instead: string | null }) => (
  <span className={`el lit num${said === '' && instead !== null ? ' t3' : ''}`} title={(said === '' && instead) || undefined}>
    {said === '' ? instead : said}
  </span>
)

type Does = Pick<RowProps, 'onStart' | 'onLeaveOut' | 'onStep'>

/** Delete leaves out and takes back, F2 or Enter edit what is wrong, arrows go on. */
function useRowKeys(row: CheckRow, columns: readonly ImportColumn[], isOn: boolean, { onStart, onLeaveOut, onStep }: Does) {
  const edit = () => {
    const wrong = row.problems.find(({ column, level }) => level === 'error' && columns.some(({ index }) => index === column))
    const column = wrong?.column ?? columns.find(isOfFile)?.index
    if (column !== undefined) onStart(column)
  }
  const leave = () => {
    const what = onDelete(row)
    if (what) onLeaveOut(what === 'leaveOut')
  }
  const acts: Record<string, () => void> = {
    Delete: leave,
    F2: edit,
    Enter: edit,
    ArrowDown: () => onStep(1),
    ArrowUp: () => onStep(-1),
  }
  return (event: KeyboardEvent) => {
    const act = acts[event.key]
    // A button inside the row has keys of its own.
    if (!act || !isOn || event.target !== event.currentTarget) return
    event.preventDefault()
    act()
  }
}

type InputProps = {
  value: string
  label: string
  above: string | null
  onCommit: (value: string, move: Move) => void
  onCancel: () => void
}

function CellInput({ value, label, above, onCommit, onCancel }: InputProps) {
  const [typed, setTyped] = useState(value)
  const { once, onKeyDown } = useEditorKeys({ commit: (move) => onCommit(typed, move), onCancel, isDirty: typed !== value })
  return (
    <input
      className="imp-input"
      aria-label={label}
      autoFocus
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => once(() => onCommit(typed, 'stay'))}
      onKeyDown={(event) => {
        if (above !== null && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'd') {
          event.preventDefault()
          once(() => onCommit(above, 'down'))
        } else onKeyDown(event)
      }}
    />
  )
}
