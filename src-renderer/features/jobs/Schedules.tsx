import { PlayCircleOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Switch } from 'antd'
import { useState } from 'react'
import type { Schedule } from '../../../src-shared/features/jobs/model.ts'
import { StatusDot } from '../../components/marks.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, Section } from '../../components/settings/SettingsPage.tsx'
import { Dash, InstantText } from '../../components/values.tsx'
import { useApi, useClock } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { zoneLabel } from '../../kernel/zones.ts'
import { planText, ScheduleDialog } from './ScheduleDialog.tsx'
import { text } from './text.ts'
import { errorWord, jobField, kindWord, missedWord, STATE_TONE, stateWord } from './words.ts'

/** What runs by itself: when next, how the last run went, what becomes of a missed one. */
export function Schedules() {
  const t = useText(text)
  const { zone } = useClock()
  const schedules = useQuery(useApi().jobs.schedules.queryOptions({ input: {}, meta: { shown: true } }))
  return (
    <Section title={t('plans')} note={t('plansHint', { zone: zoneLabel(zone) })}>
      <Loaded query={schedules} feature="jobs" rows={3} height={40}>
        {(rows) => <ScheduleList rows={rows} />}
      </Loaded>
    </Section>
  )
}

function ScheduleList({ rows }: { rows: readonly Schedule[] }) {
  const t = useText(text)
  const [changed, setChanged] = useState<Schedule | null>(null)
  return (
    <>
      <ListTable<Schedule>
        rows={rows}
        rowKey={(one) => one.kind}
        columns={[
          {
            key: 'kind',
            title: jobField('kind'),
            render: (one) => (
              <span className="b el jobs-plan" title={kindWord(one.kind)}>
                {kindWord(one.kind)}
              </span>
            ),
          },
          { key: 'plan', title: jobField('cron'), width: 160, render: (one) => <span className="num">{planText(t, one)}</span> },
          { key: 'missed', title: jobField('missed'), width: 84, render: (one) => missedWord(one.missed) },
          { key: 'next', title: jobField('nextRunAt'), width: 104, align: 'right', render: (one) => <Next schedule={one} /> },
          { key: 'last', title: jobField('lastRunAt'), width: 168, render: (one) => <Last schedule={one} /> },
          { key: 'on', title: jobField('enabled'), width: 56, align: 'center', render: (one) => <OnSwitch schedule={one} /> },
          { key: 'acts', title: '', width: 170, align: 'right', render: (one) => <Acts schedule={one} onChange={setChanged} /> },
        ]}
        describe={(one) => ({
          title: kindWord(one.kind),
          facts: [planText(t, one), <Last key="last" schedule={one} />],
          state: <OnSwitch schedule={one} />,
          actions: <Acts schedule={one} onChange={setChanged} />,
        })}
      />
      {changed && <ScheduleDialog schedule={changed} onClose={() => setChanged(null)} />}
    </>
  )
}

const Next = ({ schedule }: { schedule: Schedule }) => (schedule.enabled ? <InstantText at={schedule.nextRunAt} /> : <Dash />)

function Last({ schedule }: { schedule: Schedule }) {
  const t = useText(text)
  if (!schedule.lastRunAt) return <span className="t3">{t('never')}</span>
  const why = schedule.lastError && schedule.lastState !== 'done' ? errorWord(schedule.lastError) : undefined
  return (
    <span className="row g8 inline" title={why}>
      {schedule.lastState && <StatusDot tone={STATE_TONE[schedule.lastState]}>{stateWord(schedule.lastState)}</StatusDot>}
      <span className="t3">
        <InstantText at={schedule.lastRunAt} />
      </span>
    </span>
  )
}

function OnSwitch({ schedule }: { schedule: Schedule }) {
  const t = useText(text)
  const kind = kindWord(schedule.kind)
  const set = useMutation(
    useApi().jobs.setSchedule.mutationOptions({
      onSuccess: (saved) => toast(t(saved.enabled ? 'enabled' : 'disabled', { kind })),
    }),
  )
  return (
    <Switch
      size="small"
      aria-label={`${jobField('enabled')} ${kind}`}
      checked={schedule.enabled}
      loading={set.isPending}
      onChange={(enabled) => set.mutate({ kind: schedule.kind, enabled })}
    />
  )
}

function Acts({ schedule, onChange }: { schedule: Schedule; onChange: (schedule: Schedule) => void }) {
  const t = useText(text)
  const run = useMutation(
    useApi().jobs.runNow.mutationOptions({
      onSuccess: (job) => toast(t('started', { kind: kindWord(job.kind) }), { tone: 'info' }),
    }),
  )
  return (
    <span className="row g4 inline">
      <Button size="small" type="text" onClick={() => onChange(schedule)}>
        {t('change')}
      </Button>
      <Button
        size="small"
        icon={<PlayCircleOutlined />}
        loading={run.isPending}
        onClick={() => run.mutate({ kind: schedule.kind })}
      >
        {t('runNow')}
      </Button>
    </span>
  )
}
