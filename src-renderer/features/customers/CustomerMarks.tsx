import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { Chip } from '../../components/marks.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { optionWord, STATUS_TONE } from './words.tsx'

export function StatusChip({ status }: { status: Customer['status'] }) {
  const t = useText(text)
  if (status === null) return null
  return <Chip tone={STATUS_TONE[status]}>{optionWord(t, 'status', status)}</Chip>
}
