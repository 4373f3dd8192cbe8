import './fields.css'
import { ArrowDownOutlined, ArrowUpOutlined, EditOutlined, InboxOutlined, PlusOutlined, UndoOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { CUSTOMIZABLE, type CustomField, type CustomizableEntity } from '../../../src-shared/features/fields/model.ts'
import { confirm } from '../../components/confirm.tsx'
import { Chip, type Tone } from '../../components/marks.tsx'
import { IconButton } from '../../components/page.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, Section, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { EmptyState } from '../../components/states.tsx'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { EditFieldForm } from './EditFieldForm.tsx'
import { NewFieldForm, typeWord } from './NewFieldForm.tsx'
import { text } from './text.ts'

const FEATURE: Record<CustomizableEntity, string> = { customer: 'customers', contact: 'contacts' }
const entityWord = (entity: CustomizableEntity): string => sliceWord(FEATURE[entity], `entity.${entity}`) ?? entity

/** 自定义字段: what the company adds to customers and contacts. */
export function FieldsPage() {
  const t = useText(text)
  const mayManage = useCan('fields.manage')
  const [making, setMaking] = useState(false)
  const [editing, setEditing] = useState<CustomField | null>(null)
  const fields = useQuery(useApi().fields.list.queryOptions({ input: {}, meta: { shown: true } }))
  return (
    <SettingsPage
      title={t('title')}
      note={t(mayManage ? 'note' : 'readOnly')}
      flush
      actions={
        mayManage && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
            {t('newField')}
          </Button>
        )
      }
      foot={fields.data && t('count', { n: fields.data.filter(({ archived }) => !archived).length })}
    >
      <Loaded query={fields} feature="fields" rows={8} height={40}>
        {(all) => (
          <div className="set-scroll">
            {all.length === 0 ? (
              <EmptyState title={t('empty')} hint={mayManage ? t('emptyHint') : undefined} />
            ) : (
              CUSTOMIZABLE.map((entity) => (
                <Part
                  key={entity}
                  title={entityWord(entity)}
                  fields={all.filter((one) => one.entity === entity)}
                  onEdit={setEditing}
                />
              ))
            )}
          </div>
        )}
      </Loaded>
      <Modal open={making} title={t('newField')} footer={null} width={400} destroyOnHidden onCancel={() => setMaking(false)}>
        <NewFieldForm
          draft={{ entity: 'customer', label: '', type: 'text' }}
          entities={CUSTOMIZABLE.map((value) => ({ value, label: entityWord(value) }))}
          onMade={() => setMaking(false)}
          onCancel={() => setMaking(false)}
        />
      </Modal>
      <Modal
        open={editing !== null}
        title={t('editField')}
        footer={null}
        width={440}
        destroyOnHidden
        onCancel={() => setEditing(null)}
      >
        {editing && <EditFieldForm field={editing} onDone={() => setEditing(null)} />}
      </Modal>
    </SettingsPage>
  )
}

type PartProps = { title: string; fields: readonly CustomField[]; onEdit: (field: CustomField) => void }

function Part({ title, fields, onEdit }: PartProps) {
  const t = useText(text)
  const living = fields.filter(({ archived }) => !archived)
  const aside = fields.filter(({ archived }) => archived)
  if (fields.length === 0) return null
  return (
    <Section title={title}>
      <FieldList fields={living} onEdit={onEdit} />
      {aside.length > 0 && (
        <>
          <div className="sec fields-aside t3 s12">{t('archivedFields')}</div>
          <FieldList fields={aside} onEdit={onEdit} />
        </>
      )}
    </Section>
  )
}

function FieldList({ fields, onEdit }: Omit<PartProps, 'title'>) {
  const t = useText(text)
  const mayManage = useCan('fields.manage')
  const acts = (field: CustomField) => mayManage && <Acts field={field} among={fields} onEdit={() => onEdit(field)} />
  const more = (field: CustomField) =>
    field.type === 'select' ? (
      <span className="row g4 wrap">
        {field.choices
          .filter(({ archived }) => !archived)
          .map(({ value, label, tone }) => (
            <Chip key={value} tone={tone as Tone}>
              {label}
            </Chip>
          ))}
      </span>
    ) : (
      <span className="t3">{field.unit}</span>
    )
  return (
    <ListTable<CustomField>
      rows={fields}
      rowKey={({ id }) => id}
      columns={[
        { key: 'label', title: t('label'), width: 220, render: ({ label }) => <span className="b">{label}</span> },
        { key: 'type', title: t('type'), width: 120, render: ({ type }) => typeWord(type) },
        { key: 'more', title: t('choices'), render: more },
        { key: 'acts', title: '', width: 150, align: 'right', render: acts },
      ]}
      describe={(field) => ({ title: field.label, facts: [typeWord(field.type), more(field)], actions: acts(field) })}
    />
  )
}

function Acts({ field, among, onEdit }: { field: CustomField; among: readonly CustomField[]; onEdit: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const client = useClient()
  const { id, label } = field
  const said = (word: 'archivedToast' | 'restored') => () => undo.say(t(word, { label }), { recordId: id })
  const archive = useMutation(api.fields.archive.mutationOptions({ onSuccess: said('archivedToast') }))
  const restore = useMutation(api.fields.restore.mutationOptions({ onSuccess: said('restored') }))
  const reorder = useMutation(api.fields.reorder.mutationOptions())
  const at = among.findIndex((one) => one.id === id)
  const move = (by: number) => {
    const ids = among.map((one) => one.id)
    ids.splice(at + by, 0, ...ids.splice(at, 1))
    reorder.mutate({ entity: field.entity, ids })
  }
  const ask = async () => {
    const { count } = await client.fields.used({ id })
    const body = count > 0 ? t('archiveBody', { n: formatNumber(count) }) : t('archiveBodyNone')
    if (await confirm({ title: t('archiveTitle', { label }), body, yes: t('archive'), undoable: true })) archive.mutate({ id })
  }
  if (field.archived)
    return <IconButton small icon={<UndoOutlined />} title={t('restore')} onClick={() => restore.mutate({ id })} />
  return (
    <span className="row g2 inline">
      <IconButton small icon={<ArrowUpOutlined />} title={t('moveUp')} disabled={at === 0} onClick={() => move(-1)} />
      <IconButton
        small
        icon={<ArrowDownOutlined />}
        title={t('moveDown')}
        disabled={at === among.length - 1}
        onClick={() => move(1)}
      />
      <IconButton small icon={<EditOutlined />} title={t('editField')} onClick={onEdit} />
      <IconButton small icon={<InboxOutlined />} title={t('archive')} onClick={() => void ask()} />
    </span>
  )
}
