import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { type CustomizableEntity, isWordField, type WordField } from '../../../src-shared/features/fields/model.ts'
import type { EntityDescriptor, FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import type { Tone } from '../../components/marks.tsx'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { type Choice, ChoiceLines, newChoice } from './ChoiceLines.tsx'
import { FieldRulesPart, useFieldRules } from './FieldRulesPart.tsx'
import { useFieldSettings } from './Fields.tsx'
import { text } from './text.ts'
import { useTakeAway } from './useTakeAway.tsx'

type OwnFieldDrawerProps = { entity: EntityDescriptor; kind: CustomizableEntity; field: FieldDescriptor; onClose: () => void }

/** A field of the program: what is asked of it, and for 行业 and 来源 the words they offer. */
export function OwnFieldDrawer({ entity, kind, field, onClose }: OwnFieldDrawerProps) {
  const t = useText(text)
  const wordField = isWordField(kind, field.key) ? field.key : null
  const words = useWords(wordField)
  const rules = useFieldRules({ kind, fieldKey: field.key })
  const isDirty = words.isDirty || rules.isDirty
  const close = useAskBeforeClose(() => isDirty, onClose)
  // Two commands; what is refused stays in sight.
  const saveAll = async () => {
    if (words.isDirty && !(await words.save())) return
    if (rules.isDirty && !(await rules.save())) return
    onClose()
  }
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={480}
      title={fieldWord(entity.feature, field.key)}
      onClose={close}
      footer={
        <div className="row g8">
          <span className="grow" />
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" disabled={!isDirty} loading={words.isPending || rules.isPending} onClick={() => void saveAll()}>
            {t('save')}
          </Button>
        </div>
      }
    >
      {wordField && <WordsPart field={wordField} state={words} />}
      <FieldRulesPart entity={entity} kind={kind} fieldKey={field.key} rules={rules} />
    </Drawer>
  )
}

type Stored = readonly { value: string; label: string; tone: string | null }[]
const choicesOf = (options: Stored | undefined): Choice[] =>
  (options ?? []).map(({ value, label, tone }) => ({ at: value, value, label, tone: tone as Tone }))

/** The words that a field offers, as they are being changed; null where it offers none. */
function useWords(field: WordField | null) {
  const t = useText(text)
  const undo = useUndo()
  const stored = useFieldSettings().find((one) => one.entity === 'customer' && one.field === field)
  const [words, setWords] = useState<Choice[]>(() => choicesOf(stored?.options))
  const { mutateAsync, error, isPending } = useMutation(
    useApi().fields.setWords.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ changed, batchId, settings }) =>
        undo.say(
          changed > 0 ? t('wordsRenamed', { n: formatNumber(changed) }) : t('wordsSaved'),
          batchId === null ? { recordId: settings.id } : { batchId },
        ),
    }),
  )
  return {
    words,
    setWords,
    isDirty: field !== null && JSON.stringify(words) !== JSON.stringify(choicesOf(stored?.options)),
    /** @returns whether it was taken; `error` says why not. */
    save: () =>
      mutateAsync({
        field: field as WordField,
        version: stored?.version ?? 0,
        words: words.flatMap(({ value, label, tone }) =>
          label.trim() === '' ? [] : [{ label, tone, ...(value !== undefined && { value }) }],
        ),
      }).then(
        () => true,
        () => false,
      ),
    error,
    isPending,
  }
}

type WordsPartProps = { field: WordField; state: ReturnType<typeof useWords> }
function WordsPart({ field, state: { words, setWords, error } }: WordsPartProps) {
  const t = useText(text)
  const api = useApi()
  const used = useQuery(api.fields.choicesUsed.queryOptions({ input: { entity: 'customer', field }, meta: { shown: true } })).data
  const counts = used && new Map(used.map(({ value, count }) => [value, count]))
  const drop = (choice: Choice) => setWords((before) => before.filter(({ at }) => at !== choice.at))
  const takeAway = useTakeAway({ kind: 'customer', fieldKey: field, choices: words, counts, onDropped: drop })
  const fresh = (used ?? [])
    .filter(({ value }) => !words.some(({ label }) => label === value))
    .toSorted((a, b) => b.count - a.count)
  return (
    <section className="col g8">
      <span className="t3 s12">{t('wordsHint')}</span>
      <ChoiceLines choices={words} used={counts} onChange={setWords} onTakeAway={(choice) => void takeAway(choice)} />
      {fresh.length > 0 && (
        <button
          type="button"
          className="bare tbrand s12"
          onClick={() => setWords((before) => [...before, ...fresh.slice(0, 50).map(({ value }) => newChoice(value))])}
        >
          {t('wordsTakeIn', { n: Math.min(50, fresh.length) })}
        </button>
      )}
      {error && (
        <span className="field-error" role="alert">
          {failureText(error, 'fields')}
        </span>
      )}
    </section>
  )
}
