import { useMutation } from '@tanstack/react-query'
import { Button, Form, InputNumber, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import type { Exclusions, Limit, LimitValues } from '../../../src-shared/features/pools/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { Many } from './Many.tsx'
import { text } from './text.ts'
import { levelChoices, statusChoices, usePeople } from './useChoices.ts'

type For = 'all' | 'department' | 'person'
type Draft = { target: For; id: string | null; most: number | null; without: Exclusions }

const draftOf = (limit: Limit | null): Draft => ({
  target: limit?.employeeId ? 'person' : limit?.departmentId ? 'department' : 'all',
  id: limit?.employeeId ?? limit?.departmentId ?? null,
  most: limit?.most ?? null,
  without: limit?.without ?? {},
})

function valuesOf({ target, id, most, without }: Draft): LimitValues | null {
  if (most === null || (target !== 'all' && id === null)) return null
  return { employeeId: target === 'person' ? id : null, departmentId: target === 'department' ? id : null, most, without }
}

/** For whom, how many, and what does not count. */
export function LimitDialog({ limit, onClose }: { limit: Limit | null; onClose: () => void }) {
  const t = useText(text)
  const { people, departments } = usePeople()
  const [draft, setDraft] = useState(() => draftOf(limit))
  const set = (more: Partial<Draft>) => setDraft((old) => ({ ...old, ...more }))
  const { save, error, isPending } = useSaving(limit, onClose)
  const values = valuesOf(draft)
  return (
    <Modal open onCancel={onClose} footer={null} title={limit ? t('limits') : t('newLimit')} width={440} destroyOnHidden>
      <Form layout="vertical" onFinish={() => values && save(values)}>
        {error && (
          <div className="field-error gap-below" role="alert">
            {failureText(error, 'pools')}
          </div>
        )}
        <Form.Item label={t('limitFor')}>
          <Segmented
            block
            value={draft.target}
            onChange={(target) => set({ target, id: null })}
            options={[
              { value: 'all' as For, label: t('forAll') },
              { value: 'department' as For, label: t('forDepartment') },
              { value: 'person' as For, label: t('forPerson') },
            ]}
          />
        </Form.Item>
        {draft.target !== 'all' && (
          <Form.Item label={t('who')}>
            <Picker
              aria-label={t('who')}
              value={draft.id}
              onChange={(id) => set({ id })}
              options={draft.target === 'person' ? people : departments}
            />
          </Form.Item>
        )}
        <Form.Item label={t('most')}>
          <InputNumber
            min={0}
            max={1_000_000}
            precision={0}
            aria-label={t('most')}
            value={draft.most}
            onChange={(most) => set({ most })}
          />
        </Form.Item>
        <Without value={draft.without} onChange={(without) => set({ without })} />
        <div className="row g8 question-foot">
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" disabled={values === null} loading={isPending}>
            {t('save')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}

function Without({ value, onChange }: { value: Exclusions; onChange: (next: Exclusions) => void }) {
  const t = useText(text)
  const put = (key: keyof Exclusions) => (next: string[]) => onChange({ ...value, [key]: next })
  return (
    <div className="ps-two">
      <Form.Item label={`${t('without')} · ${t('levels')}`}>
        <Many label={t('levels')} value={value.levels ?? []} options={levelChoices()} onChange={put('levels')} />
      </Form.Item>
      <Form.Item label={`${t('without')} · ${t('statuses')}`}>
        <Many label={t('statuses')} value={value.statuses ?? []} options={statusChoices()} onChange={put('statuses')} />
      </Form.Item>
    </div>
  )
}

function useSaving(limit: Limit | null, onClose: () => void) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const onSuccess = (saved: Limit) => {
    undo.say(t('limitSaved'), { recordId: saved.id })
    onClose()
  }
  const create = useMutation(api.pools.createLimit.mutationOptions({ onSuccess, meta: { shown: true } }))
  const edit = useMutation(api.pools.editLimit.mutationOptions({ onSuccess, meta: { shown: true } }))
  return {
    save: (values: LimitValues) => {
      if (limit) edit.mutate({ id: limit.id, version: limit.version, values })
      else create.mutate(values)
    },
    error: create.error ?? edit.error,
    isPending: create.isPending || edit.isPending,
  }
}
