import { EyeOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** Above every page while somebody looks as another user. */
export function LookingBanner() {
  const t = useText(text)
  const { lookedBy, name } = useMe()
  const leave = useMutation(useApi().looking.leave.mutationOptions({ onSuccess: () => location.assign('/') }))
  if (lookedBy === null) return null
  return (
    <div className="banner lamp" role="status">
      <EyeOutlined />
      {t('banner', { name })}
      <Button size="small" loading={leave.isPending} onClick={() => leave.mutate({})}>
        {t('leave')}
      </Button>
    </div>
  )
}
