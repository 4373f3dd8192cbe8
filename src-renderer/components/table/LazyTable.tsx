import { lazy, Suspense } from 'react'
import { SkeletonRows } from '../states.tsx'
import type { EntityTableProps } from './EntityTable.tsx'

type AnyTable = <Row>(props: EntityTableProps<Row>) => React.ReactNode
// `lazy` forgets that the table is generic; the cast gives it back.
const Table = lazy(() =>
  import('./EntityTable.tsx').then((module) => ({
    default: module.EntityTable as (props: EntityTableProps<unknown>) => React.ReactNode,
  })),
) as unknown as AnyTable

/** The list, loaded after the page around it is there. */
export function LazyTable<Row>(props: EntityTableProps<Row>) {
  return (
    <Suspense
      fallback={
        <div className="grid-wrap">
          <SkeletonRows rows={16} />
        </div>
      }
    >
      <Table<Row> {...props} />
    </Suspense>
  )
}
