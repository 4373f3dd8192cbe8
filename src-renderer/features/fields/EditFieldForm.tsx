import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { CustomField } from '../../../src-shared/features/fields/model.ts'
import { IconButton } from '../../components/page.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

type Choice = { at: number; value?: string; label: string }

/** Name, unit and options of a field; its type stays. An option taken away stays with the records that hold it. */
export function EditFieldForm({ field, onDone }: { field: CustomField; onDone: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  const [label, setLabel] = useState(field.label)
  const [unit, setUnit] = useState(field.unit ?? '')
  const [choices, setChoices] = useState<Choice[]>(() =>
    field.choices.filter(({ archived }) => !archived).map(({ value, label: word }, at) => ({ at, value, label: word })),
  )
  const edit = useMutation(
    useApi().fields.edit.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved) => {
        undo.say(t('edited', { label: saved.label }), { recordId: saved.id })
        onDone()
      },
    }),
  )
  const kept = choices.filter((choice) => choice.label.trim() !== '')
  const save = () =>
    edit.mutate({
      id: field.id,
      version: field.version,
      label,
      ...(field.type === 'number' && { unit }),
      ...(field.type === 'select' && {
        choices: kept.map(({ value, label: word }) => ({ label: word, ...(value !== undefined && { value }) })),
      }),
    })
  return (
    <form
      className="col g8 fields-new"
      onSubmit={(event) => {
        event.preventDefault()
        if (label.trim()) save()
      }}
    >
      <Input aria-label={t('label')} maxLength={40} value={label} onChange={(event) => setLabel(event.target.value)} />
      {field.type === 'number' && (
        <Input
          aria-label={t('unit')}
          placeholder={t('unit')}
          maxLength={20}
          value={unit}
          onChange={(event) => setUnit(event.target.value)}
        />
      )}
      {field.type === 'select' && <ChoiceLines choices={choices} onChange={setChoices} />}
      {edit.error && (
        <span className="field-error" role="alert">
          {failureText(edit.error, 'fields')}
        </span>
      )}
      <div className="row g8">
        <span className="grow" />
        <Button onClick={onDone}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={!label.trim()} loading={edit.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}

function ChoiceLines({ choices, onChange }: { choices: readonly Choice[]; onChange: (choices: Choice[]) => void }) {
  const t = useText(text)
  return (
    <div className="col g6">
      <span className="t3 s12">{t('choices')}</span>
      {choices.map((choice) => (
        <span key={choice.at} className="row g6">
          <Input
            size="small"
            maxLength={100}
            aria-label={t('choices')}
            value={choice.label}
            onChange={(event) =>
              onChange(choices.map((one) => (one.at === choice.at ? { ...one, label: event.target.value } : one)))
            }
          />
          <IconButton
            small
            icon={<DeleteOutlined />}
            title={t('archive')}
            onClick={() => onChange(choices.filter((one) => one.at !== choice.at))}
          />
        </span>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        aria-label={t('newChoice')}
        onClick={() => onChange([...choices, { at: Math.max(-1, ...choices.map(({ at }) => at)) + 1, label: '' }])}
      >
        {t('newChoice')}
      </Button>
    </div>
  )
}
