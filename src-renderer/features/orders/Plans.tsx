import { CloseOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Checkbox, DatePicker, Input, InputNumber } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { Order, Plan } from '../../../src-shared/features/orders/model.ts'
import { Chip } from '../../components/marks.tsx'
import { IconButton } from '../../components/page.tsx'
import { SimpleTable } from '../../components/SimpleTable.tsx'
import { Nothing } from '../../components/states.tsx'
import { Dash, Money } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatMoney } from '../../kernel/format.ts'
import { newId } from '../../kernel/ids.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'
import { PLAN_TONE } from './words.ts'

type PlansProps = { row: Order; plans: readonly Plan[]; mayEdit: boolean }

/** 回款计划: when how much is to come, and what has. */
export function Plans({ row, plans, mayEdit }: PlansProps) {
  const t = useText(text)
  const [isEditing, setEditing] = useState(false)
  if (isEditing) return <PlansEditor row={row} plans={plans} onClose={() => setEditing(false)} />
  const planned = plans.reduce((sum, { amountFen, isVoid }) => sum + (isVoid ? 0 : amountFen), 0)
  const rest = (row.totalFen ?? 0) - planned
  return (
    <div>
      <div className="row g8 gap-below">
        <span className="grow t3 s12 num">
          {plans.length > 0 && rest !== 0 && t('plansDiffer', { sum: formatMoney(planned), rest: formatMoney(rest) })}
        </span>
        {mayEdit && (
          <Button size="small" icon={<EditOutlined />} onClick={() => setEditing(true)}>
            {t('editPlans')}
          </Button>
        )}
      </div>
      {plans.length === 0 ? (
        <Nothing>{t('noPlans')}</Nothing>
      ) : (
        <SimpleTable
          rows={plans}
          rowKey={({ id }) => id}
          columns={[
            { key: 'due', title: t('dueOn'), render: ({ dueOn }) => <span className="num">{dueOn}</span> },
            {
              key: 'state',
              title: t('state'),
              render: ({ state }) => <Chip tone={PLAN_TONE[state]}>{sliceWord('orders', `options.plan.${state}`)}</Chip>,
            },
            { key: 'amount', title: t('planned'), align: 'right', render: ({ amountFen }) => <Money fen={amountFen} /> },
            { key: 'got', title: t('got'), align: 'right', render: ({ receivedFen }) => <Money fen={receivedFen} /> },
            { key: 'note', title: t('note'), render: ({ note }) => note ?? <Dash /> },
          ]}
        />
      )}
    </div>
  )
}

type Draft = {
  key: string
  id?: Plan['id']
  dueOn: string | null
  amountFen: number | null
  isVoid: boolean
  note: string
  receivedFen: number
}
const draftOf = ({ id, dueOn, amountFen, isVoid, note, receivedFen }: Plan): Draft => ({
  key: id,
  id,
  dueOn,
  amountFen,
  isVoid,
  note: note ?? '',
  receivedFen,
})

function PlansEditor({ row, plans, onClose }: Omit<PlansProps, 'mayEdit'> & { onClose: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  const [version] = useState(row.version)
  const fresh = (all: readonly Draft[]): Draft => {
    const left = (row.totalFen ?? 0) - all.reduce((sum, { amountFen, isVoid }) => sum + (isVoid ? 0 : (amountFen ?? 0)), 0)
    return { key: newId(), dueOn: null, amountFen: left > 0 ? left : null, isVoid: false, note: '', receivedFen: 0 }
  }
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => (plans.length > 0 ? plans.map(draftOf) : [fresh([])]))
  const save = useMutation(
    useApi().orders.setPlans.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved) => {
        undo.say(t('plansSaved', { name: saved.name }), { recordId: saved.id })
        onClose()
      },
    }),
  )
  const isReady = drafts.every(({ dueOn, amountFen }) => dueOn !== null && amountFen !== null && amountFen > 0)
  const change = (key: string, more: Partial<Draft>) =>
    setDrafts((now) => now.map((draft) => (draft.key === key ? { ...draft, ...more } : draft)))
  const send = () =>
    save.mutate({
      id: row.id,
      version,
      plans: drafts.map(({ id, dueOn, amountFen, isVoid, note }) => ({
        ...(id && { id }),
        dueOn: dueOn ?? '',
        amountFen: amountFen ?? 0,
        isVoid,
        note: note.trim() || null,
      })),
    })
  return (
    <div role="group" aria-label={t('plans')}>
      {drafts.map((draft, n) => (
        <PlanLine
          key={draft.key}
          draft={draft}
          nth={t('nth', { n: n + 1 })}
          onChange={(more) => change(draft.key, more)}
          onRemove={() => setDrafts((now) => now.filter(({ key }) => key !== draft.key))}
          removes={t('removePlan', { n: n + 1 })}
        />
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => setDrafts((now) => [...now, fresh(now)])}>
        {t('addPlan')}
      </Button>
      {!isReady && <div className="t3 s12 gap-above">{t('wrongPlan')}</div>}
      {save.error && (
        <div className="field-error" role="alert">
          {failureText(save.error, 'orders')}
        </div>
      )}
      <div className="row g8 gap-above">
        <span className="grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="primary" loading={save.isPending} disabled={!isReady} onClick={send}>
          {t('save')}
        </Button>
      </div>
    </div>
  )
}

type PlanLineProps = {
  draft: Draft
  nth: string
  removes: string
  onChange: (more: Partial<Draft>) => void
  onRemove: () => void
}

function PlanLine({ draft, nth, removes, onChange, onRemove }: PlanLineProps) {
  const t = useText(text)
  return (
    <div className="plan-edit">
      <DatePicker
        aria-label={`${nth} ${t('dueOn')}`}
        placeholder={t('dueOn')}
        format="YYYY-MM-DD"
        value={draft.dueOn ? dayjs(draft.dueOn) : null}
        onChange={(next) => onChange({ dueOn: next ? next.format('YYYY-MM-DD') : null })}
      />
      <InputNumber
        className="num"
        controls={false}
        min={0}
        precision={2}
        prefix="¥"
        aria-label={`${nth} ${t('planned')}`}
        value={draft.amountFen === null ? null : draft.amountFen / 100}
        onChange={(next) => onChange({ amountFen: typeof next === 'number' ? Math.round(next * 100) : null })}
      />
      <Input
        aria-label={`${nth} ${t('note')}`}
        placeholder={t('note')}
        maxLength={500}
        value={draft.note}
        onChange={(event) => onChange({ note: event.target.value })}
      />
      <Checkbox
        checked={draft.isVoid}
        disabled={draft.receivedFen !== 0}
        onChange={(event) => onChange({ isVoid: event.target.checked })}
      >
        {t('isVoid')}
      </Checkbox>
      <IconButton small icon={<CloseOutlined />} title={removes} disabled={draft.receivedFen !== 0} onClick={onRemove} />
    </div>
  )
}
