import './fields.css'
import { EditOutlined, InboxOutlined, PlusOutlined, UndoOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import {
  CUSTOMIZABLE,
  type CustomField,
  type CustomizableEntity,
  isWordField,
} from '../../../src-shared/features/fields/model.ts'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import { type EntityDescriptor, type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { confirm } from '../../components/confirm.ts'
import { Chip, type Tone } from '../../components/marks.tsx'
import { IconButton } from '../../components/page.tsx'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import { Sentence } from '../../components/rules/RuleSentence.tsx'
import { Loaded, Section, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { fieldWord, sliceWord } from '../../kernel/slices.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { asksAnything, fieldSentence } from './fieldSentence.ts'
import { FieldDrawer } from './FieldDrawer.tsx'
import { useEntity } from './Fields.tsx'
import { typeWord } from './NewFieldForm.tsx'
import { OwnFieldDrawer } from './OwnFieldDrawer.tsx'
import { Sortable } from '../../components/Sortable.tsx'
import { text } from './text.ts'

const ENTITIES: Record<CustomizableEntity, EntityDescriptor> = {
  customer: customerEntity,
  contact: contactEntity,
  followUp: followUpEntity,
}
const entityWord = (kind: CustomizableEntity): string => sliceWord(ENTITIES[kind].feature, `entity.${kind}`) ?? kind
const NONE: readonly EntityDescriptor[] = []
type Opened = { field: CustomField | null } | { own: FieldDescriptor }

/** 字段: what each kind of record holds, what the company added to it and what it asks of both. */
export function FieldsPage() {
  const t = useText(text)
  const mayManage = useCan('fields.manage')
  const [kind, setKind] = useState<CustomizableEntity>('customer')
  const [opened, setOpened] = useState<Opened | null>(null)
  const fields = useQuery(useApi().fields.list.queryOptions({ input: {}, meta: { shown: true } }))
  const entity = useEntity(ENTITIES[kind])
  const close = () => setOpened(null)
  return (
    <SettingsPage
      title={t('title')}
      note={t(mayManage ? 'note' : 'readOnly')}
      flush
      actions={
        mayManage && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpened({ field: null })}>
            {t('newField')}
          </Button>
        )
      }
      foot={fields.data && counted(t, entity)}
    >
      <div className="fields-kinds">
        <Segmented<CustomizableEntity>
          aria-label={t('entity')}
          value={kind}
          onChange={setKind}
          options={CUSTOMIZABLE.map((value) => ({ value, label: entityWord(value) }))}
        />
      </div>
      <Loaded query={fields} feature="fields" rows={8} height={40}>
        {(all) => (
          <div className="set-scroll">
            <OwnParts
              entity={entity}
              fields={all.filter((one) => one.entity === kind)}
              onEdit={(field) => setOpened({ field })}
            />
            <Section title={t('programFields')} note={t('programFieldsNote')}>
              {entity.fields
                .filter(({ key }) => !isCustomKey(key))
                .map((field) => (
                  <OwnLine key={field.key} entity={entity} kind={kind} field={field} onEdit={() => setOpened({ own: field })} />
                ))}
            </Section>
          </div>
        )}
      </Loaded>
      {opened && 'own' in opened && <OwnFieldDrawer entity={entity} kind={kind} field={opened.own} onClose={close} />}
      {opened && 'field' in opened && <FieldDrawer entity={entity} kind={kind} field={opened.field} onClose={close} />}
    </SettingsPage>
  )
}

const counted = (t: Translate<keyof (typeof text)['zh-CN']>, { fields }: EntityDescriptor): string => {
  const own = fields.filter(({ key }) => isCustomKey(key)).length
  return t('count', { n: fields.length, own })
}

type PartsProps = { entity: EntityDescriptor; fields: readonly CustomField[]; onEdit: (field: CustomField) => void }

function OwnParts({ entity, fields, onEdit }: PartsProps) {
  const t = useText(text)
  const mayManage = useCan('fields.manage')
  const reorder = useMutation(useApi().fields.reorder.mutationOptions())
  const living = fields.filter(({ archived }) => !archived)
  const aside = fields.filter(({ archived }) => archived)
  const line = (field: CustomField, handle: React.ReactNode) => (
    <FieldLine key={field.id} entity={entity} field={field} handle={handle} onEdit={() => onEdit(field)} />
  )
  return (
    <Section title={t('ownFields')}>
      {living.length === 0 && <p className="t3 fields-none">{t(mayManage ? 'emptyHint' : 'empty')}</p>}
      {mayManage ? (
        <Sortable
          items={living}
          idOf={({ id }) => id}
          onMove={(moved) => {
            const [first] = moved
            if (first) reorder.mutate({ entity: first.entity, ids: moved.map(({ id }) => id) })
          }}
        >
          {line}
        </Sortable>
      ) : (
        living.map((field) => line(field, null))
      )}
      {aside.length > 0 && <div className="sec fields-aside t3 s12">{t('archivedFields')}</div>}
      {aside.map((field) => line(field, null))}
    </Section>
  )
}

type FieldLineProps = { entity: EntityDescriptor; field: CustomField; handle: React.ReactNode; onEdit: () => void }

function FieldLine({ entity, field, handle, onEdit }: FieldLineProps) {
  const mayManage = useCan('fields.manage')
  const descriptor = entity.fields.find(({ key }) => key === field.key)
  return (
    <div className={`fields-line${field.archived ? ' t3' : ''}`}>
      <span className="fields-handle">{handle}</span>
      <span className="fields-label el b">{field.label}</span>
      <span className="fields-type t2">{typeWord(field.type)}</span>
      <span className="grow el row g4">
        {descriptor && <Asked entity={entity} field={descriptor} />}
        <More field={field} broken={descriptor?.formula?.problem !== undefined} />
      </span>
      {mayManage && <Acts field={field} onEdit={onEdit} />}
    </div>
  )
}

/** Options, the unit, or that a formula cannot be worked out. */
function More({ field, broken }: { field: CustomField; broken: boolean }) {
  const t = useText(text)
  if (broken) return <Chip tone="bad">{t('cellError_broken')}</Chip>
  const living = field.choices.filter(({ archived }) => !archived)
  if (living.length === 0) return <span className="t3">{field.unit}</span>
  return (
    <>
      {living.slice(0, 6).map(({ value, label, tone }) => (
        <Chip key={value} tone={tone as Tone}>
          {label}
        </Chip>
      ))}
      {living.length > 6 && <span className="t3 s12">{t('andMore')}</span>}
    </>
  )
}

/** What is asked of a field, as a sentence; what the program itself asks in a word. */
function Asked({ entity, field }: { entity: EntityDescriptor; field: FieldDescriptor }) {
  const t = useText(text)
  const fields = useFilterFields(entity, NONE)
  const { setting } = field
  const words = [field.required && t('requiredAlways'), field.single && t('uniqueLabel')].filter(
    (word) => typeof word === 'string',
  )
  return (
    <>
      {words.map((word) => (
        <span key={word} className="t3 s12 fields-asked">
          {word}
        </span>
      ))}
      {asksAnything(setting) && (
        <span className="s12 fields-sentence">
          <Sentence>{fieldSentence(t, fieldWord(entity.feature, field.key), { field, setting, fields })}</Sentence>
        </span>
      )}
    </>
  )
}

type OwnLineProps = { entity: EntityDescriptor; kind: CustomizableEntity; field: FieldDescriptor; onEdit: () => void }

/** A field of the program: what it is called and holds is given, what is asked of it is the company's. */
function OwnLine({ entity, kind, field, onEdit }: OwnLineProps) {
  const t = useText(text)
  const mayManage = useCan('fields.manage') && !field.readOnly
  const words = isWordField(kind, field.key) ? (field.choices ?? []) : []
  return (
    <div className="fields-line">
      <span className="fields-handle" />
      <span className="fields-label el">{fieldWord(entity.feature, field.key)}</span>
      <span className="fields-type t3">
        {isWordField(kind, field.key) ? t('wordsType') : (sliceWord('fields', `types.${field.type}`) ?? '')}
      </span>
      <span className="grow el row g4">
        <Asked entity={entity} field={field} />
        {words.slice(0, 6).map(({ value, label, tone }) => (
          <Chip key={value} tone={tone as Tone}>
            {label}
          </Chip>
        ))}
      </span>
      {mayManage ? (
        <IconButton
          small
          icon={<EditOutlined />}
          title={t('editFieldOf', { label: fieldWord(entity.feature, field.key) })}
          onClick={onEdit}
        />
      ) : (
        <span className="fields-act" />
      )}
    </div>
  )
}

function Acts({ field, onEdit }: { field: CustomField; onEdit: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const client = useClient()
  const { id, label } = field
  const said = (word: 'archivedToast' | 'restored') => () => undo.say(t(word, { label }), { recordId: id })
  const archive = useMutation(api.fields.archive.mutationOptions({ onSuccess: said('archivedToast') }))
  const restore = useMutation(api.fields.restore.mutationOptions({ onSuccess: said('restored') }))
  const ask = async () => {
    const { count } = await client.fields.used({ id })
    const body = count > 0 ? t('archiveBody', { n: formatNumber(count) }) : t('archiveBodyNone')
    if (await confirm({ title: t('archiveTitle', { label }), body, yes: t('archive'), undoable: true })) archive.mutate({ id })
  }
  if (field.archived)
    return <IconButton small icon={<UndoOutlined />} title={t('restore')} onClick={() => restore.mutate({ id })} />
  return (
    <span className="row g2 inline">
      <IconButton small icon={<EditOutlined />} title={t('editFieldOf', { label })} onClick={onEdit} />
      <IconButton small icon={<InboxOutlined />} title={t('archive')} onClick={() => void ask()} />
    </span>
  )
}
