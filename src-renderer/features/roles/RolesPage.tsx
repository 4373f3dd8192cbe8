import './roles.css'
import {
  CopyOutlined,
  DeleteOutlined,
  EditOutlined,
  EyeOutlined,
  MoreOutlined,
  PlusOutlined,
  SafetyCertificateOutlined,
} from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { Suspense, useState } from 'react'
import type { Role } from '../../../src-shared/features/people/model.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { confirm } from '../../components/confirm.ts'
import { Chip } from '../../components/marks.tsx'
import { IconButton } from '../../components/page.tsx'
import { Loaded, Section } from '../../components/settings/SettingsPage.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useShortcut } from '../../kernel/keyboard.ts'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { roleDescription, roleName } from '../people/public.ts'
import { defaultOf, rightsOf } from './draft.ts'
import { FieldExceptions } from './FieldExceptions.tsx'
import { type EditorProps, Legend, Matrix, Tools } from './Matrix.tsx'
import { RoleDialog, type RoleTask } from './RoleDialog.tsx'
import { text } from './text.ts'
import { useDrafts } from './useDrafts.ts'

const RolePreview = later(() => import('./RolePreview.tsx').then((module) => module.RolePreview))

/** 角色权限: who may do what with which rows and fields; one policy everywhere. */
export function RolesPage() {
  const roles = useQuery(useApi().people.roles.queryOptions({ input: {}, meta: { shown: true } }))
  return (
    <Loaded query={roles} feature="people" rows={14} height={32}>
      {(data) => <Roles roles={data} />}
    </Loaded>
  )
}

type Drafts = ReturnType<typeof useDrafts>

function Roles({ roles }: { roles: readonly Role[] }) {
  const mayManage = useCan('roles.manage')
  const [atId, setAtId] = useState<string | null>(null)
  const [task, setTask] = useState<RoleTask | null>(null)
  const drafts = useDrafts(roles)
  const role = roles.find((one) => one.id === atId) ?? roles.find((one) => one.builtin === 'salesManager') ?? roles[0]
  if (!role) return null
  return (
    <div className="roles">
      <RoleList
        roles={roles}
        at={role}
        drafts={drafts}
        onPick={(one) => setAtId(one.id)}
        {...(mayManage && { onNew: () => setTask({ kind: 'create', from: null }) })}
      />
      <div className="roles-main" key={role.id}>
        <Editor role={role} drafts={drafts} mayManage={mayManage} onTask={setTask} onRemoved={() => setAtId(null)} />
      </div>
      {task && <RoleDialog task={task} roles={roles} onClose={() => setTask(null)} onDone={(done) => setAtId(done.id)} />}
    </div>
  )
}

function RoleList({
  roles,
  at,
  drafts,
  onPick,
  onNew,
}: {
  roles: readonly Role[]
  at: Role
  drafts: Drafts
  onPick: (role: Role) => void
  onNew?: () => void
}) {
  const t = useText(text)
  const isPhone = useIsPhone()
  return (
    <aside className="set-side roles-list">
      <div className="set-side-head">
        <span className="grow">{t('roles')}</span>
        {onNew && !isPhone && <IconButton icon={<PlusOutlined />} title={t('newRole')} onClick={onNew} />}
      </div>
      {roles.map((role) => (
        <button
          type="button"
          key={role.id}
          className={`bare roles-item${role.id === at.id ? ' on' : ''}`}
          aria-current={role.id === at.id}
          onClick={() => onPick(role)}
        >
          <span className="grow">
            <span className="row g6">
              <span className="roles-name el">{roleName(role)}</span>
              {drafts.changesOf(role) > 0 && <i className="dot roles-dot" title={t('hasUnsaved')} />}
            </span>
            <span className="t3 s12 el block" title={roleDescription(role) ?? undefined}>
              {roleDescription(role) ?? t('own')}
            </span>
          </span>
          <span className="t3 s12 num">{t('people', { n: role.userCount })}</span>
        </button>
      ))}
    </aside>
  )
}

type EditorPageProps = { role: Role; drafts: Drafts; mayManage: boolean; onTask: (task: RoleTask) => void; onRemoved: () => void }

function Editor({ role, drafts, mayManage, onTask, onRemoved }: EditorPageProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const { save, saving } = useSave(role, drafts)
  const [preview, setPreview] = useState(false)
  const mayChange = mayManage && !isPhone && role.builtin !== 'admin'
  const changes = drafts.changesOf(role)
  const editor: EditorProps = {
    draft: drafts.draftFor(role),
    standard: defaultOf(role),
    builtin: role.builtin !== null,
    onChange: mayChange ? (draft) => drafts.change(role, draft) : undefined,
  }
  useShortcut('Ctrl+S', changes > 0 ? { label: t('save'), group: t('title') } : null, save)
  return (
    <>
      <header className="phead">
        <h1 className="el">{roleName(role)}</h1>
        {role.builtin && <Chip outlined>{t('system')}</Chip>}
        <Members role={role} />
        <span className="grow" />
        {changes > 0 && (
          <>
            <span className="s12 tlamp set-nowrap" role="status">
              {t('unsaved', { n: changes })}
            </span>
            <Button onClick={() => drafts.forget(role)}>{t('discard')}</Button>
          </>
        )}
        {mayManage && !isPhone && (
          <Button icon={<EyeOutlined />} onClick={() => setPreview(true)}>
            {t('preview')}
          </Button>
        )}
        {mayManage && !isPhone && <RoleMenu role={role} onTask={onTask} onRemoved={onRemoved} />}
        {mayChange && (
          <Button type="primary" disabled={changes === 0} loading={saving} onClick={save}>
            {t('save')}
          </Button>
        )}
      </header>
      <ReadOnlyNote role={role} mayManage={mayManage} />
      {!isPhone && <Legend builtin={editor.builtin} />}
      <div className="set-scroll">
        <Matrix {...editor} />
        <Section title={t('toolsTitle')}>
          <Tools {...editor} />
        </Section>
        <FieldExceptions {...editor} />
      </div>
      <Suspense>{preview && <RolePreview role={role} draft={editor.draft} onClose={() => setPreview(false)} />}</Suspense>
      <footer className="set-foot">
        <SafetyCertificateOutlined className="tok" />
        {t('promise')}
      </footer>
    </>
  )
}

function ReadOnlyNote({ role, mayManage }: { role: Role; mayManage: boolean }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const word = role.builtin === 'admin' ? 'adminOnly' : !mayManage ? 'readOnlyRight' : isPhone ? 'readOnlyPhone' : null
  return word && <div className="roles-note s12">{t(word)}</div>
}

const FACES = 5
/** Who has the role. */
function Members({ role }: { role: Role }) {
  const t = useText(text)
  const users = useQuery(useApi().people.users.queryOptions({ input: {}, meta: { shown: true } }))
  const names = (users.data ?? []).flatMap((user) =>
    user.roleIds.includes(role.id) && user.disabledAt === null ? [user.employeeName ?? user.login] : [],
  )
  return (
    <span className="row g6" title={names.join(t('separator'))}>
      <span className="row roles-faces">
        {names.slice(0, FACES).map((name) => (
          <Avatar key={name} name={name} size={22} />
        ))}
      </span>
      <span className="t3 set-nowrap">{t('people', { n: role.userCount })}</span>
    </span>
  )
}

function RoleMenu({ role, onTask, onRemoved }: Pick<EditorPageProps, 'role' | 'onTask' | 'onRemoved'>) {
  const t = useText(text)
  const undo = useUndo()
  const name = roleName(role)
  const remove = useMutation(
    useApi().people.removeRole.mutationOptions({
      onSuccess: ({ id }) => {
        undo.say(t('removed', { name }), { recordId: id })
        onRemoved()
      },
    }),
  )
  const ask = async () => {
    if (
      await confirm({
        title: t('removeTitle', { name }),
        body: t('removeBody'),
        yes: t('removeYes'),
        danger: true,
        undoable: true,
      })
    )
      remove.mutate({ id: role.id })
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'edit', icon: <EditOutlined />, label: t('edit') },
          { key: 'copy', icon: <CopyOutlined />, label: t('copy') },
          { key: 'remove', icon: <DeleteOutlined />, label: t('remove'), danger: true, disabled: role.builtin !== null },
        ],
        onClick: ({ key }) => {
          if (key === 'edit') onTask({ kind: 'edit', role })
          else if (key === 'copy') onTask({ kind: 'create', from: role })
          else void ask()
        },
      }}
    >
      <Button icon={<MoreOutlined />} aria-label={t('more')} />
    </Dropdown>
  )
}

function useSave(role: Role, drafts: Drafts) {
  const t = useText(text)
  const undo = useUndo()
  const changes = drafts.changesOf(role)
  const edit = useMutation(
    useApi().people.editRole.mutationOptions({
      onSuccess: (saved) => {
        undo.say(t('saved', { name: roleName(saved), n: changes }), { recordId: saved.id })
        drafts.forget(saved)
      },
    }),
  )
  return {
    save: () => edit.mutate({ id: role.id, version: role.version, ...rightsOf(drafts.draftFor(role)) }),
    saving: edit.isPending,
  }
}
