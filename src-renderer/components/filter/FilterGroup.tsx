import { CloseOutlined, DownOutlined, PlusOutlined } from '@ant-design/icons'
import { Dropdown, Select } from 'antd'
import { FILTER_DEPTH } from '../../../src-shared/kernel/filter/limits.ts'
import { useText } from '../../kernel/text.ts'
import { IconButton } from '../page.tsx'
import {
  addGroup,
  addRule,
  type Draft,
  type DraftRule,
  draftOf,
  EMPTY,
  isDraftGroup,
  type Mode,
  modeOf,
  type Path,
  removeAt,
  ruleFor,
  setMode,
  setRule,
} from './draft.ts'
import { FieldChoice } from './FieldChoice.tsx'
import { text } from './text.ts'
import type { FilterField } from './filterField.ts'
import { ValueEditor } from './ValueEditor.tsx'
import { inWay, wayOf, waysOf } from './ways.ts'

type FilterGroupProps = {
  group: Draft
  path: Path
  root: Draft
  fields: readonly FilterField[]
  onRoot: (root: Draft) => void
  /** Groups within groups at most. */
  most?: number
  /** Said before the mode: what the conditions are about. */
  label?: string
  /** A condition that comes now takes the focus. */
  focusNew: boolean
}

const MODES: readonly Mode[] = ['all', 'any', 'none']
const HINT = { all: 'allHint', any: 'anyHint', none: 'noneHint', notAll: 'notAllHint' } as const

/** Conditions that are taken together, a coloured line at their side instead of a box around them. */
export function FilterGroup({ group, path, root, most = FILTER_DEPTH, label, ...shared }: FilterGroupProps) {
  const { fields, onRoot, focusNew } = shared
  const t = useText(text)
  const mode = modeOf(group)
  const [first] = fields
  return (
    <div className={`fgroup fgroup-${mode}`} role="group" aria-label={t(mode)}>
      <div className="fgroup-head">
        {label && <span className="t3 s12">{label}</span>}
        <Dropdown
          trigger={['click']}
          menu={{
            selectable: true,
            selectedKeys: [mode],
            items: [...MODES, ...(mode === 'notAll' ? (['notAll'] as const) : [])].map((key) => ({ key, label: t(key) })),
            onClick: ({ key }) => onRoot(setMode(root, path, key as Mode)),
          }}
        >
          <button type="button" className="fmode">
            {t(mode)} <DownOutlined className="tiny" />
          </button>
        </Dropdown>
        <span className="t3 s12 el grow">{t(HINT[mode])}</span>
        {path.length > 0 && (
          <IconButton small icon={<CloseOutlined />} title={t('removeGroup')} onClick={() => onRoot(removeAt(root, path))} />
        )}
      </div>
      <div className="fgroup-body">
        {group.rules.map((part, index) => {
          const at = [...path, index]
          return isDraftGroup(part) ? (
            <FilterGroup key={part.id} group={part} path={at} root={root} most={most} {...shared} />
          ) : (
            <RuleRow
              key={part.id}
              rule={part}
              fields={fields}
              focusNew={focusNew}
              onChange={(rule) => onRoot(setRule(root, at, rule))}
              onRemove={() => onRoot(removeAt(root, at))}
            />
          )
        })}
        <div className="row g12 fgroup-add">
          <button
            type="button"
            className="bare tbrand s12"
            disabled={!first}
            onClick={() => first && onRoot(addRule(root, path, first))}
          >
            <PlusOutlined className="tiny" /> {t('addRule')}
          </button>
          {path.length < most && (
            <button
              type="button"
              className="bare tbrand s12"
              disabled={!first}
              onClick={() => first && onRoot(addGroup(root, path, first))}
            >
              <PlusOutlined className="tiny" /> {t('addGroup')}
            </button>
          )}
        </div>
      </div>
    </div>
  )
}

type RuleRowProps = {
  rule: DraftRule
  fields: readonly FilterField[]
  focusNew: boolean
  onChange: (rule: DraftRule) => void
  onRemove: () => void
}

/** One condition: of what, how compared, with what. */
function RuleRow({ rule, fields, focusNew, onChange, onRemove }: RuleRowProps) {
  const t = useText(text)
  const field = fields.find(({ key }) => key === rule.field)
  const way = field ? wayOf(field.type, rule) : null
  return (
    <div className="rule">
      <div className="rule-line">
        <FieldChoice
          rule={rule}
          fields={fields}
          takesFocus={focusNew}
          onChange={(next) => onChange({ ...ruleFor(next), id: rule.id })}
        />
        {field && (
          <Select
            size="small"
            className="rule-way"
            aria-label={t('way')}
            value={way?.key}
            popupMatchSelectWidth={false}
            options={waysOf(field.type, rule).map(({ key }) => ({ value: key, label: t(key) }))}
            onChange={(key) => {
              const next = waysOf(field.type, rule).find((one) => one.key === key)
              if (next) onChange({ ...inWay(rule, way, next), id: rule.id })
            }}
          />
        )}
        {field && way ? (
          <ValueEditor
            field={field}
            rule={rule}
            way={way}
            onRule={(value) => {
              const { value: _old, ...rest } = rule
              onChange(value === undefined ? rest : { ...rest, value })
            }}
          />
        ) : (
          <span className="rule-value t3 s12 el">{field ? '' : t('unknownField', { key: rule.field })}</span>
        )}
        <IconButton small icon={<CloseOutlined />} title={t('removeRule')} onClick={onRemove} />
      </div>
      {field?.fields && <Inner rule={rule} fields={field.fields} focusNew={focusNew} onChange={onChange} />}
    </div>
  )
}

/** What the related records must meet; folded away until somebody narrows them down. */
function Inner({ rule, fields, focusNew, onChange }: Omit<RuleRowProps, 'onRemove'>) {
  const t = useText(text)
  const { inner: draft, ...rest } = rule
  const setDraft = (next: Draft | null) => onChange(next ? { ...rest, inner: next } : rest)
  const [first] = fields
  if (!draft)
    return (
      <button
        type="button"
        className="bare tbrand s12 rule-inner-add"
        onClick={() => first && setDraft({ ...draftOf(EMPTY), rules: [ruleFor(first)] })}
      >
        {t('addInner')}
      </button>
    )
  return (
    <div className="rule-inner">
      <FilterGroup
        group={draft}
        path={[]}
        root={draft}
        fields={fields}
        most={1}
        focusNew={focusNew}
        onRoot={(next) => setDraft(next.rules.length === 0 ? null : next)}
        label={t('matching')}
      />
    </div>
  )
}
