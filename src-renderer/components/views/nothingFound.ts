import { countRules } from '../filter/count.ts'
import type { ViewedList } from './useViewedList.ts'

/** Of an empty list: by how many conditions it is, and the way to see more. None = there is nothing at all. */
export function nothingFound(list: ViewedList): { readonly conditions: number; readonly clear: () => void } {
  const { q, filter, batch } = list.state
  const own = list.current.definition.filter
  const isView = filter === own && filter !== null && !q.trim() && !batch
  return {
    // What the whole list leaves out by itself is no condition of anybody's.
    conditions: isView && list.current.key === 'all' ? 0 : countRules(filter) + (q.trim() ? 1 : 0) + (batch ? 1 : 0),
    // A view that finds nothing by itself is left for the whole list; what was added to it goes first.
    clear: () =>
      isView ? list.choose('all') : list.setState({ q: '', batch: '', file: '', filter: filter === own ? filter : null }),
  }
}
