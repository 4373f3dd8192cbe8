import { CopyOutlined, KeyOutlined, ReloadOutlined, StopOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import { type Employee, RoleId } from '../../../src-shared/features/people/model.ts'
import { confirm } from '../../components/confirm.ts'
import { copyText } from '../../components/marks.tsx'
import { IconButton } from '../../components/page.tsx'
import { Nothing } from '../../components/states.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { useGone } from '../../kernel/gone.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { GivenPassword } from './GivenPassword.tsx'
import { text } from './text.ts'
import { useRoleOptions, useUsers } from './usePeople.ts'

/** Sixteen random letters in groups, without those that are mistaken for each other. */
const freshPassword = (): string => (newId().slice(-16).toLowerCase().match(/.{4}/g) ?? []).join('-')

/** The account of a colleague: opening one, its roles, its password, its end. */
export function AccountForm({ employee }: { employee: Employee }) {
  const t = useText(text)
  const mayManage = useCan('people.manage')
  const { gone } = useGone()
  const [given, setGiven] = useState<string | null>(null)
  if (employee.userId !== null)
    return (
      <>
        {given !== null && <GivenPassword password={given} />}
        <Account employee={employee} userId={employee.userId} onGiven={setGiven} />
      </>
    )
  if (gone(employee)) return <Nothing>{t('leftNoAccount')}</Nothing>
  return mayManage ? <NewAccount employee={employee} onGiven={setGiven} /> : <Nothing>{t('noAccount')}</Nothing>
}

type NewValues = { login: string; password: string; roleIds: string[] }

function NewAccount({ employee, onGiven }: { employee: Employee; onGiven: (password: string) => void }) {
  const t = useText(text)
  const [form] = Form.useForm<NewValues>()
  const api = useApi()
  const { create, error, isPending } = useCreate((context) =>
    api.people.createUser.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: ({ login }, { password }) => {
        onGiven(password)
        toast(t('accountCreated', { name: employee.name, login }))
      },
    }),
  )
  return (
    <Form<NewValues>
      form={form}
      layout="vertical"
      initialValues={{ password: freshPassword() }}
      onFinish={({ login, password, roleIds }) =>
        void create({ employeeId: employee.id, login, password, roleIds: roleIds.map((id) => RoleId.parse(id)) })
      }
    >
      <div className="t2 gap-below">{t('noAccountHint')}</div>
      <Form.Item name="login" label={t('login')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
        <Input autoFocus maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="roleIds" label={t('roles')} rules={[{ required: true, message: t('required') }]}>
        <RoleSelect />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('password')}
        extra={t('passwordHint')}
        rules={[{ required: true, message: t('required') }]}
      >
        <PasswordInput />
      </Form.Item>
      <Failed error={error} />
      <Button type="primary" htmlType="submit" loading={isPending}>
        {t('createAccount')}
      </Button>
    </Form>
  )
}

function Failed({ error }: { error: unknown }) {
  if (!error) return null
  return (
    <div className="field-error gap-below" role="alert">
      {failureText(error, 'people')}
    </div>
  )
}

type RoleSelectProps = { id?: string; value?: string[]; onChange?: (roleIds: string[]) => void }

/** Most people have one role: the list closes on a choice, or it would lie over the button that comes next. */
function RoleSelect(props: RoleSelectProps) {
  const roles = useRoleOptions()
  const [open, setOpen] = useState(false)
  return <Picker {...props} mode="multiple" open={open} onOpenChange={setOpen} onSelect={() => setOpen(false)} options={roles} />
}

/** Readable on purpose: whoever gives it away has to read it out. */
function PasswordInput({ value = '', onChange }: { value?: string; onChange?: (value: string) => void }) {
  const t = useText(text)
  return (
    <span className="row g4">
      <Input
        className="lit people-password"
        value={value}
        autoComplete="off"
        maxLength={200}
        onChange={(event) => onChange?.(event.target.value)}
      />
      <IconButton icon={<ReloadOutlined />} title={t('generate')} onClick={() => onChange?.(freshPassword())} />
      <IconButton icon={<CopyOutlined />} title={t('copy')} onClick={() => void copyText(value).then(() => toast(t('copied')))} />
    </span>
  )
}

type UserId = NonNullable<Employee['userId']>

type AccountProps = { employee: Employee; userId: UserId; onGiven: (password: string) => void }

function Account({ employee, userId, onGiven }: AccountProps) {
  const t = useText(text)
  const mayManage = useCan('people.manage')
  const [resetting, setResetting] = useState(false)
  return (
    <>
      <AccountValues key={employee.version} employee={employee} userId={userId} />
      {mayManage && (
        <div className="people-account-acts">
          {resetting ? (
            <ResetPassword employee={employee} userId={userId} onGiven={onGiven} onClose={() => setResetting(false)} />
          ) : (
            <div className="row g8">
              <Button icon={<KeyOutlined />} onClick={() => setResetting(true)}>
                {t('resetPassword')}
              </Button>
              <DisableButton employee={employee} userId={userId} />
            </div>
          )}
        </div>
      )}
    </>
  )
}

function AccountValues({ employee, userId }: { employee: Employee; userId: UserId }) {
  const t = useText(text)
  const undo = useUndo()
  const mayManage = useCan('people.manage')
  const user = (useUsers().data ?? []).find((one) => one.id === userId)
  const edit = useMutation(
    useApi().people.editUser.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ id }) => undo.say(t('accountEdited', { name: employee.name }), { recordId: id }),
    }),
  )
  if (!user) return null
  return (
    <Form<{ login: string; roleIds: string[] }>
      key={user.version}
      layout="vertical"
      disabled={!mayManage}
      initialValues={{ login: user.login, roleIds: user.roleIds }}
      onFinish={({ login, roleIds }) =>
        edit.mutate({ id: user.id, version: user.version, login, roleIds: roleIds.map((id) => RoleId.parse(id)) })
      }
    >
      {user.disabledAt !== null && <div className="tbad gap-below">{t('disabled')}</div>}
      <Form.Item name="login" label={t('login')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="roleIds" label={t('roles')} rules={[{ required: true, message: t('required') }]}>
        <RoleSelect />
      </Form.Item>
      <Failed error={edit.error} />
      {mayManage && (
        <Button type="primary" htmlType="submit" loading={edit.isPending}>
          {t('save')}
        </Button>
      )}
    </Form>
  )
}

function ResetPassword({ employee, userId, onGiven, onClose }: AccountProps & { onClose: () => void }) {
  const t = useText(text)
  const reset = useMutation(
    useApi().people.resetPassword.mutationOptions({
      meta: { shown: true },
      onSuccess: (_, { password }) => {
        onGiven(password)
        toast(t('passwordReset', { name: employee.name }))
        onClose()
      },
    }),
  )
  return (
    <Form<{ password: string }>
      layout="vertical"
      initialValues={{ password: freshPassword() }}
      onFinish={({ password }) => reset.mutate({ id: userId, password })}
    >
      <Form.Item
        name="password"
        label={t('newPassword')}
        extra={t('resetHint')}
        rules={[{ required: true, message: t('required') }]}
      >
        <PasswordInput />
      </Form.Item>
      <Failed error={reset.error} />
      <div className="row g8">
        <Button type="primary" htmlType="submit" loading={reset.isPending}>
          {t('resetPassword')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </Form>
  )
}

function DisableButton({ employee, userId }: { employee: Employee; userId: UserId }) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const { name, disabled } = employee
  const say = (word: 'accountDisabled' | 'accountEnabled') => () => undo.say(t(word, { name }), { recordId: userId })
  const disable = useMutation(api.people.disableUser.mutationOptions({ onSuccess: say('accountDisabled') }))
  const enable = useMutation(api.people.enableUser.mutationOptions({ onSuccess: say('accountEnabled') }))
  const ask = async () => {
    if (
      await confirm({
        title: t('disableTitle', { name }),
        body: t('disableBody'),
        yes: t('disableYes'),
        danger: true,
        undoable: true,
      })
    )
      disable.mutate({ id: userId })
  }
  if (disabled)
    return (
      <Button loading={enable.isPending} onClick={() => enable.mutate({ id: userId })}>
        {t('enable')}
      </Button>
    )
  return (
    <Button danger icon={<StopOutlined />} loading={disable.isPending} onClick={() => void ask()}>
      {t('disable')}
    </Button>
  )
}
