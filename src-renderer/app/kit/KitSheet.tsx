import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Radio, Segmented, Switch } from 'antd'
import { type ReactNode, useState } from 'react'
import { Avatar, Person } from '../../components/Avatar.tsx'
import { QuestionCard } from '../../components/ConfirmHost.tsx'
import { Chip, Kbd, LevelChip, StatusDot } from '../../components/marks.tsx'
import { QuickFilter } from '../../components/QuickFilter.tsx'
import { ErrorBox, FilteredEmpty, NoRight, SkeletonRows } from '../../components/states.tsx'
import { TaskPill } from '../../components/TaskPill.tsx'
import { toast } from '../../kernel/toast.tsx'
import { useMode } from '../appearance.tsx'
import { series, stages } from '../theme.ts'
import { KitFields, KitTimeline } from './KitRecord.tsx'
import { sample as s } from './text.ts'

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="card kit-card">
    <div className="s12 t3 kit-title">{title}</div>
    {children}
  </section>
)

export function KitSheet() {
  return (
    <div className="page paper scroll-y kit">
      <div className="kit-grid">
        <Colours />
        <Type />
        <Controls />
        <Marks />
        <Part title={s.nothing}>
          <FilteredEmpty what={s.customers} conditions={5} onClear={() => {}} onChange={() => {}} />
          <div className="hr" />
          <NoRight what={s.statement} right={s.statementRight} />
        </Part>
        <Part title={s.error}>
          <ErrorBox title={s.errorTitle} hint={s.errorHint} error={new Error('connect ECONNREFUSED')} onRetry={() => {}} />
          <div className="gap-above">
            <Button onClick={() => toast(s.moved, { undo: async () => {} })}>{s.moved}</Button>
          </div>
        </Part>
        <Part title={s.loading}>
          <SkeletonRows rows={3} />
        </Part>
        <Part title={s.confirm}>
          <QuestionCard
            question={{ title: s.question, body: s.questionBody, yes: s.questionYes, undoable: true }}
            onAnswer={() => {}}
          />
        </Part>
        <Part title={s.tasks}>
          <TaskPill label={s.importing} done={7690} total={12408} onOpen={() => {}} />
        </Part>
        <Part title={s.fields}>
          <KitFields />
        </Part>
        <Filters />
        <Part title={s.timeline}>
          <KitTimeline />
        </Part>
      </div>
    </div>
  )
}

const SWATCHES = [
  'paper',
  'surface',
  'sunken',
  'hover',
  'selected',
  'line',
  'ink1',
  'ink2',
  'ink3',
  'ink4',
  'brand',
  'lamp',
  'ok',
  'warn',
  'bad',
  'info',
  'plum',
  'note',
]
function Colours() {
  const mode = useMode()
  return (
    <Part title={s.color}>
      <div className="row g6 wrap">
        {SWATCHES.map((key) => (
          <div key={key} className="kit-swatch">
            <div style={{ background: `var(--kz-${key})` }} />
            <div className="s12 t2">{key}</div>
          </div>
        ))}
      </div>
      {[stages[mode], series[mode]].map((colours) => (
        <div key={colours[0]} className="row g2 kit-strip">
          {colours.map((colour) => (
            <i key={colour} style={{ background: colour }} />
          ))}
        </div>
      ))}
    </Part>
  )
}

const Type = () => (
  <Part title={s.type}>
    <div className="num kit-key">{s.money}</div>
    <div className="record-title">{s.firm}</div>
    <div className="s16 b">{s.pageTitle}</div>
    <div className="s14 b">{s.cardTitle}</div>
    <div>{s.body}</div>
    <div className="s12 t2">{s.secondary}</div>
    <div className="s12 t3">{s.weakest}</div>
    <div className="row g6 gap-above">
      <Kbd>Ctrl K</Kbd>
      <Kbd>F2</Kbd>
      <Kbd>Esc</Kbd>
    </div>
  </Part>
)

const Controls = () => (
  <Part title={s.controls}>
    <div className="row g8 wrap">
      <Button type="primary" icon={<PlusOutlined />}>
        {s.create}
      </Button>
      <Button>{s.cancel}</Button>
      <Button danger>{s.remove}</Button>
      <Button type="primary" danger>
        {s.remove12}
      </Button>
      <Button type="text">{s.more}</Button>
      <Button disabled>{s.save}</Button>
    </div>
    <div className="row g8 gap-above">
      <Input defaultValue={s.input} style={{ width: 140 }} />
      <Input status="error" defaultValue={s.badInput} style={{ width: 140 }} />
      <Input disabled value={s.readOnly} style={{ width: 80 }} />
    </div>
    <div className="field-error">{s.short}</div>
    <div className="row g12">
      <Checkbox checked>{s.dedupe}</Checkbox>
      <Radio checked>{s.update}</Radio>
      <Switch size="small" checked />
      <Segmented size="small" defaultValue={s.month} options={[s.week, s.month]} />
    </div>
  </Part>
)

const Marks = () => (
  <Part title={s.marks}>
    <div className="row g6 wrap">
      {['A', 'B', 'C'].map((level) => (
        <LevelChip key={level} level={level} />
      ))}
      <Chip tone="ok">{s.won}</Chip>
      <Chip tone="brand">{s.followed}</Chip>
      <Chip tone="warn">{s.pool}</Chip>
      <Chip tone="bad">{s.late}</Chip>
      <Chip tone="info">{s.made}</Chip>
      <Chip tone="plum">{s.double}</Chip>
      <Chip tone="lamp">{s.draft}</Chip>
      <Chip>{s.frame}</Chip>
      <StatusDot tone="ok">{s.won}</StatusDot>
      <StatusDot tone="brand">{s.active}</StatusDot>
      <StatusDot tone="ink">{s.potential}</StatusDot>
    </div>
    <div className="row g8 gap-above">
      <Person name={s.people[0]} />
      <Avatar name={s.people[1]} size={30} />
      <Avatar firm name={s.firm} size={32} />
      <Avatar firm name={s.stems[1]} size={32} />
      <Avatar firm name={s.stems[5]} size={22} />
    </div>
  </Part>
)

function Filters() {
  const [value, setValue] = useState<string[]>(['A'])
  return (
    <Part title={s.filters}>
      <div className="row g6">
        <QuickFilter
          label={s.level}
          value={value}
          onChange={setValue}
          options={['A', 'B', 'C'].map((v, i) => ({ value: v, label: v, count: 100 * i + 38 }))}
        />
        <QuickFilter label={s.city} value={[]} onChange={() => {}} options={s.cities.map((v) => ({ value: v, label: v }))} />
      </div>
    </Part>
  )
}
