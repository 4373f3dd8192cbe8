import { useQuery } from '@tanstack/react-query'
import { Button, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { Picker } from '../Picker.tsx'
import { colleagueChoices } from '../../../src-shared/features/people/colleagues.ts'
import { type Audience, isShared, PRIVATE, type View } from '../../../src-shared/features/views/plain.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import type { ListViews } from './useListViews.ts'
import type { ViewActions } from './useViewActions.ts'

type ViewDialogProps = {
  list: ListViews
  actions: ViewActions
  /** The view whose name and readers are changed; null = a new one of what the list shows now. */
  view: View | null
  onClose: () => void
}
type Whom = 'private' | 'everyone' | 'chosen'

/** Name of a view and who sees it. */
export function ViewDialog({ list, actions, view, onClose }: ViewDialogProps) {
  const t = useText(text)
  const mayShare = useCan('views.share')
  const [name, setName] = useState(view?.name ?? '')
  const [audience, setAudience] = useState<Audience>(view?.audience ?? PRIVATE)
  const [whom, setWhom] = useState<Whom>(audience.everyone ? 'everyone' : isShared(audience) ? 'chosen' : 'private')
  const wanted: Audience =
    whom === 'private' ? PRIVATE : whom === 'everyone' ? { ...PRIVATE, everyone: true } : { ...audience, everyone: false }
  const isSound = name.trim() !== '' && (whom !== 'chosen' || isShared(wanted))
  const save = () => {
    if (!isSound || actions.isBusy) return
    if (view) actions.change(view, { name: name.trim(), audience: wanted }, onClose)
    else actions.saveAs(name.trim(), wanted, list.definition, onClose)
  }
  return (
    <Modal
      open
      width={460}
      title={t(view ? 'rename' : 'newView')}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" disabled={!isSound} loading={actions.isBusy} onClick={save}>
            {t(view ? 'saveChanges' : 'make')}
          </Button>
        </>
      }
    >
      <div className="view-dialog">
        <label className="view-field">
          <span className="t2">{t('viewName')}</span>
          <Input
            autoFocus
            maxLength={60}
            value={name}
            placeholder={t('viewNameHint')}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={save}
          />
        </label>
        {mayShare && (
          <div
            className="view-field"
            // A radio has no Enter of its own; in the choices below it chooses.
            onKeyDown={({ key, target }) => {
              if (key === 'Enter' && target instanceof HTMLInputElement && target.type === 'radio') save()
            }}
          >
            <span className="t2">{t('audience')}</span>
            <Radio.Group
              value={whom}
              onChange={(event) => setWhom(event.target.value as Whom)}
              options={(['private', 'everyone', 'chosen'] as const).map((value) => ({ value, label: t(value) }))}
              className="view-whom"
            />
            {whom === 'chosen' && <Readers audience={audience} onAudience={setAudience} />}
            {whom !== 'private' && <p className="t3 s12">{t('audienceHint')}</p>}
          </div>
        )}
        {!view && <p className="t3 s12">{t('keeps')}</p>}
      </div>
    </Modal>
  )
}

function Readers({ audience, onAudience }: { audience: Audience; onAudience: (audience: Audience) => void }) {
  const t = useText(text)
  const api = useApi()
  const departments = useQuery(api.views.departments.queryOptions({ input: {} })).data ?? []
  const roles = useQuery(api.views.roles.queryOptions({ input: {} })).data ?? []
  const people = useQuery(api.people.colleagues.queryOptions({ input: {} })).data ?? []
  const options = {
    departments: departments.map(({ id, name }) => ({ value: id, label: name })),
    roles: roles.map(({ id, name, builtin }) => ({
      value: id,
      label: (builtin && sliceWord('people', `roles.${builtin}`)) || name,
    })),
    people: colleagueChoices(people.filter(({ left }) => !left)).map(({ value, label }) => ({ value, label })),
  }
  return (
    <div className="view-readers">
      {(['departments', 'roles', 'people'] as const).map((key) => (
        <Picker
          key={key}
          mode="multiple"
          aria-label={t(key)}
          placeholder={t(key)}
          value={audience[key]}
          options={options[key]}
          onChange={(chosen) => onAudience({ ...audience, [key]: chosen })}
        />
      ))}
    </div>
  )
}
