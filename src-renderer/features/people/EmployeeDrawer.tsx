import { Drawer, Tabs } from 'antd'
import { useState } from 'react'
import type { Employee } from '../../../src-shared/features/people/model.ts'
import { useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { AccountForm } from './AccountForm.tsx'
import { EmployeeForm } from './EmployeeForm.tsx'
import { text } from './text.ts'

type EmployeeDrawerProps = {
  employee: Employee | null
  /** Where a new one begins. */
  departmentId: string | null
  onClose: () => void
  onCreated: (employee: Employee) => void
}

/** A colleague: who it is and where, and the account to sign in with. */
export function EmployeeDrawer({ employee, departmentId, onClose, onCreated }: EmployeeDrawerProps) {
  const t = useText(text)
  const mayManage = useCan('people.manage')
  const [tab, setTab] = useState('person')
  const form = (
    <EmployeeForm
      key={employee?.version}
      employee={employee}
      departmentId={departmentId}
      onClose={onClose}
      onCreated={onCreated}
    />
  )
  return (
    <Drawer open size={460} title={employee?.name ?? t('newEmployee')} onClose={onClose} className="people-drawer">
      {!mayManage && <div className="t3 gap-below">{t('readOnly')}</div>}
      {employee ? (
        <Tabs
          activeKey={tab}
          onChange={setTab}
          items={[
            { key: 'person', label: t('tabPerson'), children: form },
            { key: 'account', label: t('tabAccount'), children: <AccountForm employee={employee} /> },
          ]}
        />
      ) : (
        form
      )}
    </Drawer>
  )
}
