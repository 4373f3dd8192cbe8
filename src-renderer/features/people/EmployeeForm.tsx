import { useMutation } from '@tanstack/react-query'
import { Button, DatePicker, Form, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { createPortal } from 'react-dom'
import { Picker } from '../../components/Picker.tsx'
import { DepartmentId, type Employee, EmployeeId } from '../../../src-shared/features/people/model.ts'
import { TypedPhone } from '../../components/PhoneNote.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureText, fieldIssues } from '../../kernel/errors.ts'
import { formatPhone } from '../../kernel/format.ts'
import { useGone } from '../../kernel/gone.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { indented } from './indented.tsx'
import { versionFor } from './versionFor.ts'
import { text } from './text.ts'
import { useColleagueOptions, useDepartmentOptions } from './usePeople.ts'

const PLAIN = ['name', 'phone', 'email', 'departmentId', 'managerId', 'rank', 'team'] as const
const DATES = ['hiredOn', 'leftOn'] as const
/** What is dated: a change of one of these begins on a day. */
const DATED = ['departmentId', 'managerId', 'rank', 'team'] as const
type Values = Partial<Record<(typeof PLAIN)[number], string | null>> &
  Partial<Record<(typeof DATES)[number] | 'from', Dayjs | null>>
type EmployeeFormProps = {
  /** As the form began with it. */
  employee: Employee | null
  /** As it is now: somebody may have changed it since. */
  newest: Employee | null
  departmentId: string | null
  onTyped: () => void
  onSaved: (employee: Employee) => void
  /** Where the buttons stand: the foot of the drawer. */
  foot: HTMLElement | null
  onClose: () => void
  onCreated: (employee: Employee) => void
}

const dateOf = (value: string | null | undefined): Dayjs | null => (value ? dayjs(value) : null)
const emptyToNull = (value: string | null | undefined): string | null => (value?.trim() ? value.trim() : null)

function initialOf(employee: Employee | null, departmentId: string | null, today: Dayjs): Values {
  if (!employee) return { departmentId, hiredOn: today }
  const plain = Object.fromEntries(PLAIN.map((key) => [key, employee[key]]))
  return {
    ...plain,
    phone: employee.phone && formatPhone(employee.phone),
    hiredOn: dateOf(employee.hiredOn),
    leftOn: dateOf(employee.leftOn),
  }
}

const textsOf = (values: Values) => ({
  phone: emptyToNull(values.phone),
  email: emptyToNull(values.email),
  departmentId: values.departmentId ? DepartmentId.parse(values.departmentId) : null,
  managerId: values.managerId ? EmployeeId.parse(values.managerId) : null,
  rank: emptyToNull(values.rank),
  team: emptyToNull(values.team),
  hiredOn: values.hiredOn?.format('YYYY-MM-DD') ?? null,
  leftOn: values.leftOn?.format('YYYY-MM-DD') ?? null,
})

/** Who somebody is and where he works; a new place begins on a day. */
export function EmployeeForm(props: EmployeeFormProps) {
  const { employee, departmentId, foot, onTyped, onClose } = props
  const t = useText(text)
  const mayManage = useCan('people.manage')
  const today = dayjs(useGone().today)
  const [form] = Form.useForm<Values>()
  const initial = initialOf(employee, departmentId, today)
  const { save, error, pending } = useSave(props, initial)
  const issues = fieldIssues(error)
  const issueOf = (key: string) => (issues[key] ? { validateStatus: 'error' as const, help: issues[key] } : {})
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      disabled={!mayManage}
      initialValues={initial}
      onValuesChange={onTyped}
      onFinish={save}
    >
      <Form.Item
        name="name"
        label={t('name')}
        rules={[{ required: true, whitespace: true, message: t('required') }]}
        {...issueOf('name')}
      >
        <Input autoFocus={employee === null} maxLength={100} />
      </Form.Item>
      <div className="people-pair">
        <Form.Item name="phone" label={t('phone')} extra={<TypedPhone name="phone" />} {...issueOf('phone')}>
          <Input inputMode="tel" maxLength={40} />
        </Form.Item>
        <Form.Item name="email" label={t('email')} {...issueOf('email')}>
          <Input inputMode="email" maxLength={254} />
        </Form.Item>
      </div>
      <WorkFields employee={employee} />
      <Form.Item noStyle shouldUpdate>
        {({ getFieldsValue }) =>
          employee && isMoved(getFieldsValue(true) as Values, initial) ? (
            <Form.Item name="from" label={t('from')} extra={t('fromHint')} initialValue={today} className="people-from">
              <DatePicker allowClear={false} />
            </Form.Item>
          ) : null
        }
      </Form.Item>
      <div className="people-pair">
        <Form.Item name="hiredOn" label={t('hiredOn')}>
          <DatePicker className="block-select" />
        </Form.Item>
        {employee && (
          <Form.Item name="leftOn" label={t('leftDate')} extra={t('leftHint')}>
            <DatePicker className="block-select" />
          </Form.Item>
        )}
      </div>
      {error !== null && Object.keys(issues).length === 0 && (
        <div className="field-error gap-below" role="alert">
          {failureText(error, 'people')}
        </div>
      )}
      {foot &&
        createPortal(
          <>
            <span className="grow" />
            <Button onClick={onClose}>{t('cancel')}</Button>
            <Button type="primary" loading={pending} onClick={() => form.submit()}>
              {t(employee ? 'save' : 'newEmployee')}
            </Button>
          </>,
          foot,
        )}
      {/* Enter in a field sends only where a button of the form does. */}
      <button type="submit" hidden />
    </Form>
  )
}

function WorkFields({ employee }: { employee: Employee | null }) {
  const t = useText(text)
  const departments = useDepartmentOptions()
  const colleagues = useColleagueOptions(employee?.managerId).filter((one) => one.value !== employee?.id)
  return (
    <>
      <div className="people-pair">
        <Form.Item name="departmentId" label={t('department')}>
          <Picker allowClear placeholder={t('noDepartment')} optionRender={indented} options={departments} />
        </Form.Item>
        <Form.Item name="managerId" label={t('manager')}>
          <Picker allowClear placeholder={t('none')} options={colleagues} />
        </Form.Item>
      </div>
      <div className="people-pair">
        <Form.Item name="rank" label={t('rank')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="team" label={t('team')}>
          <Input maxLength={100} />
        </Form.Item>
      </div>
    </>
  )
}

const isMoved = (values: Values, initial: Values): boolean =>
  DATED.some((key) => emptyToNull(values[key]) !== emptyToNull(initial[key]))

function useSave({ employee, newest, onCreated, onSaved }: EmployeeFormProps, initial: Values) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const creating = useCreate((context) =>
    api.people.createEmployee.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (saved) => {
        undo.say(t('employeeCreated', { name: saved.name }), { recordId: saved.id })
        onCreated(saved)
      },
    }),
  )
  const edit = useMutation(
    api.people.editEmployee.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved) => {
        onSaved(saved)
        undo.say(t('employeeEdited', { name: saved.name }), { recordId: saved.id })
      },
    }),
  )
  const save = (values: Values) => {
    const wanted = { name: values.name ?? '', ...textsOf(values) }
    if (!employee) {
      const { leftOn: _, ...fresh } = wanted
      return void creating.create(fresh)
    }
    const before: Record<string, unknown> = { name: employee.name, ...textsOf(initial) }
    const changed = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => before[key] !== value))
    // The second press of a double click on 新建同事 lands here.
    if (Object.keys(changed).length === 0) return
    edit.mutate({
      id: employee.id,
      version: versionFor(employee, newest, Object.keys(changed)),
      values: changed,
      ...(isMoved(values, initial) && values.from && { from: values.from.format('YYYY-MM-DD') }),
    })
  }
  return { save, error: creating.error ?? edit.error, pending: creating.isPending || edit.isPending }
}
