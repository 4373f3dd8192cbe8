import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, Modal } from 'antd'
import { useMemo } from 'react'
import { Picker } from '../../components/Picker.tsx'
import type { Department } from '../../../src-shared/features/people/model.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { indented } from './indented.tsx'
import { text } from './text.ts'
import { branchOf } from './tree.ts'
import { useColleagueOptions, useDepartmentOptions, useEmployees } from './usePeople.ts'

export type DepartmentTask = { kind: 'create'; parentId: string | null } | { kind: 'edit'; department: Department }
type Values = { name: string; parentId: string; managerId?: string | null }
const TOP = ''

/** Name, place and head of a department. */
export function DepartmentDialog({
  task,
  departments,
  onClose,
}: {
  task: DepartmentTask
  departments: readonly Department[]
  onClose: () => void
}) {
  const t = useText(text)
  const { company } = useMe()
  const edited = task.kind === 'edit' ? task.department : null
  const below = useMemo(() => (edited ? branchOf(departments, edited.id) : undefined), [departments, edited])
  const places = useDepartmentOptions(below)
  const colleagues = useColleagueOptions(edited?.managerId)
  const { save, error, pending } = useSave(task, departments, onClose)
  const initial: Values = edited
    ? { name: edited.name, parentId: edited.parentId ?? TOP, managerId: edited.managerId }
    : { name: '', parentId: (task.kind === 'create' && task.parentId) || TOP }
  return (
    <Modal
      open
      title={t(edited ? 'editDepartment' : 'newDepartment')}
      footer={null}
      onCancel={onClose}
      width={420}
      destroyOnHidden
    >
      <Form<Values> layout="vertical" initialValues={initial} onFinish={save}>
        <Form.Item name="name" label={t('departmentName')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
          <Input autoFocus maxLength={100} placeholder={t('departmentNameHint')} />
        </Form.Item>
        <Form.Item name="parentId" label={t('parent')}>
          <Picker optionRender={indented} options={[{ value: TOP, label: t('topLevel', { company }) }, ...places]} />
        </Form.Item>
        {edited && (
          <Form.Item name="managerId" label={t('head')}>
            <Picker allowClear placeholder={t('none')} options={colleagues} />
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
            {t(edited ? 'save' : 'newDepartment')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}

function useSave(task: DepartmentTask, departments: readonly Department[], onClose: () => void) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const done = (word: 'departmentCreated' | 'departmentEdited') => (saved: Department) => {
    undo.say(t(word, { name: saved.name }), { recordId: saved.id })
    onClose()
  }
  const creating = useCreate((context) =>
    api.people.createDepartment.mutationOptions({ context, meta: { shown: true }, onSuccess: done('departmentCreated') }),
  )
  const edit = useMutation(
    api.people.editDepartment.mutationOptions({ meta: { shown: true }, onSuccess: done('departmentEdited') }),
  )
  const employees = useEmployees().data ?? []
  const save = ({ name, parentId, managerId }: Values) => {
    const parent = departments.find((one) => one.id === parentId)?.id ?? null
    if (task.kind === 'create') return void creating.create({ name, parentId: parent })
    const { id, version } = task.department
    edit.mutate({ id, version, name, parentId: parent, managerId: employees.find((one) => one.id === managerId)?.id ?? null })
  }
  return { save, error: creating.error ?? edit.error, pending: creating.isPending || edit.isPending }
}
