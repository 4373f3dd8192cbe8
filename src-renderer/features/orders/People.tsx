import { CloseOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Order, Person as Sharing } from '../../../src-shared/features/orders/model.ts'
import { Person } from '../../components/Avatar.tsx'
import type { FieldOption } from '../../components/FieldEditor.tsx'
import { IconButton } from '../../components/page.tsx'
import { Picker } from '../../components/Picker.tsx'
import { SimpleTable } from '../../components/SimpleTable.tsx'
import { Nothing } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { text } from './text.ts'

type PeopleProps = { row: Order; people: readonly Sharing[]; mayEdit: boolean }

/** 分成: who has which part in an order; the shares of a role are whole. */
export function People({ row, people, mayEdit }: PeopleProps) {
  const t = useText(text)
  const [isEditing, setEditing] = useState(false)
  if (isEditing) return <PeopleEditor row={row} people={people} onClose={() => setEditing(false)} />
  return (
    <div>
      {mayEdit && (
        <div className="row g8 gap-below">
          <span className="grow" />
          <Button size="small" icon={<EditOutlined />} onClick={() => setEditing(true)}>
            {t('editPeople')}
          </Button>
        </div>
      )}
      {people.length === 0 ? (
        <Nothing>{t('noPeople')}</Nothing>
      ) : (
        <SimpleTable
          rows={people}
          rowKey={({ id }) => id}
          columns={[
            { key: 'person', title: t('person'), render: ({ employeeName }) => <Person name={employeeName} /> },
            { key: 'role', title: t('role'), render: ({ role }) => role },
            { key: 'share', title: t('share'), align: 'right', render: ({ share }) => <span className="num">{share}</span> },
          ]}
        />
      )}
    </div>
  )
}

type Draft = { key: string; employeeId: string | null; role: string; share: string }

function PeopleEditor({ row, people, onClose }: Omit<PeopleProps, 'mayEdit'> & { onClose: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  const owners = useOwnerOptions()
  const [version] = useState(row.version)
  const [drafts, setDrafts] = useState<readonly Draft[]>(() =>
    people.length > 0
      ? people.map(({ id, employeeId, role, share }) => ({ key: id, employeeId, role, share }))
      : [{ key: newId(), employeeId: row.ownerId, role: '', share: '100' }],
  )
  const save = useMutation(
    useApi().orders.setPeople.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved) => {
        undo.say(t('peopleSaved', { name: saved.name }), { recordId: saved.id })
        onClose()
      },
    }),
  )
  // Who has left stays with what he sold.
  const others = people
    .filter(({ employeeId }) => !owners.some(({ value }) => value === employeeId))
    .map(({ employeeId, employeeName }) => ({ value: employeeId, label: employeeName }))
  const isReady = drafts.every(({ employeeId, role, share }) => employeeId !== null && role.trim() !== '' && share !== '')
  const change = (key: string, more: Partial<Draft>) =>
    setDrafts((now) => now.map((draft) => (draft.key === key ? { ...draft, ...more } : draft)))
  return (
    <div role="group" aria-label={t('people')}>
      {drafts.map((draft, n) => (
        <PersonLine
          key={draft.key}
          draft={draft}
          n={n + 1}
          options={[...owners, ...others]}
          onChange={(more) => change(draft.key, more)}
          onRemove={() => setDrafts((now) => now.filter(({ key }) => key !== draft.key))}
        />
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => setDrafts((now) => [...now, { key: newId(), employeeId: null, role: now.at(-1)?.role ?? '', share: '' }])}
      >
        {t('addPerson')}
      </Button>
      {save.error && (
        <div className="field-error" role="alert">
          {failureText(save.error, 'orders')}
        </div>
      )}
      <div className="row g8 gap-above">
        <span className="grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          type="primary"
          loading={save.isPending}
          disabled={!isReady}
          onClick={() =>
            save.mutate({
              id: row.id,
              version,
              people: drafts.map(({ employeeId, role, share }) => ({ employeeId: employeeId ?? '', role: role.trim(), share })),
            })
          }
        >
          {t('save')}
        </Button>
      </div>
    </div>
  )
}

type PersonLineProps = {
  draft: Draft
  n: number
  options: readonly FieldOption[]
  onChange: (more: Partial<Draft>) => void
  onRemove: () => void
}

function PersonLine({ draft, n, options, onChange, onRemove }: PersonLineProps) {
  const t = useText(text)
  return (
    <div className="person-edit">
      <Picker
        aria-label={`${t('person')} ${n}`}
        value={draft.employeeId}
        options={options.map((one) => ({ ...one }))}
        onChange={(employeeId: string | null) => onChange({ employeeId })}
      />
      <Input
        aria-label={`${t('role')} ${n}`}
        placeholder={t('role')}
        maxLength={40}
        value={draft.role}
        onChange={(event) => onChange({ role: event.target.value })}
      />
      <Input
        className="num"
        inputMode="decimal"
        suffix="%"
        aria-label={`${t('share')} ${n}`}
        value={draft.share}
        onChange={(event) => onChange({ share: event.target.value.trim() })}
      />
      <IconButton small icon={<CloseOutlined />} title={t('removePerson', { n })} onClick={onRemove} />
    </div>
  )
}
