import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { type Neighbours, useNeighboursIn } from '../../components/neighbours/useNeighbours.ts'
import { useApi } from '../../kernel/context.tsx'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** The opportunity before and after in the list or column one came from, by Ctrl+← and Ctrl+→, too. */
export function useNeighbours(id: string): Neighbours {
  const t = useText(text)
  const api = useApi()
  const found = useNeighboursIn<Opportunity>(id, {
    to: '/opportunities',
    page: (input) => api.opportunities.list.queryOptions({ input }),
  })
  const { previous, next } = found
  const group = t('crumb')
  useShortcut('Ctrl+ArrowLeft', previous ? { label: t('previous'), group } : null, () => void previous?.())
  useShortcut('Ctrl+ArrowRight', next ? { label: t('next'), group } : null, () => void next?.())
  return found
}
