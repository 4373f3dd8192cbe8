import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Selection } from '../../../src-shared/kernel/list.ts'
import { useMe } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { mayAskBy } from '../filter/askBy.ts'
import { countSelected, type RowSelection, selectionInput } from '../table/selection.ts'
import { type SumField, SumsFoot } from './SumsFoot.tsx'
import type { ViewedList } from './useViewedList.ts'

type ListFootProps = {
  list: ViewedList
  entity: EntityDescriptor
  /** The fields whose columns are shown: those may be summed. */
  columns: readonly string[]
  selection: RowSelection
  /** How many there are and how many are chosen, in the words of the page; `n` is … until it is known. */
  words: (key: 'count' | 'countCapped' | 'selectedCount', values: { n: string }) => string
}

/** How many there are, how many are chosen, and what chosen columns add up to; while it counts, the last number in grey. */
export function ListFoot({ list, entity, columns, selection, words }: ListFootProps) {
  const me = useMe()
  const selected = countSelected(selection, list.total) ?? 0
  const fields = entity.fields.flatMap(({ key, type, unit }): SumField[] =>
    type === 'tags' || !columns.includes(key) || !mayAskBy(me, entity.name, key)
      ? []
      : [{ key, type, unit, label: fieldWord(entity.feature, key) }],
  )
  const chosen: Selection = selected > 0 ? selectionInput(selection, list.which) : { which: list.which, except: [] }
  return (
    <>
      <span className={list.isTotalOld ? 't3' : 't1'}>
        {words(list.isCapped ? 'countCapped' : 'count', { n: list.total === undefined ? '…' : formatNumber(list.total) })}
      </span>
      {selected > 0 && <span>{words('selectedCount', { n: formatNumber(selected) })}</span>}
      <SumsFoot
        fields={fields}
        sums={list.state.sums}
        onSums={(sums) => list.setState({ sums })}
        selection={chosen}
        query={(input) => ({
          ...list.calls.sums({ ...input, ...('ids' in chosen && list.pool !== undefined && { pool: list.pool }) }),
          staleTime: 15_000,
        })}
      />
    </>
  )
}
