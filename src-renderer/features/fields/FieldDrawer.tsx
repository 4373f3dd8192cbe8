import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Drawer, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { Picker } from '../../components/Picker.tsx'
import { type CustomField, type CustomizableEntity, hasChoices } from '../../../src-shared/features/fields/model.ts'
import { CUSTOM_TYPES, type CustomType } from '../../../src-shared/kernel/custom/model.ts'
import { withLabels } from '../../../src-shared/kernel/custom/formula/tokens.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Tone } from '../../components/marks.tsx'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { type Choice, ChoiceLines } from './ChoiceLines.tsx'
import { FieldRulesPart, useFieldRules } from './FieldRulesPart.tsx'
import { FormulaEditor, keyed } from './FormulaEditor.tsx'
import { useTakeAway } from './useTakeAway.tsx'
import { typeWord } from './NewFieldForm.tsx'
import { text } from './text.ts'

type Draft = {
  label: string
  type: CustomType
  unit: string
  precision: number | null
  choices: readonly Choice[]
  formula: string
}
const draftOf = (field: CustomField | null): Draft => ({
  label: field?.label ?? '',
  type: field?.type ?? 'text',
  unit: field?.unit ?? '',
  precision: field?.precision ?? null,
  choices: (field?.choices ?? []).flatMap(({ value, label, tone, archived }) =>
    archived ? [] : [{ at: value, value, label, tone: tone as Tone }],
  ),
  formula: field?.formula ?? '',
})

type FieldDrawerProps = { entity: EntityDescriptor; kind: CustomizableEntity; field: CustomField | null; onClose: () => void }

/** A field of the company: what it is, what it offers, and what is asked of it. */
export function FieldDrawer({ entity, kind, field, onClose }: FieldDrawerProps) {
  const t = useText(text)
  const [draft, setDraft] = useState(() => ({ ...draftOf(field), formula: withWords(entity, field?.formula ?? '') }))
  const [began] = useState(() => JSON.stringify(draft))
  const change = (next: Partial<Draft>) => setDraft((before) => ({ ...before, ...next }))
  const rules = useFieldRules({ kind, fieldKey: field?.key ?? '' })
  const isChanged = JSON.stringify(draft) !== began
  const close = useAskBeforeClose(() => isChanged || rules.isDirty, onClose)
  const { save, error, isPending } = useSaving({ entity, kind, field }, draft)
  const isDirty = isChanged || rules.isDirty
  // What is asked of it is a command of its own; what is refused stays in sight.
  const saveAll = async () => {
    if ((isChanged || !field) && !(await save())) return
    if (rules.isDirty && !(await rules.save())) return
    onClose()
  }
  const ready = draft.label.trim() !== '' && (draft.type !== 'formula' || draft.formula.trim() !== '')
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={480}
      title={field ? t('editFieldOf', { label: field.label }) : t('newField')}
      onClose={close}
      footer={
        <div className="row g8">
          <span className="grow" />
          <Button onClick={close}>{t('cancel')}</Button>
          <Button
            type="primary"
            disabled={!ready || (field !== null && !isDirty)}
            loading={isPending || rules.isPending}
            onClick={() => void saveAll()}
          >
            {t(field ? 'save' : 'make')}
          </Button>
        </div>
      }
    >
      <form
        className="col g12"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) void saveAll()
        }}
      >
        <Basics draft={draft} isNew={!field} onChange={change} />
        {hasChoices(draft.type) && <Choices kind={kind} field={field} draft={draft} onChange={change} />}
        {draft.type === 'formula' && (
          <FormulaEditor
            entity={entity}
            kind={kind}
            id={field?.id}
            precision={draft.precision}
            value={draft.formula}
            onChange={(formula) => change({ formula })}
          />
        )}
        {error && (
          <span className="field-error" role="alert">
            {failureText(error, 'fields')}
          </span>
        )}
      </form>
      {field ? (
        <FieldRulesPart entity={entity} kind={kind} fieldKey={field.key} rules={rules} />
      ) : (
        <p className="t3 s12">{t('rulesLater')}</p>
      )}
    </Drawer>
  )
}

/** A stored formula as people read it. */
const withWords = (entity: EntityDescriptor, source: string): string =>
  source === '' ? '' : withLabels(source, (key) => entity.fields.find((field) => field.key === key)?.label)

type PartProps = { draft: Draft; onChange: (next: Partial<Draft>) => void }
function Basics({ draft, isNew, onChange }: PartProps & { isNew: boolean }) {
  const t = useText(text)
  const { label, type, unit, precision } = draft
  return (
    <>
      <label className="col g4">
        <span className="t3 s12">{t('label')}</span>
        <Input
          autoFocus={isNew}
          maxLength={40}
          aria-label={t('label')}
          value={label}
          onChange={(event) => onChange({ label: event.target.value })}
        />
      </label>
      <label className="col g4">
        <span className="t3 s12">{t('type')}</span>
        {isNew ? (
          <Picker<CustomType>
            value={type}
            aria-label={t('type')}
            options={CUSTOM_TYPES.map((value) => ({ value, label: typeWord(value) }))}
            onChange={(next) => onChange({ type: next })}
          />
        ) : (
          <span>{typeWord(type)}</span>
        )}
      </label>
      {(type === 'number' || type === 'formula') && (
        <div className="row g12">
          {type === 'number' && (
            <label className="col g4 grow">
              <span className="t3 s12">{t('unit')}</span>
              <Input maxLength={20} value={unit} onChange={(event) => onChange({ unit: event.target.value })} />
            </label>
          )}
          <label className="col g4 grow">
            <span className="t3 s12">{t('precision')}</span>
            <InputNumber
              className="block-select"
              min={0}
              max={6}
              precision={0}
              placeholder={t('precisionHint')}
              value={precision}
              onChange={(next) => onChange({ precision: typeof next === 'number' ? next : null })}
            />
          </label>
        </div>
      )}
    </>
  )
}

function Choices({ kind, field, draft, onChange }: PartProps & { kind: CustomizableEntity; field: CustomField | null }) {
  const used = useQuery(
    useApi().fields.choicesUsed.queryOptions({
      input: { entity: kind, field: field?.key ?? '' },
      enabled: field !== null,
      meta: { shown: true },
    }),
  ).data
  const counts = used && new Map(used.map(({ value, count }) => [value, count]))
  const drop = (choice: Choice) => onChange({ choices: draft.choices.filter(({ at }) => at !== choice.at) })
  const takeAway = useTakeAway({ kind, fieldKey: field?.key ?? '', choices: draft.choices, counts, onDropped: drop })
  return (
    <ChoiceLines
      choices={draft.choices}
      used={counts}
      onChange={(choices) => onChange({ choices })}
      onTakeAway={(choice) => void takeAway(choice)}
    />
  )
}

function useSaving({ entity, kind, field }: Omit<FieldDrawerProps, 'onClose'>, draft: Draft) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const done = (word: 'made' | 'edited') => (saved: CustomField) =>
    undo.say(t(word, { label: saved.label }), { recordId: saved.id })
  const creating = useCreate((context) =>
    api.fields.create.mutationOptions({ context, meta: { shown: true }, onSuccess: done('made') }),
  )
  const edit = useMutation(api.fields.edit.mutationOptions({ meta: { shown: true }, onSuccess: done('edited') }))
  /** @returns whether it was taken; `error` says why not. */
  const save = (): Promise<boolean> => {
    const { label, type, unit, precision, formula } = draft
    const choices = draft.choices
      .filter((choice) => choice.label.trim() !== '')
      .map(({ value, label: word, tone }) => ({ label: word, tone, ...(value !== undefined && { value }) }))
    const more = {
      ...(type === 'number' && { unit }),
      ...((type === 'number' || type === 'formula') && { precision }),
      ...(type === 'formula' && { formula: keyed(entity, formula) }),
    }
    if (field)
      return edit
        .mutateAsync({ id: field.id, version: field.version, label, ...more, ...(hasChoices(type) && { choices }) })
        .then(
          () => true,
          () => false,
        )
    return creating.create({
      entity: kind,
      label,
      type,
      ...more,
      ...(hasChoices(type) && { choices: choices.map(({ label: word, tone }) => ({ label: word, tone })) }),
    })
  }
  return { save, error: creating.error ?? edit.error, isPending: creating.isPending || edit.isPending }
}
