import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Select } from 'antd'
import type { Role } from '../../../src-shared/features/people/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { roleDescription, roleName } from '../people/public.ts'
import { text } from './text.ts'

export type RoleTask = { kind: 'edit'; role: Role } | { kind: 'create'; from: Role | null }
type Values = { name: string; description?: string | null; fromId?: string | null }

/** Names a role; a new one begins with the rights of another. */
export function RoleDialog({
  task,
  roles,
  onClose,
  onDone,
}: {
  task: RoleTask
  roles: readonly Role[]
  onClose: () => void
  onDone: (role: Role) => void
}) {
  const t = useText(text)
  const { save, error, pending } = useSave(task, roles, (role) => {
    onDone(role)
    onClose()
  })
  const isNew = task.kind === 'create'
  const initial: Values = isNew
    ? { name: '', description: '', fromId: task.from?.id ?? null }
    : { name: roleName(task.role), description: roleDescription(task.role) }
  return (
    <Modal open title={t(isNew ? 'createTitle' : 'editTitle')} footer={null} onCancel={onClose} width={440} destroyOnHidden>
      <Form<Values> layout="vertical" initialValues={initial} onFinish={save}>
        <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
          <Input autoFocus maxLength={100} placeholder={t('nameHint')} />
        </Form.Item>
        <Form.Item name="description" label={t('description')}>
          <Input.TextArea maxLength={500} rows={2} placeholder={t('descriptionHint')} />
        </Form.Item>
        {isNew && (
          <Form.Item name="fromId" label={t('basedOn')}>
            <Select allowClear options={roles.map((role) => ({ value: role.id, label: roleName(role) }))} />
          </Form.Item>
        )}
        {error !== null && (
          <div className="field-error gap-below" role="alert">
            {failureText(error, 'people')}
          </div>
        )}
        <div className="row g8 question-foot">
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={pending}>
            {t(isNew ? 'createYes' : 'save')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}

function useSave(task: RoleTask, roles: readonly Role[], onDone: (role: Role) => void) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const done = (word: 'created' | 'edited') => (role: Role) => {
    undo.say(t(word, { name: roleName(role) }), { recordId: role.id })
    onDone(role)
  }
  const creating = useCreate((context) =>
    api.people.createRole.mutationOptions({ context, meta: { shown: true }, onSuccess: done('created') }),
  )
  const edit = useMutation(api.people.editRole.mutationOptions({ meta: { shown: true }, onSuccess: done('edited') }))
  const save = ({ name, description, fromId }: Values) => {
    const described = { name, description: description?.trim() ? description : null }
    if (task.kind === 'edit') return edit.mutate({ id: task.role.id, version: task.role.version, ...described })
    const from = roles.find((role) => role.id === fromId)
    void creating.create({ ...described, permissions: from?.permissions ?? [], fieldRights: from?.fieldRights ?? [] })
  }
  return { save, error: creating.error ?? edit.error, pending: creating.isPending || edit.isPending }
}
