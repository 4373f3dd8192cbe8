import type { QueryKey, UseQueryOptions } from '@tanstack/react-query'
import type { ListInput } from '../../../src-shared/kernel/list.ts'
import { useNeighboursIn } from '../../components/neighbours/useNeighbours.ts'
import type { PageOf } from '../../components/table/columns.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type Options<Row> = {
  /** The address of the list. */
  to: string
  /** What the keys stand under. */
  group: string
  page: (input: ListInput) => UseQueryOptions<PageOf<Row>, Error, PageOf<Row>, QueryKey>
}

/** The record before and after in the list one came from, by Ctrl+← and Ctrl+→, too; as the head of a record takes them. */
export function useNeighbours<Row extends { readonly id: string }>(id: string, { to, group, page }: Options<Row>) {
  const t = useText(text)
  const { position, previous, next } = useNeighboursIn<Row>(id, { to, page })
  useShortcut('Ctrl+ArrowLeft', previous ? { label: t('previous'), group } : null, () => void previous?.())
  useShortcut('Ctrl+ArrowRight', next ? { label: t('next'), group } : null, () => void next?.())
  return { position, onPrevious: previous, onNext: next }
}
