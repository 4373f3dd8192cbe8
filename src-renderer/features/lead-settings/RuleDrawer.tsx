import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Drawer, Form, Input, Select, Switch } from 'antd'
import { LEAD_METHODS, type LeadRule, type LeadRuleValues } from '../../../src-shared/features/lead-settings/model.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { Picker } from '../../components/Picker.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { dayWord, WEEKDAYS } from './sentence.ts'
import { text } from './text.ts'

/** A rule as its form holds it: people and their regions apart, hours in parts. */
type Given = Omit<LeadRuleValues, 'members' | 'hours'> & {
  people: string[]
  regions?: Record<string, string[]>
  limited: boolean
  weekdays: number[]
  from: string
  to: string
}
const OFFICE = { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }

const begunOf = (rule: LeadRule | null): Partial<Given> => ({
  name: rule?.name ?? '',
  enabled: rule?.enabled ?? true,
  sources: rule?.sources ?? [],
  places: rule?.places ?? [],
  method: rule?.method ?? 'roundRobin',
  poolId: rule?.poolId ?? null,
  people: rule?.members.map(({ employeeId }) => employeeId) ?? [],
  regions: Object.fromEntries((rule?.members ?? []).map(({ employeeId, regions }) => [employeeId, regions])),
  limited: rule !== null && rule.hours !== null,
  ...(rule?.hours ?? OFFICE),
})

const valuesOf = ({ people, regions, limited, weekdays, from, to, poolId, ...rest }: Given): LeadRuleValues => ({
  ...rest,
  poolId: poolId ?? null,
  members: people.map((employeeId) => ({
    employeeId,
    regions: rest.method === 'byRegion' ? (regions?.[employeeId] ?? []) : [],
  })),
  hours: limited ? { weekdays, from, to } : null,
})

/** A rule of assignment as a whole. */
export function RuleDrawer({ rule, onClose }: { rule: LeadRule | null; onClose: () => void }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const [form] = Form.useForm<Given>()
  const { save, remove, error, isPending } = useRule(rule, onClose)
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={isPhone ? '100%' : 460}
      title={rule ? rule.name : t('newRule')}
      onClose={onClose}
      footer={
        <div className="row g8">
          {rule && (
            <Button danger loading={remove.isPending} onClick={() => remove.mutate({ id: rule.id })}>
              {t('remove')}
            </Button>
          )}
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} onClick={() => form.submit()}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={begunOf(rule)}
        onFinish={(given) => save(valuesOf({ ...begunOf(rule), ...given } as Given))}
      >
        <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('needed') }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Which />
        <Who />
        <When />
        <Form.Item name="enabled" label={t('enabled')} valuePropName="checked">
          <Switch />
        </Form.Item>
        {error && (
          <div className="field-error" role="alert">
            {failureText(error, 'leadSettings')}
          </div>
        )}
      </Form>
    </Drawer>
  )
}

function useRule(rule: LeadRule | null, onClose: () => void) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const done = {
    meta: { shown: true },
    onSuccess: ({ id, name }: LeadRule) => {
      undo.say(t('saved', { name }), { recordId: id })
      onClose()
    },
  }
  const create = useMutation(api.leadSettings.createRule.mutationOptions(done))
  const edit = useMutation(api.leadSettings.editRule.mutationOptions(done))
  const remove = useMutation(
    api.leadSettings.removeRule.mutationOptions({
      onSuccess: ({ id }) => {
        undo.say(t('removed', { name: rule?.name ?? '' }), { recordId: id })
        onClose()
      },
    }),
  )
  const save = (values: LeadRuleValues) =>
    rule ? edit.mutate({ id: rule.id, version: rule.version, values }) : create.mutate(values)
  return { save, remove, error: create.error ?? edit.error, isPending: create.isPending || edit.isPending }
}

/** Which leads it is for. */
function Which() {
  const t = useText(text)
  const sources = useQuery(useApi().leadSettings.words.queryOptions({ input: { list: 'source' }, meta: { shown: true } })).data
  const living = (sources ?? []).filter(({ archived }) => !archived)
  return (
    <>
      <Form.Item name="sources" label={t('ruleSources')}>
        <Picker
          mode="multiple"
          placeholder={t('anySource')}
          options={living.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="places" label={t('rulePlaces')}>
        <Select mode="tags" open={false} suffixIcon={null} placeholder={t('anyPlace')} />
      </Form.Item>
    </>
  )
}

/** To whom, and how. */
function Who() {
  const t = useText(text)
  const form = Form.useFormInstance<Given>()
  const people = useOwnerOptions()
  const pools = useQuery(useApi().leadSettings.pools.queryOptions({ input: {}, meta: { shown: true } })).data
  const living = (pools ?? []).filter(({ archived }) => !archived)
  const method = Form.useWatch('method', form)
  const chosen = Form.useWatch('people', form) ?? []
  return (
    <>
      <Form.Item name="method" label={t('method')}>
        <Picker
          options={LEAD_METHODS.map((value) => ({ value, label: sliceWord('leadSettings', `methods.${value}`) ?? value }))}
        />
      </Form.Item>
      <Form.Item
        name="people"
        label={t('members')}
        rules={[{ required: true, type: 'array', min: 1, message: t('membersNeeded') }]}
      >
        <Picker mode="multiple" options={people.map((one) => ({ ...one }))} />
      </Form.Item>
      {method === 'byRegion' &&
        chosen.map((id) => (
          <Form.Item
            key={id}
            name={['regions', id]}
            label={t('regionsOf', { name: people.find(({ value }) => value === id)?.label ?? '' })}
          >
            <Select mode="tags" open={false} suffixIcon={null} />
          </Form.Item>
        ))}
      {living.length > 0 && (
        <Form.Item name="poolId" label={t('returnsTo')}>
          <Picker
            allowClear
            placeholder={t('nowhere')}
            options={living.map(({ id, name }) => ({ value: id as string, label: name }))}
          />
        </Form.Item>
      )}
    </>
  )
}

/** At which times. */
function When() {
  const t = useText(text)
  const form = Form.useFormInstance<Given>()
  const limited = Form.useWatch('limited', form)
  return (
    <>
      <Form.Item name="limited" valuePropName="checked" extra={t('hoursHint')}>
        <Checkbox>{t('hours')}</Checkbox>
      </Form.Item>
      {limited && (
        <>
          <Form.Item name="weekdays" rules={[{ required: true, type: 'array', min: 1, message: t('needed') }]}>
            <Checkbox.Group options={WEEKDAYS.map((value) => ({ value, label: dayWord(t, value) }))} />
          </Form.Item>
          <div className="row g8">
            <Form.Item name="from" label={t('from')} rules={[{ required: true, message: t('needed') }]}>
              <Input type="time" />
            </Form.Item>
            <Form.Item name="to" label={t('to')} rules={[{ required: true, message: t('needed') }]}>
              <Input type="time" />
            </Form.Item>
          </div>
        </>
      )}
    </>
  )
}
