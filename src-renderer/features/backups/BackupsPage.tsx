import './backups.css'
import { CloudDownloadOutlined, DeleteOutlined, MoreOutlined, SaveOutlined, WarningFilled } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Dropdown } from 'antd'
import { useState } from 'react'
import type { Backup, RefusedRestore } from '../../../src-shared/features/backups/model.ts'
import { confirm } from '../../components/confirm.ts'
import { Chip, CopyButton, StatusDot } from '../../components/marks.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { EmptyState } from '../../components/states.tsx'
import { Count, InstantText, RelativeTime } from '../../components/values.tsx'
import { useApi, useCan, useClock } from '../../kernel/context.tsx'
import { formatBytes, formatInstantFull, formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { JobProgress, jobsText, planText, ScheduleDialog } from '../jobs/public.ts'
import { text } from './text.ts'
import { backupField, backupWord, REASON_TONE, reasonWord, restoreRefused } from './words.ts'

const WATCH_MS = 1000
type BackupList = {
  rows: Backup[]
  folder: string
  disk: { free: number; total: number; low: boolean }
  refusedRestore: RefusedRestore | null
}

/** 备份与恢复: what there is to go back to, each one read again and found sound. */
export function BackupsPage() {
  const t = useText(text)
  const backups = useQuery(useApi().backups.list.queryOptions({ input: {}, meta: { shown: true } }))
  const [waiting, setWaiting] = useState(false)
  return (
    <SettingsPage title={t('title')} actions={<CreateButton />} foot={backupWord('retentionNote')} flush>
      <Loaded query={backups} feature="backups" rows={8} height={40}>
        {(data) => (
          <div className="set-scroll">
            {waiting && <Alert type="warning" banner title={backupWord('restartNeeded')} />}
            <Facts list={data} />
            <Running />
            <Backups rows={data.rows} onPrepared={() => setWaiting(true)} />
          </div>
        )}
      </Loaded>
    </SettingsPage>
  )
}

function useGoing() {
  return useQuery(
    useApi().jobs.list.queryOptions({
      input: { only: 'unfinished', limit: 20 },
      meta: { shown: true },
      refetchInterval: (query) => ((query.state.data?.rows.length ?? 0) > 0 ? WATCH_MS : false),
      select: ({ rows }) => rows.filter((job) => job.kind.startsWith('backups.')),
    }),
  )
}

function CreateButton() {
  const t = useText(text)
  const going = (useGoing().data ?? []).some((job) => job.kind === 'backups.create')
  const create = useMutation(useApi().backups.create.mutationOptions({ onSuccess: () => toast(t('started'), { tone: 'info' }) }))
  return (
    <Button type="primary" icon={<SaveOutlined />} loading={create.isPending} disabled={going} onClick={() => create.mutate({})}>
      {t(going ? 'creating' : 'create')}
    </Button>
  )
}

/** The backup or check that is under way. */
function Running() {
  const jobs = useGoing().data ?? []
  return jobs.map((job) => (
    <div key={job.id} className="backups-running">
      <span className="b">{job.kind === 'backups.create' ? <Creating /> : <Checking />}</span>
      <JobProgress job={job} />
    </div>
  ))
}
const Creating = () => useText(text)('creating')
const Checking = () => `${useText(text)('verify')}…`

function Facts({ list }: { list: BackupList }) {
  const t = useText(text)
  const mayPlan = useCan('jobs.manage')
  const sound = list.rows.filter((one) => one.soundAt !== null)
  return (
    <>
      {list.rows.length > 0 && sound.length === 0 && <Alert type="error" banner title={t('unsound')} />}
      {list.refusedRestore && <Alert type="warning" banner title={restoreRefused(list.refusedRestore.reason)} />}
      {list.disk.low && <Alert type="warning" banner title={backupWord('diskLow')} />}
      <div className="set-facts-line">
        <span>
          <span className="t3">{t('latest')}</span>
          {sound[0] ? <RelativeTime at={sound[0].at} /> : t('none')}
        </span>
        {mayPlan && <Plan />}
        <span>
          <span className="t3">{t('disk')}</span>
          <span className={list.disk.low ? 'num tbad' : 'num'}>
            {list.disk.low && <WarningFilled />} {formatBytes(list.disk.free)}
          </span>
        </span>
        <span className="copyable always-copy backups-folder">
          <span className="t3">{t('folder')}</span>
          <span className="lit">{list.folder}</span>
          <CopyButton value={list.folder} />
        </span>
      </div>
    </>
  )
}

/** When backups are made by themselves. */
function Plan() {
  const t = useText(text)
  const jobs = useText(jobsText)
  const [open, setOpen] = useState(false)
  const schedules = useQuery(useApi().jobs.schedules.queryOptions({ input: {}, meta: { shown: true } }))
  const plan = schedules.data?.find((one) => one.kind === 'backups.create')
  if (!plan) return null
  return (
    <span>
      <span className="t3">{t('plan')}</span>
      <span className="num">{plan.enabled ? planText(jobs, plan) : <span className="tbad">{t('planOff')}</span>}</span>{' '}
      <button type="button" className="bare tbrand" onClick={() => setOpen(true)}>
        {t('change')}
      </button>
      {open && <ScheduleDialog schedule={plan} onClose={() => setOpen(false)} />}
    </span>
  )
}

function Backups({ rows, onPrepared }: { rows: readonly Backup[]; onPrepared: () => void }) {
  const t = useText(text)
  const acts = (one: Backup) => <Acts backup={one} onPrepared={onPrepared} />
  return (
    <ListTable<Backup>
      rows={rows}
      rowKey={(one) => one.id}
      empty={
        <EmptyState title={t('empty')} hint={t('emptyHint')}>
          <CreateButton />
        </EmptyState>
      }
      columns={[
        { key: 'at', title: backupField('at'), width: 120, render: (one) => <InstantText at={one.at} /> },
        { key: 'reason', title: backupField('reason'), width: 96, render: (one) => <Reason backup={one} /> },
        { key: 'sound', title: backupField('soundAt'), render: (one) => <Soundness backup={one} /> },
        {
          key: 'customers',
          title: backupField('customers'),
          width: 84,
          align: 'right',
          render: (one) => <Count n={one.customers} />,
        },
        { key: 'seq', title: backupField('seq'), width: 84, align: 'right', render: (one) => <Count n={one.seq} /> },
        {
          key: 'size',
          title: backupField('size'),
          width: 92,
          align: 'right',
          render: (one) => <span className="num">{formatBytes(one.size)}</span>,
        },
        {
          key: 'program',
          title: backupField('program'),
          width: 84,
          align: 'right',
          render: (one) => <span className="t3 lit">{one.program}</span>,
        },
        { key: 'acts', title: '', width: 178, align: 'right', render: acts },
      ]}
      describe={(one) => ({
        title: <InstantText at={one.at} />,
        facts: [reasonWord(one.reason), formatBytes(one.size), t('customers', { n: formatNumber(one.customers) })],
        state: <Soundness backup={one} short />,
        actions: acts(one),
      })}
    />
  )
}

const Reason = ({ backup }: { backup: Backup }) => <Chip tone={REASON_TONE[backup.reason]}>{reasonWord(backup.reason)}</Chip>

function Soundness({ backup, short = false }: { backup: Backup; short?: boolean }) {
  const t = useText(text)
  const clock = useClock()
  if (backup.soundAt === null) return <StatusDot tone="bad">{<span className="tbad">{backupWord('damaged')}</span>}</StatusDot>
  const when = formatInstantFull(backup.soundAt, clock.zone)
  return <StatusDot tone="ok">{short ? t('sound') : <span className="t2">{t('checkedAt', { when })}</span>}</StatusDot>
}

function Acts({ backup, onPrepared }: { backup: Backup; onPrepared: () => void }) {
  const t = useText(text)
  const api = useApi()
  const when = formatInstantFull(backup.at, useClock().zone)
  const verify = useMutation(api.backups.verify.mutationOptions({ onSuccess: () => toast(t('verifying'), { tone: 'info' }) }))
  const remove = useMutation(api.backups.remove.mutationOptions({ onSuccess: () => toast(t('removed', { when })) }))
  const restore = useRestore(onPrepared)
  const askRemove = async () => {
    if (await confirm({ title: t('removeTitle', { when }), body: t('removeBody'), yes: t('removeYes'), danger: true }))
      remove.mutate({ id: backup.id })
  }
  return (
    <span className="row g4 inline">
      <Button size="small" type="text" loading={verify.isPending} onClick={() => verify.mutate({ id: backup.id })}>
        {t('verify')}
      </Button>
      <Button
        size="small"
        icon={<CloudDownloadOutlined />}
        loading={restore.pending}
        disabled={backup.soundAt === null}
        onClick={() => void restore.ask(backup, when)}
      >
        {t('restore')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [{ key: 'remove', icon: <DeleteOutlined />, label: t('remove'), danger: true }],
          onClick: () => void askRemove(),
        }}
      >
        <Button size="small" type="text" icon={<MoreOutlined />} aria-label={t('more')} />
      </Dropdown>
    </span>
  )
}

/** Says what is lost and what the way back is, before anything happens. */
function useRestore(onPrepared: () => void) {
  const t = useText(text)
  const restore = useMutation(
    useApi().backups.restore.mutationOptions({
      onSuccess: ({ restarting }) => {
        if (restarting) toast(backupWord('restarting'), { tone: 'info' })
        else onPrepared()
      },
    }),
  )
  const ask = async (backup: Backup, when: string) => {
    const sure = await confirm({
      title: t('restoreTitle', { when }),
      body: (
        <>
          <p className="num">{t('restoreFacts', { customers: formatNumber(backup.customers), seq: formatNumber(backup.seq) })}</p>
          <p>{backupWord('restoreNote')}</p>
        </>
      ),
      yes: t('restoreYes', { when }),
      danger: true,
    })
    if (!sure) return
    toast(t('checkingFirst'), { tone: 'info' })
    restore.mutate({ id: backup.id, confirm: backup.id })
  }
  return { ask, pending: restore.isPending }
}
