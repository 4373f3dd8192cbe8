import { Button, Drawer, Tabs } from 'antd'
import { useState } from 'react'
import type { Employee } from '../../../src-shared/features/people/model.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { AccountForm } from './AccountForm.tsx'
import { EmployeeForm } from './EmployeeForm.tsx'
import { text } from './text.ts'
import { Leaving } from './Leaving.tsx'

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
  // What the form began with. Others go on changing the colleague; nobody's typing is thrown away for that.
  const [began, setBegan] = useState(employee)
  const [typed, setTyped] = useState(false)
  const begin = (from: Employee) => {
    setBegan(from)
    setTyped(false)
  }
  const [foot, setFoot] = useState<HTMLElement | null>(null)
  const close = useAskBeforeClose(() => typed, onClose)
  const isOld = employee !== null && employee.version !== began?.version
  if (isOld && !typed) begin(employee)
  const form = (
    <>
      {isOld && typed && (
        <div className="people-changed row g8" role="status">
          <span className="grow">{t('changedBelow')}</span>
          <Button size="small" onClick={() => begin(employee)}>
            {t('takeNewest')}
          </Button>
        </div>
      )}
      <EmployeeForm
        key={began?.version}
        employee={began}
        newest={employee}
        departmentId={departmentId}
        onTyped={() => setTyped(true)}
        onSaved={begin}
        foot={foot}
        onClose={close}
        onCreated={onCreated}
      />
    </>
  )
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={460}
      title={employee?.name ?? t('newEmployee')}
      onClose={close}
      className="people-drawer"
      extra={mayManage && employee && <Leaving employee={employee} />}
      footer={mayManage && tab === 'person' && <div ref={setFoot} className="row g8" />}
    >
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
