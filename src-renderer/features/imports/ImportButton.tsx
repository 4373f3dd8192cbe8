import { ImportOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ImportableEntity } from '../../../src-shared/features/imports/model.ts'
import { useCan } from '../../kernel/context.tsx'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** Opens the wizard with the kind of the page it stands on; the page knows whether one may write such records. */
export function ImportButton({ kind }: { kind: ImportableEntity }) {
  const t = useText(text)
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const mayImport = useCan('imports.run')
  if (!mayImport || isPhone) return null
  return (
    <Button icon={<ImportOutlined />} onClick={() => void navigate({ to: '/imports', search: { kind } } as never)}>
      {t(`title_${kind}`)}
    </Button>
  )
}
