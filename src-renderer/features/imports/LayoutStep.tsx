import { InfoCircleOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { Loaded } from '../../components/settings/SettingsPage.tsx'
import { Chip, type Tone } from '../../components/marks.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { labelled, type Translate, useText } from '../../kernel/text.ts'
import { Layout, type StepProps } from './ImportLayout.tsx'
import { KindOffer, KindOfImport } from './KindChoice.tsx'
import { type ImportWord, text } from './text.ts'

const SHOWN = 50
const LAST = 4
const NOTES: readonly string[] = [
  'badBytes',
  'unclosedQuote',
  'formulaWithoutValue',
  'sheetSkipped',
  'duplicatePart',
  'stylesUnreadable',
  'rowsOutOfOrder',
  'guessedSeparator',
]

/** Step 1 once there is a file: which sheet, which row names the columns; both found by the program and changeable. */
export function LayoutStep({ detail, steps, go }: StepProps) {
  const t = useText(text)
  const navigate = useNavigate()
  const { rows, end } = useSheetRows(detail)
  const setLayout = (change: { sheet?: number; headerRow?: number }) => steps.setLayout.mutate({ id: detail.id, ...change })
  return (
    <Layout
      detail={detail}
      step={0}
      go={go}
      left={<Button onClick={() => void navigate({ to: '/imports' })}>{t('otherFile')}</Button>}
      primary={
        <Button type="primary" onClick={() => go(1)}>
          {t('nextMap')}
        </Button>
      }
    >
      <KindOffer detail={detail} steps={steps} />
      <div className="row g16 imp-bar">
        <KindOfImport detail={detail} steps={steps} />
        {detail.sheets.length > 1 && (
          <span className="row g8">
            <span className="t3">{t('sheet')}</span>
            <Select
              size="small"
              aria-label={t('sheet')}
              value={detail.sheet}
              style={{ minWidth: 140 }}
              options={detail.sheets.map((sheet, value) => ({
                value,
                label: sheet.hidden ? t('hiddenSheet', { name: sheet.name }) : sheet.name,
              }))}
              onChange={(sheet) => setLayout({ sheet })}
            />
          </span>
        )}
        <span className="b">{headerWord(t, detail)}</span>
        <span className="t3">{t('dataRows', { n: formatNumber(detail.dataRows) })}</span>
        {detail.encoding && <span className="t3 lit">{t('encoding', { encoding: detail.encoding.toUpperCase() })}</span>}
        <span className="grow" />
        <span className="row g8">
          <span className="t3 s12">{t('headerHint')}</span>
          {detail.headerRow !== 0 && (
            <Button size="small" type="text" onClick={() => setLayout({ headerRow: 0 })}>
              {t('noHeaderRow')}
            </Button>
          )}
        </span>
      </div>
      {detail.notes.length > 0 && (
        <div className="imp-notes s12">
          <InfoCircleOutlined /> {labelled(t('notes'), detail.notes.map((note) => noteWord(t, note)).join(t('noteBetween')))}
        </div>
      )}
      <div className="imp-sheet">
        <Loaded query={rows} feature="imports" rows={12} height={28}>
          {(found) => (
            <RawRows
              detail={detail}
              rows={found.rows}
              end={end.data?.rows ?? []}
              total={found.total}
              onHeader={(headerRow) => setLayout({ headerRow })}
            />
          )}
        </Loaded>
      </div>
    </Layout>
  )
}

/** The first rows of the sheet and, where it is long, its last ones: there stands its sum. */
function useSheetRows(detail: StepProps['detail']) {
  const api = useApi()
  const input = { id: detail.id, offset: 0, limit: SHOWN }
  const rows = useQuery(
    api.imports.rows.queryOptions({
      input,
      // The sheet is a choice of the import, not of the question; other rows all the same.
      queryKey: [...api.imports.rows.queryKey({ input }), detail.sheet, detail.headerRow],
      placeholderData: keepPreviousData,
    }),
  )
  const total = rows.data?.total ?? 0
  const last = { id: detail.id, offset: Math.max(SHOWN, total - LAST), limit: LAST }
  const end = useQuery(
    api.imports.rows.queryOptions({
      input: last,
      queryKey: [...api.imports.rows.queryKey({ input: last }), detail.sheet, detail.headerRow],
      enabled: total > SHOWN,
    }),
  )
  return { rows, end }
}

type RawRow = { row: number; kind: 'title' | 'header' | 'data' | 'total'; cells: readonly string[] }
type RawProps = {
  detail: StepProps['detail']
  rows: readonly RawRow[]
  /** The last rows of a long sheet, where its sum stands. */
  end: readonly RawRow[]
  total: number
  onHeader: (row: number) => void
}

/** The sheet as it stands in the file, each row marked as what it is taken for; a row is clicked, or its number pressed, to name the columns. */
function RawRows({ detail, rows, end, total, onHeader }: RawProps) {
  const t = useText(text)
  const between = total - rows.length - end.length
  return (
    <table className="imp-raw">
      <tbody>
        {rows.map((row) => (
          <RawLine key={row.row} detail={detail} {...row} onHeader={onHeader} />
        ))}
        {between > 0 && (
          <tr className="above between">
            <th />
            <td colSpan={detail.columns.length + 1}>{t('rowsBetween', { n: formatNumber(between) })}</td>
          </tr>
        )}
        {end.map((row) => (
          <RawLine key={row.row} detail={detail} {...row} onHeader={onHeader} />
        ))}
      </tbody>
    </table>
  )
}

const CLASSES: Record<RawRow['kind'], string> = { header: 'head', title: 'above', total: 'above', data: '' }
const TONES: Record<RawRow['kind'], Tone> = { header: 'brand', title: 'ink', total: 'warn', data: 'ink' }

function RawLine({ detail, row, kind, cells, onHeader }: RawRow & Pick<RawProps, 'detail' | 'onHeader'>) {
  const t = useText(text)
  return (
    <tr className={CLASSES[kind]} onClick={() => onHeader(row)}>
      <th className="num" scope="row">
        {/* Its click is the row's. */}
        <button
          type="button"
          className="bare imp-rownumber"
          aria-pressed={row === detail.headerRow}
          aria-label={t('headerIs', { n: row })}
        >
          {row}
        </button>
      </th>
      <td className="imp-kind">{kind !== 'data' && <Chip tone={TONES[kind]}>{t(`raw_${kind}`)}</Chip>}</td>
      {detail.columns.map((column) => (
        <td key={column.index} className="lit" title={cells[column.index] ?? ''}>
          {cells[column.index] ?? ''}
        </td>
      ))}
    </tr>
  )
}

function headerWord(t: Translate<ImportWord>, { headerRow, groupsRow }: StepProps['detail']): string {
  if (headerRow === 0) return t('noHeader')
  return groupsRow === null ? t('headerRow', { n: headerRow }) : t('headerRows', { from: groupsRow, n: headerRow })
}

function noteWord(
  t: Translate<ImportWord>,
  note: { code: string; row?: number | undefined; count?: number | undefined },
): string {
  if (!NOTES.includes(note.code)) return note.code
  return t(`note_${note.code}` as ImportWord, { row: note.row ?? '', count: note.count ?? '' })
}
