import { Suspense, useState } from 'react'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { FilterButton } from '../filter/FilterButton.tsx'
import { ColumnChooser } from '../table/ColumnChooser.tsx'
import type { Column } from '../table/columns.ts'
import { shownColumns } from '../table/layout.ts'
import { KindSwitch } from './KindSwitch.tsx'
import { SortMenu } from './SortMenu.tsx'
import type { ViewActions } from './useViewActions.ts'
import type { ViewedList } from './useViewedList.ts'

const ViewDialog = later(() => import('./ViewDialog.tsx').then((module) => module.ViewDialog))

type ListToolsProps<Row> = {
  list: ViewedList
  actions: ViewActions
  columns: readonly Column<Row>[]
  /** What else one may sort by, though no column shows it. */
  alsoSorted?: readonly { key: string; label: string }[]
  /** The list has quick filters of its own. */
  hasQuick?: boolean | undefined
  /** What its order is called as long as nobody chose one. */
  standardSort?: string | undefined
}

/** 筛选 · 排序 · 列: what the list shows, in which order, how. */
export function ListTools<Row>({ list, actions, columns, alsoSorted = [], hasQuick, standardSort }: ListToolsProps<Row>) {
  const isPhone = useIsPhone()
  const [naming, setNaming] = useState(false)
  const { state, setState, layout } = list
  // What is shown comes first: by that one mostly sorts.
  const shown = shownColumns(columns, layout.layout)
  const sortable = [...shown, ...columns.filter((column) => !shown.includes(column))]
    .filter((column) => column.sortable)
    .map(({ key, title }) => ({ key, label: title }))
  return (
    <>
      <FilterButton
        hasQuick={hasQuick}
        fields={list.fields}
        filter={state.filter}
        onFilter={(filter) => setState({ filter })}
        count={(filter) => ({ ...list.calls.count(list.whichOf({ ...state, filter })), staleTime: 15_000 })}
        onSaveView={() => setNaming(true)}
      />
      {state.kind !== 'calendar' && (
        <SortMenu
          sorts={list.sorts}
          fields={[...sortable, ...alsoSorted]}
          standard={standardSort}
          onSorts={(sorts) => setState({ sorts })}
        />
      )}
      {!isPhone && state.kind === 'table' && (
        <ColumnChooser
          columns={columns}
          layout={layout.layout}
          onLayout={layout.setLayout}
          density={layout.density}
          onDensity={layout.setDensity}
        />
      )}
      {list.kinds && <KindSwitch kinds={list.kinds} kind={state.kind} onKind={(kind) => setState({ kind })} />}
      <Suspense>{naming && <ViewDialog list={list} actions={actions} view={null} onClose={() => setNaming(false)} />}</Suspense>
    </>
  )
}
