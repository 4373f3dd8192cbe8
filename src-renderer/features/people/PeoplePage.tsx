import './people.css'
import { PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Input, Switch } from 'antd'
import { useMemo, useState } from 'react'
import type { Department, Employee } from '../../../src-shared/features/people/model.ts'
import { hasLeft } from '../../../src-shared/kernel/leaving.ts'
import { clearMark } from '../../components/namedMarks.tsx'
import { PageHead, ToolBar } from '../../components/page.tsx'
import { Loaded } from '../../components/settings/SettingsPage.tsx'
import { useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useGone } from '../../kernel/gone.ts'
import { useText } from '../../kernel/text.ts'
import { ImportButton } from '../imports/public.ts'
import { DepartmentDialog, type DepartmentTask } from './DepartmentDialog.tsx'
import { COMPANY, DepartmentTree } from './DepartmentTree.tsx'
import { EmployeeDrawer } from './EmployeeDrawer.tsx'
import { EmployeesTable } from './EmployeesTable.tsx'
import { text } from './text.ts'
import { branchOf } from './tree.ts'
import { useDepartments, useEmployees } from './usePeople.ts'

/** 部门与同事: the tree at the left, whoever works there at the right, accounts with their people. */
export function PeoplePage() {
  const departments = useDepartments()
  const employees = useEmployees()
  return (
    <Loaded query={departments} feature="people" rows={14} height={32}>
      {(tree) => (
        <Loaded query={employees} feature="people" rows={14} height={32}>
          {(people) => <People departments={tree} employees={people} />}
        </Loaded>
      )}
    </Loaded>
  )
}

const NEW = 'new'
type PeopleProps = { departments: readonly Department[]; employees: readonly Employee[] }

function People({ departments, employees }: PeopleProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const mayManage = useCan('people.manage')
  const [picked, setPicked] = useState(COMPANY)
  const [typed, setTyped] = useState('')
  const [withLeft, setWithLeft] = useState(false)
  const [task, setTask] = useState<DepartmentTask | null>(null)
  const [openId, setOpenId] = useState<string | null>(null)
  // A department that a colleague has just removed: back to everybody.
  const at = departments.some((one) => one.id === picked) ? picked : COMPANY
  const shown = useShown({ departments, employees, at, typed, withLeft })
  const create = () => setOpenId(NEW)
  useShortcut('N', mayManage ? { label: t('newEmployee'), group: t('title') } : null, create)
  const { gone } = useGone()
  const here = employees.filter((one) => !gone(one))
  const opened = employees.find((one) => one.id === openId)
  return (
    <>
      <PageHead title={t('title')} {...(!mayManage && !isPhone && { note: t('readOnly') })}>
        {mayManage && <ImportButton kind="employee" />}
        {mayManage && (
          <Button type="primary" icon={<PlusOutlined />} onClick={create} aria-label={t('newEmployee')}>
            {isPhone ? null : t('newEmployee')}
          </Button>
        )}
      </PageHead>
      {mayManage && <DueToHandOver employees={employees} />}
      <div className="people">
        <DepartmentTree departments={departments} people={here.length} at={at} onPick={setPicked} onTask={setTask} />
        <div className="people-main">
          <ToolBar tools={<LeftSwitch n={employees.length - here.length} on={withLeft} onChange={setWithLeft} />}>
            <Input
              size="small"
              className="people-search"
              allowClear={clearMark()}
              prefix={<SearchOutlined className="t3" />}
              placeholder={t('search')}
              aria-label={t('search')}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </ToolBar>
          <div className="set-scroll">
            <EmployeesTable
              employees={shown}
              searching={typed.trim() !== ''}
              onClearSearch={() => setTyped('')}
              onOpen={(one) => setOpenId(one.id)}
            />
          </div>
          <footer className="set-foot num">
            <span className="t1">{t('count', { n: formatNumber(shown.length) })}</span>
            <span>
              {t('countAccounts', {
                n: formatNumber(shown.filter((one) => one.userId !== null && !one.disabled && !gone(one)).length),
              })}
            </span>
          </footer>
        </div>
      </div>
      {task && <DepartmentDialog task={task} departments={departments} onClose={() => setTask(null)} />}
      {(openId === NEW || opened) && (
        <EmployeeDrawer
          key={openId}
          employee={opened ?? null}
          departmentId={at === COMPANY ? null : at}
          onClose={() => setOpenId(null)}
          onCreated={(one) => setOpenId(one.id)}
        />
      )}
    </>
  )
}

/** The day has come, and customers are still there: nobody works on them until they are handed over. */
function DueToHandOver({ employees }: { employees: readonly Employee[] }) {
  const t = useText(text)
  const { gone } = useGone()
  return employees
    .filter((one) => gone(one) && one.toHandOver > 0)
    .map(({ id, name, toHandOver }) => (
      <div key={id} className="banner lamp">
        {t('dueToHandOver', { name, n: formatNumber(toHandOver) })}
        <Link to={`/handover/${id}`}>{t('handOver')}</Link>
      </div>
    ))
}

function LeftSwitch({ n, on, onChange }: { n: number; on: boolean; onChange: (on: boolean) => void }) {
  const t = useText(text)
  if (n === 0) return null
  return (
    <label className="row g6 t2">
      <Switch size="small" checked={on} onChange={onChange} />
      {t('showLeft', { n })}
    </label>
  )
}

type Shown = PeopleProps & { at: string; typed: string; withLeft: boolean }

function useShown({ departments, employees, at, typed, withLeft }: Shown): readonly Employee[] {
  const { today } = useGone()
  return useMemo(() => {
    const branch = at === COMPANY ? null : branchOf(departments, at)
    const wanted = typed.trim().toLowerCase()
    const digits = wanted.replaceAll(/[^\d]/g, '')
    const means = (one: Employee): boolean =>
      wanted === '' ||
      one.name.toLowerCase().includes(wanted) ||
      (one.login?.toLowerCase().includes(wanted) ?? false) ||
      (digits.length >= 3 && (one.phone?.includes(digits) ?? false))
    return employees.filter(
      (one) =>
        (withLeft || !hasLeft(one.leftOn, today)) &&
        (!branch || (one.departmentId !== null && branch.has(one.departmentId))) &&
        means(one),
    )
  }, [departments, employees, at, typed, withLeft, today])
}
