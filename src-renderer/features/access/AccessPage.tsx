import './access.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import type { Account } from '../../../src-shared/features/people/model.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Picker } from '../../components/Picker.tsx'
import { Loaded, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { Nothing } from '../../components/states.tsx'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { useTyped } from '../../kernel/typed.ts'
import { roleName } from '../people/public.ts'
import { OneAccess } from './OneAccess.tsx'
import { text } from './text.ts'

/** 同事能看到什么: one account at a time, as the policy has it. The address says whose, so that it can be linked to. */
export function AccessPage() {
  const t = useText(text)
  const api = useApi()
  const isPhone = useIsPhone()
  const navigate = useNavigate()
  const { userId: mine } = useMe()
  const asked = (useSearch({ strict: false }) as { who?: unknown }).who
  const users = useQuery(api.people.users.queryOptions({ input: {}, meta: { shown: true } }))
  const choose = (who: string) => void navigate({ to: '/settings/access' as string, search: { who } as never, replace: true })
  return (
    <SettingsPage title={t('title')} note={isPhone ? undefined : t('note')} flush>
      <Loaded query={users} feature="people" rows={8} height={40}>
        {(all) => {
          const at = all.find(({ id }) => id === asked) ?? all.find(({ id }) => id === mine) ?? all[0]
          return (
            <div className="access">
              <People users={all} at={at?.id} isPhone={isPhone} onChoose={choose} />
              {at ? <OneAccess key={at.id} userId={at.id} /> : <Nothing>{t('choose')}</Nothing>}
            </div>
          )
        }}
      </Loaded>
    </SettingsPage>
  )
}

const nameOf = ({ employeeName, login }: Account): string => employeeName ?? login
type PeopleProps = { users: readonly Account[]; at: string | undefined; isPhone: boolean; onChoose: (id: string) => void }

function People({ users, at, isPhone, onChoose }: PeopleProps) {
  const t = useText(text)
  const [words, setWords] = useState('')
  const typed = useTyped()
  const roles = useQuery(useApi().people.roles.queryOptions({ input: {}, meta: { shown: true } })).data ?? []
  if (isPhone)
    return (
      <div className="access-choose">
        <Picker<string>
          className="block-select"
          aria-label={t('chooseOne')}
          value={at ?? null}
          onChange={onChoose}
          options={users.map((one) => ({ value: one.id, label: nameOf(one) }))}
        />
      </div>
    )
  const shown = users.filter((one) => typed.matches(`${nameOf(one)} ${one.login}`, words))
  const names = (ids: readonly string[]) =>
    roles.flatMap((role) => (ids.includes(role.id) ? [roleName(role)] : [])).join(t('list'))
  return (
    <aside className="set-side wide access-people">
      <Input
        size="small"
        allowClear
        prefix={<SearchOutlined className="t3" />}
        placeholder={t('search')}
        aria-label={t('search')}
        value={words}
        onFocus={typed.load}
        onChange={(event) => setWords(event.target.value)}
      />
      {shown.length === 0 && <Nothing>{t('nobody')}</Nothing>}
      {shown.map((one) => (
        <button
          key={one.id}
          type="button"
          className={`bare access-person${one.id === at ? ' on' : ''}`}
          {...(one.id === at && { 'aria-current': 'true' as const })}
          onClick={() => onChoose(one.id)}
        >
          <Avatar name={nameOf(one)} size={26} />
          <span className="col mh0 grow">
            <span className={`el${one.disabledAt === null ? '' : ' t3'}`}>{nameOf(one)}</span>
            <span className="t3 s12 el">{one.disabledAt === null ? names(one.roleIds) : t('closed')}</span>
          </span>
        </button>
      ))}
    </aside>
  )
}
