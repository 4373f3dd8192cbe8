import { TeamOutlined, UserAddOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { CLAIM_AT_MOST } from '../../../src-shared/features/pools/limits.ts'
import type { MyPool } from '../../../src-shared/features/pools/model.ts'
import { OPENED_BY_ME } from '../../../src-shared/kernel/filter/fields.ts'
import type { Selection } from '../../../src-shared/kernel/list.ts'
import { LevelChip } from '../../components/marks.tsx'
import { ToolBar } from '../../components/page.tsx'
import { EmptyState, FilteredEmpty, LoadFailed } from '../../components/states.tsx'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import type { Column } from '../../components/table/columns.ts'
import { LazyTable } from '../../components/table/LazyTable.tsx'
import type { Swipe } from '../../components/table/PhoneList.tsx'
import { shownColumns } from '../../components/table/layout.ts'
import { countSelected, NOTHING, type RowSelection, selectionInput } from '../../components/table/selection.ts'
import { useSelection } from '../../components/table/useSelection.ts'
import { RelativeTime } from '../../components/values.tsx'
import { DirtyBar } from '../../components/views/DirtyBar.tsx'
import { ListFoot } from '../../components/views/ListFoot.tsx'
import { ListTools } from '../../components/views/ListTools.tsx'
import { NotAsked } from '../../components/views/NotAsked.tsx'
import { nothingFound } from '../../components/views/nothingFound.ts'
import { useViewActions, type ViewActions } from '../../components/views/useViewActions.ts'
import { formatNumber } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { CustomerFilters, type CustomerList, RELATED_TO_CUSTOMERS } from '../customers/public.ts'
import { useEntities, useEntity } from '../fields/public.ts'
import { PoolHead } from './PoolHead.tsx'
import { text } from './text.ts'
import { useClaim } from './useClaim.ts'
import { type ClaimBarOf, useClaimBar } from './useClaimBar.ts'
import { usePoolColumns } from './usePoolColumns.tsx'
import { usePoolList } from './usePoolList.ts'

const PoolPanel = later(() => import('./PoolPanel.tsx').then((module) => module.PoolPanel))
const AssignDialog = later(() => import('./AssignDialog.tsx').then((module) => module.AssignDialog))

/** The customers of one pool, with views as every list has them. */
export function PoolList({ pool, pools }: { pool: MyPool; pools: readonly MyPool[] }) {
  const navigate = useNavigate()
  const t = useText(text)
  const isPhone = useIsPhone()
  const [opened, setOpened] = useState<Customer | null>(null)
  const [assigning, setAssigning] = useState<Asked | null>(null)
  const claim = useClaim(() => done(), { opens: true })
  const barOf = useClaimBar(pool)
  const claimOne = (row: Customer) => claim.mutate({ ids: [row.id] })
  const columns = usePoolColumns(pool, claimOne, barOf)
  const { list, quick } = usePoolList(pool, columns)
  const actions = useViewActions(list)
  const { selection, setSelection, settle } = useSelection(list.which)
  const done = () => {
    setSelection(NOTHING)
    setOpened(null)
  }
  const bulk = useBulk(pool, list, { selection, claim, barOf, onAssign: setAssigning })
  const shown = shownColumns(columns, list.layout.layout).map(({ key }) => key)
  const openPage = (row: Customer) =>
    pool.dailyViews === null && !isPhone ? void navigate({ to: `/customers/${row.id}` }) : setOpened(row)
  return (
    <>
      <PoolHead pool={pool} pools={pools} list={list} actions={actions} />
      <Bar list={list} quick={quick} actions={actions} columns={columns} />
      <div className="row grow mh0 stretch">
        {list.isAsked ? (
          <LazyTable<Customer>
            label={pool.name}
            feature="customers"
            columns={columns}
            rowKey={(row) => row.id}
            {...list.table}
            selection={selection}
            onSelection={setSelection}
            {...(bulk.length > 0 && { bulk })}
            openId={opened?.id ?? null}
            onOpen={setOpened}
            onOpenPage={openPage}
            describe={(row) => ({ ...describe(row), ...(pool.mayClaim && { swipe: [claimBy(t, row, barOf, claimOne)] }) })}
            empty={<Empty list={list} />}
            failed={failed}
            footer={<Foot list={list} selection={selection} columns={shown} />}
            onShown={settle}
          />
        ) : (
          <Why list={list} />
        )}
        <Suspense>
          {opened && (
            <PoolPanel
              row={opened}
              pool={pool}
              columns={columns}
              isClaiming={claim.isPending}
              onClaim={() => claim.mutate({ ids: [opened.id] })}
              onAssign={() => setAssigning({ n: 1, selection: { ids: [opened.id] } })}
              onClose={() => setOpened(null)}
            />
          )}
        </Suspense>
      </div>
      <Suspense>{assigning && <AssignDialog {...assigning} onDone={done} onClose={() => setAssigning(null)} />}</Suspense>
    </>
  )
}

type BarProps = Pick<ReturnType<typeof usePoolList>, 'list' | 'quick'> & {
  actions: ViewActions
  columns: readonly Column<Customer>[]
}
function Bar({ list, quick, actions, columns }: BarProps) {
  const t = useText(text)
  const alsoSorted = [{ key: OPENED_BY_ME, label: t('recentlyOpened') }]
  return (
    <ToolBar tools={<ListTools list={list} actions={actions} columns={columns} hasQuick alsoSorted={alsoSorted} />}>
      <CustomerFilters list={list} keys={quick} />
      <DirtyBar list={list} actions={actions} />
    </ToolBar>
  )
}

const failed = (error: unknown, retry: () => void) => <LoadFailed error={error} feature="customers" onRetry={retry} />

const Why = ({ list }: { list: CustomerList }) => (
  <NotAsked list={list} entity={useEntity(customerEntity)} related={useEntities(RELATED_TO_CUSTOMERS)} />
)

function Empty({ list }: { list: CustomerList }) {
  const t = useText(text)
  const { conditions, clear } = nothingFound(list)
  if (conditions > 0) return <FilteredEmpty what={t('searchEmpty')} conditions={conditions} onClear={clear} />
  return <EmptyState title={t('empty')} hint={t('emptyHint')} />
}

function Foot({ list, selection, columns }: { list: CustomerList; selection: RowSelection; columns: readonly string[] }) {
  const t = useText(text)
  return <ListFoot list={list} entity={useEntity(customerEntity)} columns={columns} selection={selection} words={t} />
}

type Asked = { n: number; selection: Selection }
type Acts = {
  selection: RowSelection
  claim: ReturnType<typeof useClaim>
  barOf: ClaimBarOf
  onAssign: (asked: Asked) => void
}

/** Chosen customers are claimed one by one, as far as caps go; all of a pool are only assigned. */
function useBulk(pool: MyPool, list: CustomerList, { selection, claim, barOf, onAssign }: Acts): BulkAction[] {
  const t = useText(text)
  const n = countSelected(selection, list.isTotalOld ? undefined : list.total) ?? 0
  const ids = selection.all ? [] : [...selection.ids]
  const why = barOf(null)
  return [
    ...(pool.mayClaim && !selection.all
      ? [
          {
            key: 'claim',
            icon: <UserAddOutlined />,
            label:
              ids.length > CLAIM_AT_MOST
                ? t('claimAtMost', { n: formatNumber(CLAIM_AT_MOST) })
                : t('claimN', { n: formatNumber(n) }),
            disabled: claim.isPending || ids.length === 0 || ids.length > CLAIM_AT_MOST || why !== null,
            why,
            onClick: () => claim.mutate({ ids: ids as Customer['id'][] }),
          },
        ]
      : []),
    ...(pool.mayAssign
      ? [
          {
            key: 'assign',
            icon: <TeamOutlined />,
            label: t('assign'),
            onClick: () => onAssign({ n, selection: selectionInput(selection, list.which) }),
          },
        ]
      : []),
  ]
}

/** With a swipe on a phone. */
const claimBy = (
  t: Translate<keyof (typeof text)['zh-CN']>,
  row: Customer,
  barOf: ClaimBarOf,
  onClaim: (row: Customer) => void,
): Swipe => ({
  key: 'claim',
  label: t('claim'),
  icon: <UserAddOutlined />,
  disabled: barOf(row) !== null,
  run: () => onClaim(row),
})

const describe = (row: Customer) => ({
  title: row.name,
  ...(row.level && { level: <LevelChip level={row.level} /> }),
  facts: [row.city, row.industry, row.poolEnteredAt && <RelativeTime key="in" at={row.poolEnteredAt} />].filter(Boolean),
})
