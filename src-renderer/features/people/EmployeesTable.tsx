import { TeamOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Employee } from '../../../src-shared/features/people/model.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Chip, StatusDot } from '../../components/marks.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Nothing } from '../../components/states.tsx'
import { Dash, PhoneText, RelativeTime } from '../../components/values.tsx'
import { useClock } from '../../kernel/context.tsx'
import { formatDate, formatNumber } from '../../kernel/format.ts'
import { useGone } from '../../kernel/gone.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { useRoleOptions, useUsers } from './usePeople.ts'

type EmployeesTableProps = {
  employees: readonly Employee[]
  searching: boolean
  onClearSearch: () => void
  onOpen: (employee: Employee) => void
}

/** Colleagues with department, phone, account and roles. */
export function EmployeesTable({ employees, searching, onClearSearch, onOpen }: EmployeesTableProps) {
  const t = useText(text)
  const rolesText = useRolesText()
  const { gone } = useGone()
  const lastSeen = new Map((useUsers().data ?? []).map((user) => [user.id as string, user.lastSeenAt]))
  const seen = (one: Employee) => one.userId !== null && <RelativeTime at={lastSeen.get(one.userId) ?? null} />
  return (
    <ListTable<Employee>
      rows={employees}
      rowKey={(one) => one.id}
      onOpen={onOpen}
      empty={<Empty searching={searching} onClearSearch={onClearSearch} />}
      columns={[
        { key: 'name', title: t('name'), width: 124, render: (one) => <Name employee={one} /> },
        { key: 'department', title: t('department'), width: 104, render: (one) => one.departmentName ?? <Dash /> },
        { key: 'phone', title: t('phone'), width: 128, render: (one) => <PhoneText phone={one.phone} /> },
        { key: 'login', title: t('login'), width: 112, render: (one) => <Login employee={one} /> },
        { key: 'roles', title: t('roles'), render: (one) => rolesText(one) ?? <Dash /> },
        { key: 'seen', title: t('lastSeen'), width: 84, align: 'right', render: (one) => seen(one) || <Dash /> },
        { key: 'hired', title: t('hired'), width: 92, align: 'right', render: (one) => <Hired employee={one} /> },
      ]}
      describe={(one) => ({
        title: (
          <>
            <Avatar name={one.name} size={22} />
            {one.name}
          </>
        ),
        facts: [one.departmentName ?? t('noDepartment'), one.phone && <PhoneText key="phone" phone={one.phone} copy={false} />],
        state: <span className="t2">{gone(one) ? t('left') : rolesText(one)}</span>,
      })}
    />
  )
}

function useRolesText(): (one: Employee) => string | null {
  const t = useText(text)
  const names = new Map(useRoleOptions().map((option) => [option.value, option.label]))
  return (one) => one.roleIds.flatMap((id) => names.get(id) ?? []).join(t('separator')) || null
}

function Name({ employee }: { employee: Employee }) {
  const t = useText(text)
  const left = useGone().gone(employee)
  return (
    <span className={`row g6${left ? ' t3' : ''}`}>
      <Avatar name={employee.name} size={20} />
      <button type="button" className="bare name-link el">
        {employee.name}
      </button>
      {left && <Chip>{t('left')}</Chip>}
      {employee.toHandOver > 0 && (
        <Chip tone={left ? 'bad' : 'warn'}>{t('toHandOver', { n: formatNumber(employee.toHandOver) })}</Chip>
      )}
    </span>
  )
}

function Login({ employee }: { employee: Employee }) {
  const t = useText(text)
  if (employee.login === null) return <Dash />
  if (!employee.disabled) return <span className="lit">{employee.login}</span>
  return (
    <span title={t('disabled')} className="t3">
      <StatusDot tone="bad">
        <span className="lit">{employee.login}</span>
      </StatusDot>
    </span>
  )
}

function Hired({ employee }: { employee: Employee }) {
  const t = useText(text)
  const clock = useClock()
  if (employee.leftOn !== null) return <span className="num t3">{t('leftOn', { date: formatDate(employee.leftOn, clock) })}</span>
  return employee.hiredOn ? <span className="num">{employee.hiredOn}</span> : <Dash />
}

function Empty({ searching, onClearSearch }: { searching: boolean; onClearSearch: () => void }) {
  const t = useText(text)
  return (
    <div className="people-empty">
      <TeamOutlined className="quiet-icon" />
      <Nothing>{t(searching ? 'nobodyFound' : 'empty')}</Nothing>
      {searching && (
        <Button size="small" onClick={onClearSearch}>
          {t('clearSearch')}
        </Button>
      )}
    </div>
  )
}
