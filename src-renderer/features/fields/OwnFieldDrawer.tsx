import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { type CustomizableEntity, isWordField, type WordField } from '../../../src-shared/features/fields/model.ts'
import type { EntityDescriptor, FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Tone } from '../../components/marks.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { type Choice, ChoiceLines, newChoice } from './ChoiceLines.tsx'
import { FieldRulesPart } from './FieldRulesPart.tsx'
import { useFieldSettings } from './Fields.tsx'
import { text } from './text.ts'
import { useTakeAway } from './useTakeAway.tsx'

type OwnFieldDrawerProps = { entity: EntityDescriptor; kind: CustomizableEntity; field: FieldDescriptor; onClose: () => void }

/** A field of the program: what is asked of it, and for 行业 and 来源 the words they offer. */
export function OwnFieldDrawer({ entity, kind, field, onClose }: OwnFieldDrawerProps) {
  return (
    <Drawer open size={480} title={fieldWord(entity.feature, field.key)} onClose={onClose}>
      {isWordField(kind, field.key) && <WordsPart field={field.key} />}
      <FieldRulesPart entity={entity} kind={kind} fieldKey={field.key} />
    </Drawer>
  )
}

function WordsPart({ field }: { field: WordField }) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const stored = useFieldSettings().find((one) => one.entity === 'customer' && one.field === field)
  const [words, setWords] = useState<Choice[]>(() =>
    (stored?.options ?? []).map(({ value, label, tone }) => ({ at: value, value, label, tone: tone as Tone })),
  )
  const used = useQuery(api.fields.choicesUsed.queryOptions({ input: { entity: 'customer', field }, meta: { shown: true } })).data
  const counts = used && new Map(used.map(({ value, count }) => [value, count]))
  const save = useMutation(
    api.fields.setWords.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ changed, batchId, settings }) => {
        setWords(settings.options.map(({ value, label, tone }) => ({ at: value, value, label, tone: tone as Tone })))
        undo.say(
          changed > 0 ? t('wordsRenamed', { n: formatNumber(changed) }) : t('wordsSaved'),
          batchId === null ? { recordId: settings.id } : { batchId },
        )
      },
    }),
  )
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
      {save.error && (
        <span className="field-error" role="alert">
          {failureText(save.error, 'fields')}
        </span>
      )}
      <div className="row g8">
        <span className="grow" />
        <Button
          loading={save.isPending}
          onClick={() =>
            save.mutate({
              field,
              version: stored?.version ?? 0,
              words: words.flatMap(({ value, label, tone }) =>
                label.trim() === '' ? [] : [{ label, tone, ...(value !== undefined && { value }) }],
              ),
            })
          }
        >
          {t('saveWords')}
        </Button>
      </div>
    </section>
  )
}
