import type { Arrangement, View, ViewDefinition, ViewKind } from '../../../src-shared/features/views/model.ts'
import type { Filter, Sort } from '../../../src-shared/kernel/list.ts'

/** A view that the program brings along; it cannot be overwritten, only saved under another name. */
export type SystemView = {
  readonly key: string
  readonly label: string
  readonly filter: Filter | null
  readonly sorts?: readonly Sort[]
  /** Columns that it is about: they stand behind the name, even those that lists do not show by themselves. */
  readonly shows?: readonly string[]
}

/** A view as the line of tabs has it, the program's own or a stored one. */
export type Tab = {
  readonly key: string
  readonly label: string
  readonly definition: ViewDefinition
  readonly kind: ViewKind
  /** Null for the program's own. */
  readonly view: View | null
  readonly isPinned: boolean
  readonly shows: readonly string[]
}

const plain = ({ filter, sorts }: SystemView): ViewDefinition => ({
  filter,
  sorts: [...(sorts ?? [])],
  layout: null,
  density: null,
  sums: [],
})

/** Every view in the order that its reader gave them; new ones stand at the end. Those that are only managed are not in the line. */
export function arrangeTabs(system: readonly SystemView[], views: readonly View[], { order, unpinned }: Arrangement): Tab[] {
  const tabs: Tab[] = [
    ...system.map((one) => ({
      key: one.key,
      label: one.label,
      definition: plain(one),
      kind: 'table' as const,
      view: null,
      isPinned: !unpinned.includes(one.key),
      shows: one.shows ?? [],
    })),
    ...views.map((view) => ({
      key: view.id as string,
      label: view.name,
      definition: view.definition,
      kind: view.kind,
      view,
      isPinned: view.isForMe && !unpinned.includes(view.id),
      shows: [],
    })),
  ]
  const rank = (tab: Tab) => {
    const at = order.indexOf(tab.key)
    return at < 0 ? order.length + tabs.indexOf(tab) : at
  }
  return [...tabs].sort((a, b) => rank(a) - rank(b))
}

/** The arrangement with a tab moved one place. */
export function moved(tabs: readonly Tab[], arrangement: Arrangement, key: string, by: -1 | 1): Arrangement {
  const order = tabs.map((tab) => tab.key)
  const at = order.indexOf(key)
  const to = at + by
  if (at < 0 || to < 0 || to >= order.length) return arrangement
  order.splice(at, 1)
  order.splice(to, 0, key)
  return { ...arrangement, order }
}

export const withPin = (arrangement: Arrangement, key: string, pinned: boolean): Arrangement => ({
  ...arrangement,
  unpinned: pinned ? arrangement.unpinned.filter((one) => one !== key) : [...new Set([...arrangement.unpinned, key])],
})
