import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Employee } from '../../../src-shared/features/people/model.ts'
import { useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { lookingText, useLookAs } from '../looking/public.ts'
import { text } from './text.ts'

/** What can be done with a colleague beside changing him. */
export function Leaving({ employee }: { employee: Employee }) {
  const t = useText(text)
  const tl = useText(lookingText)
  const lookAs = useLookAs()
  const navigate = useNavigate()
  // Nobody hands over for himself.
  if (employee.id === useMe().employeeId) return null
  const { userId } = employee
  return (
    <div className="row g8">
      {userId !== null && (
        <Button
          size="small"
          onClick={() => void navigate({ to: '/settings/access' as string, search: { who: userId } as never })}
        >
          {t('access')}
        </Button>
      )}
      {userId !== null && !employee.disabled && (
        <Button size="small" onClick={() => void lookAs({ userId, name: employee.name })}>
          {tl('lookAs')}
        </Button>
      )}
      <Button size="small" onClick={() => void navigate({ to: `/handover/${employee.id}` })}>
        {t('handOver')}
      </Button>
    </div>
  )
}
