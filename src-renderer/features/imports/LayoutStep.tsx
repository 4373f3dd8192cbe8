import { InfoCircleOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { Loaded } from '../../components/settings/SettingsPage.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { Layout, type StepProps } from './ImportLayout.tsx'
import { type ImportWord, text } from './text.ts'

const SHOWN = 50
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
  const api = useApi()
  const input = { id: detail.id, offset: 0, limit: SHOWN }
  const rows = useQuery(
    api.imports.rows.queryOptions({
      input,
      // The sheet is a choice of the import, not of the question; other rows all the same.
      queryKey: [...api.imports.rows.queryKey({ input }), detail.sheet],
      placeholderData: keepPreviousData,
    }),
  )
  const setLayout = (change: { sheet?: number; headerRow?: number }) => steps.setLayout.mutate({ id: detail.id, ...change })
  return (
    <Layout
      detail={detail}
      step={0}
      left={<Button onClick={() => void navigate({ to: '/imports' })}>{t('otherFile')}</Button>}
      primary={
        <Button type="primary" onClick={() => go(1)}>
          {t('nextMap')}
        </Button>
      }
    >
      <div className="row g16 imp-bar">
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
        <span className="b">{detail.headerRow === 0 ? t('noHeader') : t('headerRow', { n: detail.headerRow })}</span>
        <span className="t3">{t('dataRows', { n: formatNumber(detail.dataRows) })}</span>
        {detail.encoding && <span className="t3 lit">{t('encoding', { encoding: detail.encoding.toUpperCase() })}</span>}
        <span className="grow" />
        <span className="t3 s12">{t('headerHint')}</span>
      </div>
      {detail.notes.length > 0 && (
        <div className="imp-notes s12">
          <InfoCircleOutlined /> {t('notes')}：{detail.notes.map((note) => noteWord(t, note)).join('；')}
        </div>
      )}
      <div className="imp-sheet">
        <Loaded query={rows} feature="imports" rows={12} height={28}>
          {(found) => <RawRows detail={detail} rows={found.rows} onHeader={(headerRow) => setLayout({ headerRow })} />}
        </Loaded>
      </div>
    </Layout>
  )
}

type RawProps = {
  detail: StepProps['detail']
  rows: readonly { row: number; cells: readonly string[] }[]
  onHeader: (row: number) => void
}

/** The sheet as it stands in the file; a row is clicked, or its number pressed, to name the columns. */
function RawRows({ detail, rows, onHeader }: RawProps) {
  const t = useText(text)
  return (
    <table className="imp-raw">
      <tbody>
        {rows.map(({ row, cells }) => (
          <tr
            key={row}
            className={row === detail.headerRow ? 'head' : row < detail.headerRow ? 'above' : ''}
            onClick={() => onHeader(row)}
          >
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
            {detail.columns.map((column) => (
              <td key={column.index} className="lit">
                {cells[column.index] ?? ''}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function noteWord(
  t: Translate<ImportWord>,
  note: { code: string; row?: number | undefined; count?: number | undefined },
): string {
  if (!NOTES.includes(note.code)) return note.code
  return t(`note_${note.code}` as ImportWord, { row: note.row ?? '', count: note.count ?? '' })
}
