import { useQuery } from '@tanstack/react-query'
import { Dropdown, Input } from 'antd'
import { useDeferredValue, useRef } from 'react'
import type { CustomFieldId, CustomizableEntity } from '../../../src-shared/features/fields/model.ts'
import { FUNCTION_NAMES } from '../../../src-shared/kernel/custom/formula/functions.ts'
import { formulaTypeOf } from '../../../src-shared/kernel/custom/formula/program.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { useApi } from '../../kernel/context.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { typeWord } from './NewFieldForm.tsx'
import { text } from './text.ts'
import { CustomShown } from './values.tsx'

type FormulaEditorProps = {
  entity: EntityDescriptor
  kind: CustomizableEntity
  id?: CustomFieldId | undefined
  precision: number | null
  value: string
  onChange: (source: string) => void
}

/** A formula with fields by their names, what is wrong with it while it is typed, and what it comes to on the newest records. */
export function FormulaEditor({ entity, kind, id, precision, value, onChange }: FormulaEditorProps) {
  const t = useText(text)
  const area = useRef<HTMLTextAreaElement | null>(null)
  const insert = (words: string) => {
    const at = area.current?.selectionStart ?? value.length
    onChange(value.slice(0, at) + words + value.slice(area.current?.selectionEnd ?? at))
    area.current?.focus()
  }
  const usable = entity.fields.filter((field) => formulaTypeOf(field) !== null)
  return (
    <div className="col g6">
      <div className="row g8">
        <span className="t3 s12 grow">{t('formula')}</span>
        <Dropdown
          trigger={['click']}
          menu={{
            className: 'tall-menu',
            items: usable.map(({ key, label }) => ({ key, label: label ?? fieldWord(entity.feature, key) })),
            onClick: ({ key }) => insert(nameIn(entity, key)),
          }}
        >
          <button type="button" className="bare tbrand s12">
            {t('insertField')}
          </button>
        </Dropdown>
        <Dropdown
          trigger={['click']}
          menu={{
            className: 'tall-menu',
            items: FUNCTION_NAMES.map(([name, chinese]) => ({ key: name, label: `${name} ${chinese}` })),
            onClick: ({ key }) => insert(`${key}()`),
          }}
        >
          <button type="button" className="bare tbrand s12">
            {t('insertFunction')}
          </button>
        </Dropdown>
      </div>
      <Input.TextArea
        ref={(ref) => {
          area.current = ref?.resizableTextArea?.textArea ?? null
        }}
        rows={3}
        className="lit"
        aria-label={t('formula')}
        placeholder={t('formulaHint')}
        maxLength={2000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <Tried kind={kind} id={id} precision={precision} source={keyed(entity, value)} />
    </div>
  )
}

/** Fields of the program are written by key, those of the company by their names. */
const nameIn = ({ fields }: EntityDescriptor, key: string): string => {
  const label = fields.find((field) => field.key === key)?.label
  return label === undefined || label.includes(']') ? `{${key}}` : `[${label}]`
}

/** The program's own fields may be written by their words, too: the backend knows their keys alone. */
export function keyed(entity: EntityDescriptor, source: string): string {
  const words = new Map(
    entity.fields.flatMap(({ key, label }) => (label === undefined ? [[fieldWord(entity.feature, key), key] as const] : [])),
  )
  return source.replaceAll(/\[([^\][]+)\]/g, (whole, word: string) => {
    const key = words.get(word.trim())
    return key === undefined ? whole : `{${key}}`
  })
}

type TriedProps = { kind: CustomizableEntity; id: CustomFieldId | undefined; precision: number | null; source: string }
function Tried({ kind, id, precision, source }: TriedProps) {
  const t = useText(text)
  const late = useDeferredValue(source)
  const tried = useQuery(
    useApi().fields.tryFormula.queryOptions({
      input: { entity: kind, source: late, precision, ...(id && { exceptId: id }) },
      enabled: late.trim() !== '',
      placeholderData: (before) => before,
      meta: { shown: true },
    }),
  ).data
  if (late.trim() === '' || !tried) return <span className="t3 s12">{t('formulaHelp')}</span>
  if (tried.problem)
    return (
      <span className="field-error" role="status">
        {t(`problem_${tried.problem.code}`, { detail: tried.problem.detail, at: tried.problem.at + 1 })}
      </span>
    )
  const type = tried.type ?? 'text'
  return (
    <div className="formula-tried">
      <span className="t3 s12">{t('formulaResult', { type: typeWord(type) })}</span>
      {tried.rows.map((row) => (
        <span key={row.id} className="row g8">
          <span className="grow el">{row.name}</span>
          <CustomShown field={{ key: 'cf_tried', type: type as 'text' }} value={row.value} />
        </span>
      ))}
    </div>
  )
}
