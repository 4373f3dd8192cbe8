import { ExportOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { type ExportPart, type ExportWhat, useExport } from './useExport.ts'

/** The list as it stands now, as a workbook or as text; `parts`: what hangs on its records, as workbooks of their own. */
export function ExportMenu({ what, parts = [] }: { what: () => ExportWhat; parts?: readonly ExportPart[] }) {
  const t = useText(text)
  const { start, isRunning } = useExport()
  const items = [
    { key: 'hint', label: t('shownColumns'), disabled: true },
    { key: 'xlsx', label: t('xlsx') },
    { key: 'csv', label: t('csv') },
    ...(parts.length > 0 ? [{ type: 'divider' as const }] : []),
    ...parts.map((part) => ({ key: part, label: t(`part_${part}`) })),
  ]
  const onClick = ({ key }: { key: string }) => {
    const { columns, ...which } = what()
    const part = parts.find((one) => one === key)
    start(
      part
        ? { ...which, part, format: 'xlsx' }
        : { ...which, ...(columns && { columns }), format: key === 'csv' ? 'csv' : 'xlsx' },
    )
  }
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick }}>
      <Button icon={<ExportOutlined />} loading={isRunning}>
        {t('export')}
      </Button>
    </Dropdown>
  )
}
