import { DownOutlined, ImportOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown, Space } from 'antd'
import type { ImportableEntity } from '../../../src-shared/features/imports/model.ts'
import { useCan } from '../../kernel/context.tsx'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type ImportButtonProps = {
  kind: ImportableEntity
  /** What else comes in from files on this page. */
  also?: readonly ImportableEntity[]
}

/** Opens the wizard with the kind of the page it stands on; the page knows whether one may write such records. */
export function ImportButton({ kind, also = [] }: ImportButtonProps) {
  const t = useText(text)
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const mayImport = useCan('imports.run')
  if (!mayImport || isPhone) return null
  const open = (one: ImportableEntity) => void navigate({ to: '/imports', search: { kind: one } } as never)
  const button = (
    <Button icon={<ImportOutlined />} onClick={() => open(kind)}>
      {t(`title_${kind}`)}
    </Button>
  )
  if (also.length === 0) return button
  const items = also.map((one) => ({ key: one, label: t(`title_${one}`), onClick: () => open(one) }))
  return (
    <Space.Compact>
      {button}
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <Button icon={<DownOutlined />} aria-label={t('alsoImports')} title={t('alsoImports')} />
      </Dropdown>
    </Space.Compact>
  )
}
