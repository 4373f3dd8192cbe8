import { useMutation } from '@tanstack/react-query'
import { Select } from 'antd'
import type { CustomizableEntity } from '../../../src-shared/features/fields/model.ts'
import { confirm } from '../../components/confirm.ts'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import type { Choice } from './ChoiceLines.tsx'
import { text } from './text.ts'

type TakeAwayProps = {
  kind: CustomizableEntity
  fieldKey: string
  choices: readonly Choice[]
  counts: ReadonlyMap<string, number> | undefined
  onDropped: (choice: Choice) => void
}

/** What becomes of an option that is taken away: unused it goes; in use, it stays on its records, or they get another one. */
export function useTakeAway({ kind, fieldKey, choices, counts, onDropped }: TakeAwayProps) {
  const t = useText(text)
  const undo = useUndo()
  const replace = useMutation(useApi().fields.replaceChoice.mutationOptions())
  return async (choice: Choice): Promise<void> => {
    const n = choice.value === undefined ? 0 : (counts?.get(choice.value) ?? 0)
    if (choice.value === undefined || n === 0) return onDropped(choice)
    const others = choices.flatMap(({ value, label }) =>
      value !== undefined && value !== choice.value ? [{ value, label }] : [],
    )
    let to: string | null | undefined
    const sure = await confirm({
      title: t('takeAwayTitle', { label: choice.label }),
      body: (
        <span className="col g8">
          {t('takeAwayBody', { n: formatNumber(n) })}
          <Select
            className="block-select"
            aria-label={t('takeAwayTo')}
            defaultValue="keep"
            options={[
              { value: 'keep', label: t('takeAwayKeep') },
              { value: 'empty', label: t('takeAwayEmpty') },
              ...others.map(({ value, label }) => ({ value: `to ${value}`, label: t('takeAwayInto', { label }) })),
            ]}
            onChange={(next: string) => {
              to = next === 'keep' ? undefined : next === 'empty' ? null : next.slice(3)
            }}
          />
        </span>
      ),
      yes: t('takeAwayYes'),
      undoable: true,
    })
    if (!sure) return
    if (to !== undefined) {
      const { changed, batchId } = await replace.mutateAsync({ entity: kind, field: fieldKey, from: choice.value, to })
      if (batchId !== null) undo.say(t('replaced', { n: formatNumber(changed) }), { batchId })
    }
    onDropped(choice)
  }
}
