import { InfoCircleOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Select } from 'antd'
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
  const rows = useQuery(
    useApi().imports.rows.queryOptions({
      input: { id: detail.id, offset: 0, limit: SHOWN },
      queryKey: ['imports', 'rows', detail.id, detail.sheet],
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
        {detail.encoding && <span className="t3 lit">{t('encoding', { encoding: detail.encoding })}</span>}
        <span className="grow" />
        <span className="t3 s12">{t('headerHint')}</span>
      </div>
      {detail.notes.length > 0 && (
        <div className="imp-notes s12">
          <InfoCircleOutlined /> {t('notes')}：{detail.notes.map((note) => noteWord(t, note)).join('；')}
        </div>
      )}
      <div className="imp-sheet">
        <table className="imp-raw">
          <tbody>
            {(rows.data?.rows ?? []).map((row) => (
              <tr
                key={row.row}
                className={row.row === detail.headerRow ? 'head' : row.row < detail.headerRow ? 'above' : ''}
                onClick={() => setLayout({ headerRow: row.row })}
              >
                <th className="num">{row.row}</th>
                {detail.columns.map((column) => (
                  <td key={column.index} className="lit">
                    {row.cells[column.index] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Layout>
  )
}

function noteWord(
  t: Translate<ImportWord>,
  note: { code: string; row?: number | undefined; count?: number | undefined },
): string {
  if (!NOTES.includes(note.code)) return note.code
  return t(`note_${note.code}` as ImportWord, { row: note.row ?? '', count: note.count ?? '' })
}
