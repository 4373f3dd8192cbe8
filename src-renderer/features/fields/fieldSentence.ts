import type { FieldSetting } from '../../../src-shared/kernel/custom/setting.ts'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { FilterField } from '../../components/filter/filterField.ts'
import { filterSentence } from '../../components/rules/filterSentence.ts'
import { strong } from '../../components/rules/strong.ts'
import { listed, type Translate } from '../../kernel/text.ts'
import type { text } from './text.ts'

type T = Translate<keyof (typeof text)['zh-CN']>

/** Whether a rule is set of which more can be said than a word. */
export const asksAnything = (setting: FieldSetting | undefined): setting is FieldSetting =>
  setting !== undefined &&
  (setting.required ||
    setting.unique ||
    setting.requiredWhen !== null ||
    setting.visibleWhen !== null ||
    setting.defaultValue !== null)

/** What is asked of a field, in plain words. */
export function fieldSentence(
  t: T,
  label: string,
  { field, setting, fields }: { field: FieldDescriptor; setting: FieldSetting; fields: readonly FilterField[] },
): string {
  const named = { field: label }
  const { required, requiredWhen, visibleWhen, unique, defaultValue } = setting
  const begins = defaultValue === null ? null : defaultWord(t, field, defaultValue)
  const parts = [
    ...(required ? [t('s_required', named)] : []),
    ...(requiredWhen ? [t('s_requiredWhen', { ...named, when: filterSentence(requiredWhen, fields) })] : []),
    ...(visibleWhen ? [t('s_visibleWhen', { ...named, when: filterSentence(visibleWhen, fields) })] : []),
    ...(unique ? [t('s_unique', named)] : []),
    ...(begins === null ? [] : [t('s_default', { value: strong(begins) })]),
  ]
  const said = parts.length === 0 ? t('s_nothing', named) : parts.join(t('s_join'))
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${t('s_end')}`
}

function defaultWord(t: T, field: FieldDescriptor, value: NonNullable<FieldSetting['defaultValue']>): string {
  if (field.type === 'date' && value === 'today') return t('defaultToday')
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  const words = new Map((field.choices ?? []).map((choice) => [choice.value, choice.label]))
  const list = Array.isArray(value)
    ? value
    : typeof value === 'string' && field.type === 'multiSelect'
      ? value.split(',')
      : [value]
  if (field.type === 'money' && typeof value === 'number') return String(value / 100)
  return listed(list.map((one) => words.get(String(one)) ?? String(one)))
}
