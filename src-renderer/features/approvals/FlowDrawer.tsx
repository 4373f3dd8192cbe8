import './approvals.css'
import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Drawer, Form, Input, InputNumber, Select, Switch } from 'antd'
import { useState } from 'react'
import {
  type Condition,
  CONDITIONS_OF,
  type Flow,
  type FlowValues,
  HIGHEST_LEVEL,
  type Step,
  SUBJECTS,
} from '../../../src-shared/features/approvals/model.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { IconButton } from '../../components/page.tsx'
import { Picker } from '../../components/Picker.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { text } from './text.ts'
import { subjectWord } from './words.ts'

const KINDS = ['manager', 'role', 'employee'] as const
const first = (kind: Condition['kind'] | undefined): Condition => {
  if (kind === 'discountAtLeast') return { kind, percent: '10' }
  return kind === 'belowCost' ? { kind } : { kind: 'amountAtLeast', fen: 10_000_000 }
}

const bare = ({ name: _name, ...step }: Flow['steps'][number]): Step => step
const begun = (flow: Flow | null): FlowValues =>
  flow
    ? {
        subject: flow.subject,
        name: flow.name,
        conditions: flow.conditions,
        enabled: flow.enabled,
        steps: flow.steps.map(bare),
      }
    : {
        subject: 'quote',
        name: '',
        conditions: [{ kind: 'discountAtLeast', percent: '10' }],
        enabled: true,
        steps: [{ kind: 'manager', level: 1, mode: 'any' }],
      }
const without = <T,>(rows: readonly T[], at: number): T[] => rows.filter((_, n) => n !== at)
const instead = <T,>(rows: readonly T[], at: number, row: T): T[] => rows.map((one, n) => (n === at ? row : one))
const isWhole = ({ name, conditions, steps }: FlowValues): boolean =>
  name.trim() !== '' &&
  steps.length > 0 &&
  steps.every((step) => step.kind === 'manager' || (step.kind === 'role' ? step.roleId : step.employeeId) !== '') &&
  conditions.every((one) => one.kind !== 'discountAtLeast' || one.percent !== '')

/** A flow as a whole: when it is called for, and who decides step by step. */
export function FlowDrawer({ flow, onClose }: { flow: Flow | null; onClose: () => void }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const [draft, setDraft] = useState(() => begun(flow))
  const { save, error, isPending } = useSaving(flow, onClose)
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={isPhone ? '100%' : 620}
      title={t(flow ? 'editFlow' : 'newFlow')}
      onClose={onClose}
      footer={
        <div className="row g8">
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} disabled={!isWhole(draft)} onClick={() => save(draft)}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <Form layout="vertical">
        <Failure error={error} />
        <Form.Item label={t('flowName')} required>
          <Input
            autoFocus
            maxLength={60}
            aria-label={t('flowName')}
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
        </Form.Item>
        <SubjectField draft={draft} isNew={flow === null} onChange={setDraft} />
        <Form.Item label={t('when')}>
          {draft.conditions.map((one, n) => (
            <ConditionLine
              // Lines have no names of their own: their place is what they are.
              key={`${n}-${one.kind}`}
              condition={one}
              kinds={CONDITIONS_OF[draft.subject]}
              onChange={(next) => setDraft({ ...draft, conditions: instead(draft.conditions, n, next) })}
              onRemove={() => setDraft({ ...draft, conditions: without(draft.conditions, n) })}
            />
          ))}
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() => setDraft({ ...draft, conditions: [...draft.conditions, first(CONDITIONS_OF[draft.subject].at(-1))] })}
          >
            {t('addCondition')}
          </Button>
          <div className="t3 s12 flow-hint">{t('whenAny')}</div>
        </Form.Item>
        <Form.Item label={t('steps')}>
          {draft.steps.map((one, n) => (
            <StepLine
              key={`${n}-${one.kind}`}
              step={one}
              onChange={(next) => setDraft({ ...draft, steps: instead(draft.steps, n, next) })}
              onRemove={() => setDraft({ ...draft, steps: without(draft.steps, n) })}
            />
          ))}
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() => setDraft({ ...draft, steps: [...draft.steps, { kind: 'manager', level: 2, mode: 'any' }] })}
          >
            {t('addStep')}
          </Button>
        </Form.Item>
        <Form.Item label={t('enabled')}>
          <Switch aria-label={t('enabled')} checked={draft.enabled} onChange={(enabled) => setDraft({ ...draft, enabled })} />
        </Form.Item>
      </Form>
    </Drawer>
  )
}

const Failure = ({ error }: { error: unknown }) =>
  error ? (
    <div className="field-error gap-below" role="alert">
      {failureText(error, 'approvals')}
    </div>
  ) : null

type SubjectProps = { draft: FlowValues; isNew: boolean; onChange: (draft: FlowValues) => void }
/** What is approved; what was asked for by a flow says of what it was. Conditions that the kind cannot be asked go. */
function SubjectField({ draft, isNew, onChange }: SubjectProps) {
  const t = useText(text)
  const choose = (subject: Flow['subject']) =>
    onChange({ ...draft, subject, conditions: draft.conditions.filter(({ kind }) => CONDITIONS_OF[subject].includes(kind)) })
  return (
    <Form.Item label={t('subject')}>
      <Select
        aria-label={t('subject')}
        value={draft.subject}
        disabled={!isNew}
        options={SUBJECTS.map((value) => ({ value, label: subjectWord(value) }))}
        onChange={choose}
      />
    </Form.Item>
  )
}

type ConditionProps = {
  condition: Condition
  kinds: readonly Condition['kind'][]
  onChange: (next: Condition) => void
  onRemove: () => void
}
function ConditionLine({ condition, kinds, onChange, onRemove }: ConditionProps) {
  const t = useText(text)
  return (
    <div className="flow-line flow-condition">
      <Select
        aria-label={t('when')}
        value={condition.kind}
        onChange={(kind: Condition['kind']) => onChange(first(kind))}
        options={kinds.map((kind) => ({ value: kind, label: t(`if_${kind}`) }))}
      />
      {condition.kind === 'belowCost' ? (
        <span />
      ) : (
        <InputNumber
          className="block-select"
          controls={false}
          aria-label={t(condition.kind === 'discountAtLeast' ? 'percent' : 'yuan')}
          suffix={condition.kind === 'discountAtLeast' ? '%' : t('yuan')}
          min={0}
          max={condition.kind === 'discountAtLeast' ? 100 : 10_000_000_000}
          value={condition.kind === 'discountAtLeast' ? Number(condition.percent) : condition.fen / 100}
          onChange={(value) => {
            if (typeof value !== 'number') return
            onChange(
              condition.kind === 'discountAtLeast'
                ? { kind: 'discountAtLeast', percent: String(value) }
                : { kind: 'amountAtLeast', fen: Math.round(value * 100) },
            )
          }}
        />
      )}
      <IconButton small icon={<CloseOutlined />} title={t('takeOut')} onClick={onRemove} />
    </div>
  )
}

type StepProps = { step: Step; onChange: (next: Step) => void; onRemove: () => void }
function StepLine({ step, onChange, onRemove }: StepProps) {
  const t = useText(text)
  const owners = useOwnerOptions()
  const roles = useQuery(useApi().people.roles.queryOptions({ input: {}, meta: { shown: true } })).data
  const { mode } = step
  const choose = (kind: Step['kind']) =>
    onChange(
      kind === 'manager'
        ? { kind, level: 1, mode }
        : kind === 'role'
          ? { kind, roleId: '', mode }
          : { kind, employeeId: '', mode },
    )
  return (
    <div className="flow-line">
      <Select
        aria-label={t('steps')}
        value={step.kind}
        onChange={choose}
        options={KINDS.map((kind) => ({ value: kind, label: t(`kind_${kind}`) }))}
      />
      {step.kind === 'manager' && (
        <Select
          aria-label={t('kind_manager')}
          value={step.level}
          onChange={(level: number) => onChange({ ...step, level })}
          options={Array.from({ length: HIGHEST_LEVEL }, (_, n) => ({
            value: n + 1,
            label: n === 0 ? t('level1') : t('level', { n: n + 1 }),
          }))}
        />
      )}
      {step.kind === 'role' && (
        <Picker
          aria-label={t('role')}
          placeholder={t('role')}
          value={step.roleId || null}
          onChange={(roleId: string | null) => onChange({ ...step, roleId: roleId ?? '' })}
          options={(roles ?? []).map(({ id, name }) => ({ value: id as string, label: name }))}
        />
      )}
      {step.kind === 'employee' && (
        <Picker
          aria-label={t('colleague')}
          placeholder={t('colleague')}
          value={step.employeeId || null}
          onChange={(employeeId: string | null) => onChange({ ...step, employeeId: employeeId ?? '' })}
          options={owners.map((one) => ({ ...one }))}
        />
      )}
      {step.kind === 'role' ? (
        <Select
          aria-label={t('mode_any')}
          value={mode}
          onChange={(next: Step['mode']) => onChange({ ...step, mode: next })}
          options={(['any', 'all'] as const).map((value) => ({ value, label: t(`mode_${value}`) }))}
        />
      ) : (
        <span />
      )}
      <IconButton small icon={<CloseOutlined />} title={t('takeOut')} onClick={onRemove} />
    </div>
  )
}

function useSaving(flow: Flow | null, onClose: () => void) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const done = {
    meta: { shown: true },
    onSuccess: ({ id, name }: Flow) => {
      onClose()
      undo.say(t('saved', { name }), { recordId: id })
    },
  }
  const create = useMutation(api.approvals.createFlow.mutationOptions(done))
  const edit = useMutation(api.approvals.editFlow.mutationOptions(done))
  const save = (values: FlowValues) =>
    flow ? edit.mutate({ id: flow.id, version: flow.version, values }) : create.mutate(values)
  return { save, error: flow ? edit.error : create.error, isPending: create.isPending || edit.isPending }
}
