import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Radio, Select } from 'antd'
import { MISSED_RULES, type Schedule } from '../../../src-shared/features/jobs/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { text } from './text.ts'
import { jobField, kindWord } from './words.ts'

type T = Translate<keyof (typeof text)['zh-CN']>
type Values = { hours?: string[]; minute?: string; cron?: string; missed: Schedule['missed'] }

const pad = (n: number): string => String(n).padStart(2, '0')
const HOURS = Array.from({ length: 24 }, (_, i) => ({ value: pad(i), label: pad(i) }))
const MINUTES = Array.from({ length: 12 }, (_, i) => ({ value: pad(i * 5), label: pad(i * 5) }))
const RULE_WORD = { once: 'missedOnce', skip: 'missedSkip', all: 'missedAll' } as const

/** "每天 12:30、18:30", or the plan itself when it is not that simple. */
export const planText = (t: T, schedule: Pick<Schedule, 'times' | 'cron'>): string =>
  schedule.times ? t('everyDay', { times: schedule.times.join(t('separator')) }) : schedule.cron

/** When something runs by itself, and what happens when that time was missed. */
export function ScheduleDialog({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const t = useText(text)
  const kind = kindWord(schedule.kind)
  const { times } = schedule
  const minute = times?.[0]?.slice(3) ?? '00'
  const save = useMutation(
    useApi().jobs.setSchedule.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved) => {
        toast(t('planSaved', { kind, when: planText(t, saved) }))
        onClose()
      },
    }),
  )
  const submit = ({ hours, minute: at, cron, missed }: Values) =>
    save.mutate({
      kind: schedule.kind,
      missed,
      ...(times ? { times: [...(hours ?? [])].sort().map((hour) => `${hour}:${at}`) } : { cron: cron ?? '' }),
    })
  const required = [{ required: true, message: t('required') }]
  return (
    <Modal open title={t('changeTitle', { kind })} footer={null} onCancel={onClose} width={440} destroyOnHidden>
      <Form<Values>
        layout="vertical"
        initialValues={{ hours: times?.map((time) => time.slice(0, 2)), minute, cron: schedule.cron, missed: schedule.missed }}
        onFinish={submit}
      >
        {times ? (
          <div className="jobs-times">
            <Form.Item name="hours" label={t('hours')} rules={required}>
              <Select mode="multiple" options={HOURS} />
            </Form.Item>
            <Form.Item name="minute" label={t('minute')}>
              <Select
                options={MINUTES.some((one) => one.value === minute) ? MINUTES : [{ value: minute, label: minute }, ...MINUTES]}
              />
            </Form.Item>
          </div>
        ) : (
          <Form.Item name="cron" label={jobField('cron')} extra={t('cronHint')} rules={required}>
            <Input className="lit" maxLength={100} />
          </Form.Item>
        )}
        <Form.Item name="missed" label={jobField('missed')} extra={t('missedHint')}>
          <Radio.Group className="col g6" options={MISSED_RULES.map((rule) => ({ value: rule, label: t(RULE_WORD[rule]) }))} />
        </Form.Item>
        {save.error && (
          <div className="field-error gap-below" role="alert">
            {failureText(save.error, 'jobs')}
          </div>
        )}
        <div className="row g8 question-foot">
          <span className="grow" />
          <Button onClick={onClose}>{t('back')}</Button>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
