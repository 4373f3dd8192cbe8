import { EditOutlined, SwapOutlined, TagOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { Avatar, Person } from '../../components/Avatar.tsx'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import { LevelChip, StatusDot, type Tone } from '../../components/marks.tsx'
import { ToolBar, ViewTabs } from '../../components/page.tsx'
import { SidePanel } from '../../components/SidePanel.tsx'
import { FilteredEmpty, LoadFailed } from '../../components/states.tsx'
import { ColumnChooser } from '../../components/table/ColumnChooser.tsx'
import { EntityTable } from '../../components/table/EntityTable.tsx'
import { standardLayout } from '../../components/table/layout.ts'
import { NOTHING, type RowSelection } from '../../components/table/selection.ts'
import type { Column, Density, SortState } from '../../components/table/columns.ts'
import { Money, PhoneText, RelativeTime } from '../../components/values.tsx'
import { nowMs } from '../../kernel/clock.ts'
import { formatNumber } from '../../kernel/format.ts'
import { sample as s } from './text.ts'

type Row = {
  id: string
  name: string
  level: string
  status: 0 | 1 | 2
  owner: string
  phone: string
  last: string
  deal: number
  city: string
}
const pick = <T,>(list: readonly T[], i: number): T => list[i % list.length] as T
const STATUS: readonly [Tone, string][] = [
  ['ok', s.won],
  ['brand', s.active],
  ['ink', s.potential],
]
const edited = new Map<string, string>()

function rowAt(i: number): Row {
  const city = pick(s.cities, i * 7)
  const id = `row${i}`
  return {
    id,
    name: `${city.slice(-2)}${pick(s.stems, i * 13)}${i}${s.suffix}`,
    level: pick(['A', 'B', 'B', 'C'], i * 3),
    status: pick([0, 1, 2] as const, i * 5),
    owner: pick(s.people, i * 11),
    phone: edited.get(id) ?? `+86138${String(10_000_000 + ((i * 7919) % 89_999_999)).slice(0, 8)}`,
    last: new Date(nowMs() - (i % 40) * 86_400_000).toISOString(),
    deal: i % 3 === 0 ? (i % 997) * 1_234_500 : 0,
    city,
  }
}

const columns: readonly Column<Row>[] = [
  {
    key: 'name',
    title: s.name,
    width: 230,
    sticky: true,
    sortable: true,
    render: (row) => <span className="name-link">{row.name}</span>,
  },
  { key: 'level', title: s.level, width: 56, align: 'center', sortable: true, render: (row) => <LevelChip level={row.level} /> },
  {
    key: 'status',
    title: s.status,
    width: 84,
    render: (row) => <StatusDot tone={STATUS[row.status]?.[0] ?? 'ink'}>{STATUS[row.status]?.[1]}</StatusDot>,
  },
  { key: 'owner', title: s.owner, width: 100, render: (row) => <Person name={row.owner} /> },
  {
    key: 'phone',
    title: s.phone,
    width: 140,
    render: (row) => <PhoneText phone={row.phone} />,
    edit: { kind: 'phone', value: (row) => row.phone },
  },
  { key: 'last', title: s.last, width: 92, align: 'right', sortable: true, render: (row) => <RelativeTime at={row.last} /> },
  { key: 'deal', title: s.deal, width: 118, align: 'right', render: (row) => <Money fen={row.deal} short /> },
  { key: 'city', title: s.city, width: 100, render: (row) => row.city },
]

const bulk = [
  { key: 'transfer', icon: <SwapOutlined />, label: s.transfer, onClick: () => {} },
  { key: 'edit', icon: <EditOutlined />, label: s.edit, onClick: () => {} },
  { key: 'tag', icon: <TagOutlined />, label: s.tag, onClick: () => {} },
]
const keepPhone = (row: Row, _key: string, value: FieldValue): Promise<string | null> => {
  edited.set(row.id, String(value ?? ''))
  return Promise.resolve(null)
}

/** The list over made-up rows, as many as asked for: what scrolling it costs is measured here. */
export function KitGrid({ count }: { count: number }) {
  const [sort, setSort] = useState<SortState>(null)
  const [selection, setSelection] = useState<RowSelection>(NOTHING)
  const [layout, setLayout] = useState(() => standardLayout(columns))
  const [density, setDensity] = useState<Density>('compact')
  const [open, setOpen] = useState<{ row: Row; index: number } | null>(null)
  const [step, setStep] = useState<{ index: number; by: number } | null>(null)
  const page = (offset: number, limit: number) => ({
    queryKey: ['kit', sort, offset, edited.size],
    queryFn: async () => ({
      rows: Array.from({ length: Math.min(limit, count - offset) }, (_, i) => rowAt(offset + i)),
      hasMore: offset + limit < count,
      capped: false,
    }),
  })
  return (
    <div className="page">
      <ViewTabs
        views={[
          { key: 'all', label: s.all, count },
          { key: 'mine', label: s.mine, count: 356 },
        ]}
        at="all"
        onChange={() => {}}
      />
      <ToolBar
        tools={<ColumnChooser columns={columns} layout={layout} onLayout={setLayout} density={density} onDensity={setDensity} />}
      />
      <div className="row grow mh0 stretch">
        <EntityTable<Row>
          label={s.customers}
          feature="customers"
          columns={columns}
          rowKey={(row) => row.id}
          page={page}
          resultKey={JSON.stringify(sort)}
          total={count}
          sort={sort}
          onSort={setSort}
          layout={layout}
          onLayout={setLayout}
          density={density}
          selection={selection}
          onSelection={setSelection}
          bulk={bulk}
          openId={open?.row.id ?? null}
          onOpen={(row, index) => setOpen({ row, index })}
          onOpenPage={(row) => setOpen({ row, index: 0 })}
          onEdit={keepPhone}
          describe={(row) => ({
            title: row.name,
            level: <LevelChip level={row.level} />,
            facts: [row.owner, row.city],
            state: <StatusDot tone={STATUS[row.status]?.[0] ?? 'ink'}>{STATUS[row.status]?.[1]}</StatusDot>,
          })}
          empty={<FilteredEmpty what={s.customers} conditions={1} onClear={() => {}} />}
          failed={(error, retry) => <LoadFailed error={error} feature="kit" onRetry={retry} />}
          footer={<span className="t1">{formatNumber(count)}</span>}
          step={step}
        />
        {open && (
          <SidePanel
            position={{ index: open.index, total: count }}
            onPrevious={() => setStep({ index: open.index, by: -1 })}
            onNext={() => setStep({ index: open.index, by: 1 })}
            onOpen={() => {}}
            onClose={() => setOpen(null)}
          >
            <div className="row g12 panel-name">
              <Avatar firm name={open.row.name} size={40} />
              <span className="b">{open.row.name}</span>
            </div>
          </SidePanel>
        )}
      </div>
    </div>
  )
}
