import { Form, type FormInstance } from 'antd'
import { type ReactNode, useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { CustomerId, NewCustomer } from '../../../src-shared/features/customers/model.ts'
import { dateIn } from '../../../src-shared/kernel/dateIn.ts'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import { SkeletonRows } from '../../components/states.tsx'
import { TypedPhone } from '../../components/PhoneNote.tsx'
import { nowIso } from '../../kernel/clock.ts'
import { useClock, useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { defaultsOf, useEntity } from '../fields/public.ts'
import { RecordForm, useFormKnown } from '../layouts/forms.ts'
import { AddressPreview } from './AddressPreview.tsx'
import { FieldInput } from './FieldInput.tsx'
import { Lookalikes } from './Lookalikes.tsx'
import { text } from './text.ts'

type CustomerFormProps = {
  form: FormInstance<NewCustomer>
  error: unknown
  /** What the fields begin with; absent: what a new customer begins with. */
  initial?: Partial<NewCustomer>
  /** The customer who is being changed: he is not like himself. */
  edited?: CustomerId
  leavesOut?: (field: FieldDescriptor) => boolean
  onSave: (values: NewCustomer) => void
  /** Absent where who is already there is not to be said. */
  onSeen?: (key: string) => void
}

/** The fields of a customer, new or changed as a whole; whether one like him is there is said while he is written. */
export function CustomerForm(props: CustomerFormProps) {
  // What it begins with depends on what the company says of its fields.
  return useFormKnown() ? <Known {...props} /> : <SkeletonRows rows={6} height={44} />
}

function Known({ form, error, initial, edited, leavesOut, onSave, onSeen }: CustomerFormProps) {
  const t = useText(text)
  const me = useMe()
  const { zone } = useClock()
  const entity = useEntity(customerEntity)
  const [begun] = useState<Record<string, unknown>>(
    () => initial ?? { ownerId: me.employeeId, status: 'potential', ...defaultsOf(entity, dateIn(nowIso(), zone)) },
  )
  const note = ({ key }: FieldDescriptor): ReactNode =>
    key === 'phone' || key === 'phone2' ? (
      <TypedPhone name={key} />
    ) : key === 'address' ? (
      <Written of="address">{(value) => <AddressPreview value={value} />}</Written>
    ) : null
  const after = ({ key }: FieldDescriptor): ReactNode =>
    onSeen && (key === 'name' || key === 'phone') ? (
      <Written of={key}>
        {(value) =>
          value !== begun[key] && <Lookalikes {...{ [key]: value }} {...(edited && { exceptId: edited })} onSeen={onSeen} />
        }
      </Written>
    ) : null
  return (
    <RecordForm
      entity={entity}
      form={form}
      place={initial ? 'edit' : 'form'}
      begun={begun}
      error={error}
      {...(leavesOut && { leavesOut })}
      input={({ key }, takesFocus) => (
        <FieldInput field={key} {...(takesFocus && { autoFocus: true, placeholder: t('nameHint') })} />
      )}
      note={note}
      after={after}
      onSave={(values) => onSave(values as NewCustomer)}
    />
  )
}

/** Draws what depends on one field, as it is typed. */
const Written = ({ of, children }: { of: keyof NewCustomer; children: (value: unknown) => ReactNode }) => (
  <Form.Item noStyle shouldUpdate={(a: Partial<NewCustomer>, b: Partial<NewCustomer>) => a[of] !== b[of]}>
    {({ getFieldValue }) => children(getFieldValue(of))}
  </Form.Item>
)
