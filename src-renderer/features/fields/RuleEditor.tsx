import { Radio } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Filter } from '../../../src-shared/kernel/list.ts'
import { draftOf, filterOf } from '../../components/filter/draft.ts'
import '../../components/filter/filter.css'
import { FilterGroup } from '../../components/filter/FilterGroup.tsx'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import { useFocusNew } from '../../components/filter/useFocusNew.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const NONE: readonly EntityDescriptor[] = []
type RuleEditorProps = {
  entity: EntityDescriptor
  /** The field itself is not asked by its own rule. */
  but: string
  filter: Filter | null
  onFilter: (filter: Filter | null) => void
}

/** Conditions on the same record, in the words of the list's filter. */
export function RuleEditor({ entity, but, filter, onFilter }: RuleEditorProps) {
  const all = useFilterFields(entity, NONE)
  const fields = useMemo(
    () =>
      all.filter(({ key, group, type }) => key !== but && group !== 'related' && !NOT_ASKED.has(type) && !key.startsWith('@')),
    [all, but],
  )
  const [draft, setDraft] = useState(() => draftOf(filter))
  const now = filterOf(draft, fields)
  const key = JSON.stringify(now)
  const tell = useRef(onFilter)
  tell.current = onFilter
  const said = useRef(JSON.stringify(filter))
  const latest = useRef(now)
  latest.current = now
  useEffect(() => {
    if (key !== said.current) tell.current(latest.current)
    said.current = key
  }, [key])
  const focusNew = useFocusNew()
  return <FilterGroup group={draft} path={[]} root={draft} fields={fields} onRoot={setDraft} most={1} focusNew={focusNew} />
}
const NOT_ASKED: ReadonlySet<string> = new Set(['tags', 'opened', 'department', 'related', 'instant', 'birthday'])

type WhenProps = RuleEditorProps & {
  label: string
  words: readonly [never: string, always: string | null, when: string]
  always: boolean
  onAlways: (always: boolean) => void
}

/** Never, always, or when a rule holds. */
export function When({ label, words, always, onAlways, filter, onFilter, ...rest }: WhenProps) {
  const t = useText(text)
  const [open, setOpen] = useState(filter !== null)
  const [never, always_, when] = words
  const at = open ? 'when' : always ? 'always' : 'never'
  return (
    <fieldset className="field-when">
      <legend className="t3 s12">{label}</legend>
      <Radio.Group
        size="small"
        value={at}
        aria-label={label}
        onChange={({ target }) => {
          setOpen(target.value === 'when')
          onAlways(target.value === 'always')
          if (target.value !== 'when') onFilter(null)
        }}
        options={[
          { value: 'never', label: never },
          ...(always_ === null ? [] : [{ value: 'always', label: always_ }]),
          { value: 'when', label: when },
        ]}
      />
      {open && <RuleEditor filter={filter} onFilter={onFilter} {...rest} />}
      {open && filter === null && <span className="t3 s12">{t('ruleEmpty')}</span>}
    </fieldset>
  )
}
