import { ExportOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { type ExportWhat, useExport } from './useExport.ts'

/** The list as it stands now, as a workbook or as text. */
export function ExportMenu({ what }: { what: () => ExportWhat }) {
  const t = useText(text)
  const { start, isRunning } = useExport()
  const items = [
    { key: 'hint', label: t('shownColumns'), disabled: true },
    { key: 'xlsx', label: t('xlsx') },
    { key: 'csv', label: t('csv') },
  ]
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items, onClick: ({ key }) => start({ ...what(), format: key === 'csv' ? 'csv' : 'xlsx' }) }}
    >
      <Button icon={<ExportOutlined />} loading={isRunning}>
        {t('export')}
      </Button>
    </Dropdown>
  )
}
