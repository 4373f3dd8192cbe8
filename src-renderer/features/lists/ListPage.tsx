import { type ReactNode, Suspense } from 'react'
import type { Viewed } from '../../../src-shared/features/views/plain.ts'
import { ToolBar } from '../../components/page.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { LoadFailed } from '../../components/states.tsx'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import type { EntityTableProps } from '../../components/table/EntityTable.tsx'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import { DirtyBar } from '../../components/views/DirtyBar.tsx'
import { ListFoot } from '../../components/views/ListFoot.tsx'
import { ListTools } from '../../components/views/ListTools.tsx'
import { NamedChip } from '../../components/views/NamedChip.tsx'
import { NotAsked } from '../../components/views/NotAsked.tsx'
import type { Values } from '../../kernel/text.ts'
import type { ExportPart, ExportWhat } from '../exports/public.ts'
import { ListEmpty } from './ListEmpty.tsx'
import { ListHead, type Making } from './ListHead.tsx'
import type { RecordList } from './useRecordList.ts'

/** What a panel beside a list is given. */
export type PanelAt<Row> = {
  readonly row: Row
  readonly position: { index: number; total: number | undefined } | null
  readonly onStep: (by: number) => void
  readonly onOpen: (row: Row) => void
  readonly onClose: () => void
}
/** What every list says in the words of its records. */
export type ListWord = 'search' | 'count' | 'countCapped' | 'selectedCount' | 'emptyTitle' | 'emptyHint'

export type ListPageProps<Row extends { readonly id: string }> = {
  records: RecordList<Row>
  /** 订单: one of them, and all of them. */
  names: { readonly one: string; readonly many: string }
  words: (key: ListWord, values?: Values) => string
  making?: Making | undefined
  /** Opens the wizard that reads a workbook of them, for who may make one. */
  imports?: ReactNode
  /** What hangs on these records and leaves in files of its own. */
  exportParts?: readonly ExportPart[]
  bulk?: readonly BulkAction[]
  edits?: Pick<EntityTableProps<Row>, 'onEdit' | 'closed' | 'cells'>
  describe: EntityTableProps<Row>['describe']
  panel: (at: PanelAt<Row>) => ReactNode
  /** Buttons of the head. */
  head?: ReactNode
  /** Before and behind the words one searches for, or in their place. */
  before?: ReactNode
  quick?: ReactNode
  search?: ReactNode
  tools?: ReactNode
  /** Instead of the words of an empty list. */
  empty?: ReactNode
  /** In the place of the table and its panel: a board with what is open beside it. */
  instead?: ReactNode
  /** Drawers and dialogs. */
  children?: ReactNode
}

/** A list with views, what one does with all of it and with many of it, and one record at its side. */
export function ListPage<Row extends { readonly id: string }>(props: ListPageProps<Row>) {
  const { records, words, tools, before, quick, search, children } = props
  const { list, actions, columns } = records
  return (
    <main className="page">
      <Head {...props} />
      <ToolBar tools={tools ?? <ListTools list={list} actions={actions} columns={columns} />}>
        {before}
        {search ?? (
          <>
            <SearchField label={words('search')} value={list.state.q} onChange={(q) => list.setState({ q })} />
            <NamedChip list={list} />
          </>
        )}
        {quick}
        <DirtyBar list={list} actions={actions} />
      </ToolBar>
      <div className="row grow mh0 stretch">
        <Body {...props} />
      </div>
      <Suspense>{children}</Suspense>
    </main>
  )
}

function Body<Row extends { readonly id: string }>(props: ListPageProps<Row>) {
  const { records, instead, panel } = props
  const { list, entity, related, openPage, beside } = records
  const { opened, position, stepBy, close } = beside
  return (
    <>
      {!list.isAsked ? <NotAsked list={list} entity={entity} related={related} /> : (instead ?? <Rows {...props} />)}
      <Suspense>
        {opened &&
          !instead &&
          panel({
            row: opened.row,
            position,
            onStep: stepBy,
            onOpen: (row) => openPage(row, opened.index),
            onClose: close,
          })}
      </Suspense>
    </>
  )
}

function Head<Row extends { readonly id: string }>({ records, making, imports, head, exportParts = [] }: ListPageProps<Row>) {
  const { list, actions, entity, shown, mayExport } = records
  return (
    <ListHead
      list={list}
      actions={actions}
      entity={entity.name as Viewed}
      making={making}
      {...(mayExport && { exported: { entity: entity.name as ExportWhat['entity'], columns: shown, parts: exportParts } })}
    >
      {head}
      {making && imports}
    </ListHead>
  )
}

function Rows<Row extends { readonly id: string }>(props: ListPageProps<Row>) {
  const { records, names, words, making, imports, bulk = [], edits, describe, empty } = props
  const { list, entity, columns, shown, selection, setSelection, settle, openPage, beside } = records
  const { feature } = entity
  return (
    <LazyTable<Row>
      label={names.many}
      feature={feature}
      columns={columns}
      rowKey={keyOf}
      {...list.table}
      selection={selection}
      onSelection={setSelection}
      {...(bulk.length > 0 && { bulk })}
      openId={beside.opened?.row.id ?? null}
      onOpen={beside.open}
      onOpenPage={openPage}
      {...edits}
      describe={describe}
      empty={
        empty ?? (
          <ListEmpty list={list} what={names.one} title={words('emptyTitle')} hint={words('emptyHint')} making={making}>
            {making && imports}
          </ListEmpty>
        )
      }
      failed={(error, retry) => <LoadFailed error={error} feature={feature} onRetry={retry} />}
      footer={<ListFoot list={list} entity={entity} columns={shown} selection={selection} words={words} />}
      step={beside.step}
      onOpenAt={beside.placed}
      onShown={settle}
    />
  )
}

const keyOf = ({ id }: { readonly id: string }): string => id
