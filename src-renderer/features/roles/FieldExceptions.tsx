import { CloseOutlined, PlusOutlined, UndoOutlined } from '@ant-design/icons'
import { Segmented } from 'antd'
import { Picker } from '../../components/Picker.tsx'
import { type EntityDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import { FIELD_RIGHTS, type FieldRight } from '../../../src-shared/kernel/permissions.ts'
import { IconButton } from '../../components/page.tsx'
import { Section } from '../../components/settings/SettingsPage.tsx'
import { Nothing } from '../../components/states.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useEntities } from '../fields/public.ts'
import { withField } from './draft.ts'
import { type EditorProps, objectWord } from './Matrix.tsx'
import { ENTITIES, mayHide, mayMask } from './matrix.ts'
import { text } from './text.ts'

/** Where a field is an exception, now or by default; kept in the order of the objects. */
function shownFields(entities: readonly EntityDescriptor[], { draft, standard }: EditorProps) {
  const keys = new Set([...Object.keys(draft.fields), ...Object.keys(standard.fields)])
  return entities.flatMap((entity) =>
    entity.fields.flatMap((field) => {
      const key = `${entity.name}.${field.key}`
      return keys.has(key) ? [{ entity, field }] : []
    }),
  )
}

type Shown = ReturnType<typeof shownFields>[number]
const keyOf = ({ entity, field }: Shown): string => `${entity.name}.${field.key}`

const offered = (right: FieldRight, field: Parameters<typeof mayHide>[0]): boolean =>
  right === 'hidden' ? mayHide(field) : right === 'masked' ? mayMask(field) : true

/** 字段例外: what this role sees less of than the object allows. */
export function FieldExceptions(props: EditorProps) {
  const t = useText(text)
  const shown = shownFields(useEntities(ENTITIES), props)
  return (
    <Section title={t('fields')} note={t('fieldsHint')} actions={props.onChange && <AddField {...props} />}>
      <div className="set-lined">
        {shown.length === 0 && <Nothing>{t('noFields')}</Nothing>}
        {shown.map((one) => (
          <ExceptionLine key={keyOf(one)} {...one} {...props} />
        ))}
      </div>
    </Section>
  )
}

function ExceptionLine({ entity, field, draft, standard, builtin, onChange }: Shown & EditorProps) {
  const t = useText(text)
  const key = keyOf({ entity, field })
  const right = draft.fields[key] ?? 'write'
  const before = standard.fields[key] ?? 'write'
  const set = (next: FieldRight) => onChange?.(withField(draft, key, next))
  return (
    <div className="roles-field">
      <span className="roles-field-entity t2">{objectWord({ entity })}</span>
      <span className="roles-field-name b el">{fieldWord(entity.feature, field.key)}</span>
      <Segmented<FieldRight>
        size="small"
        value={right}
        disabled={!onChange}
        options={FIELD_RIGHTS.map((one) => ({ value: one, label: t(`right_${one}`), disabled: !offered(one, field) }))}
        onChange={set}
      />
      <span className="grow roles-field-note">
        {right === before ? (
          <span className="t3 el">{t(`note_${right}`)}</span>
        ) : (
          <span className="row g6 tlamp">
            {t(builtin ? 'differs' : 'notSaved')}
            {onChange && (
              <IconButton
                small
                icon={<UndoOutlined className="tlamp" />}
                title={t('backToDefault', { value: t(`right_${before}`) })}
                onClick={() => set(before)}
              />
            )}
          </span>
        )}
      </span>
      {onChange && right !== 'write' && (
        <IconButton small icon={<CloseOutlined />} title={t('removeField')} onClick={() => set('write')} />
      )}
    </div>
  )
}

function AddField(props: EditorProps) {
  const t = useText(text)
  const entities = useEntities(ENTITIES)
  const shown = new Set(shownFields(entities, props).map(keyOf))
  const options = entities
    .map((entity) => ({
      label: objectWord({ entity }),
      title: entity.name,
      options: entity.fields
        .filter((field) => !shown.has(`${entity.name}.${field.key}`) && (mayHide(field) || !field.readOnly))
        .map((field) => ({ value: `${entity.name}.${field.key}`, label: fieldWord(entity.feature, field.key) })),
    }))
    .filter((group) => group.options.length > 0)
  const add = (key: string) => {
    const [name, field] = key.split('.')
    const found = entities.flatMap((entity) => (entity.name === name ? (findField(entity, field ?? '') ?? []) : []))[0]
    if (found) props.onChange?.(withField(props.draft, key, mayMask(found) ? 'masked' : mayHide(found) ? 'hidden' : 'read'))
  }
  return (
    <Picker<string>
      size="small"
      variant="borderless"
      className="roles-add"
      value={null as unknown as string}
      placeholder={
        <span className="tbrand">
          <PlusOutlined /> {t('addField')}
        </span>
      }
      suffixIcon={null}
      aria-label={t('addField')}
      popupMatchSelectWidth={200}
      options={options}
      onChange={add}
    />
  )
}
