import { Form, type FormInstance } from 'antd'
import { Fragment, type ReactNode } from 'react'
import { isBirthday } from '../../../src-shared/kernel/birthday.ts'
import type { EntityDescriptor, FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import { passHints } from '../../components/passHints.ts'
import { SkeletonRows } from '../../components/states.tsx'
import { fieldRightOf, useMe } from '../../kernel/context.tsx'
import { failureText, fieldIssues } from '../../kernel/errors.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useFieldRules } from '../fields/public.ts'
import { text } from './text.ts'
import { groupWord, useFormKnown, useLaid } from './useLayout.ts'

type Values = Record<string, unknown>
/** In the middle, where no bar covers what is said of it, and ready to be mended. */
const FIRST_ERROR = { block: 'center', focus: true } as const
type RecordFormProps = {
  entity: EntityDescriptor
  form: FormInstance
  /** The form of a new record, or all that may be changed of one that stands. */
  place: 'form' | 'edit'
  /** What the fields begin with; rules also look at those that are not asked. */
  begun: Readonly<Values>
  error: unknown
  /** Fields that this form leaves out, whatever the rights say. */
  leavesOut?: (field: FieldDescriptor) => boolean
  /** The control of a field; `takesFocus`: the one that the form begins at. */
  input: (field: FieldDescriptor, takesFocus: boolean) => ReactNode
  /** A note under a field, and what follows it. */
  note?: (field: FieldDescriptor) => ReactNode
  after?: (field: FieldDescriptor) => ReactNode
  onSave: (values: Values) => void
}

/** The writable fields of a record as the company laid them out; those that a rule hides are not asked, those that it wants are marked. */
export function RecordForm(props: RecordFormProps) {
  return useFormKnown() ? <Asked {...props} /> : <SkeletonRows rows={6} height={44} />
}

function Asked(props: RecordFormProps) {
  const { entity, form, place, begun, error, leavesOut, onSave } = props
  const me = useMe()
  const typed = Form.useWatch([], form) as Values | undefined
  const { shown, required } = useFieldRules(entity, { ...begun, ...typed })
  const issues = fieldIssues(error)
  const mayAsk = (field: FieldDescriptor): boolean =>
    !field.readOnly && !field.formula && !leavesOut?.(field) && fieldRightOf(me, entity.name, field.key) === 'write'
  const asked = useLaid(entity, place)
    .map(({ group, fields }) => ({ group, fields: fields.filter((field) => mayAsk(field) && shown(field)) }))
    .filter(({ fields }) => fields.length > 0)
  const named = new Set(asked.flatMap(({ fields }) => fields.map(({ key }) => key)))
  const unplaced = Object.keys(issues).some((key) => !named.has(key))
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={begun}
      onFinish={onSave}
      onKeyDown={passHints}
      scrollToFirstError={FIRST_ERROR}
    >
      {asked.map(({ group, fields }, at) => (
        <section key={group.id} className={group.columns === 2 ? 'form-two' : undefined}>
          {at > 0 && <h3 className="form-group t2 s12 b">{groupWord(group)}</h3>}
          {fields.map((field) => (
            <Line key={field.key} {...props} field={field} isRequired={required(field)} issue={issues[field.key]} />
          ))}
        </section>
      ))}
      {error !== null && error !== undefined && (unplaced || Object.keys(issues).length === 0) && (
        <div className="field-error gap-below" role="alert">
          {failureText(error, entity.feature)}
        </div>
      )}
    </Form>
  )
}

type LineProps = RecordFormProps & { field: FieldDescriptor; isRequired: boolean; issue: string | undefined }

function Line({ entity, field, isRequired, issue, input, note, after }: LineProps) {
  const t = useText(text)
  const help = field.setting?.help
  const under = note?.(field)
  return (
    <Fragment>
      <Form.Item
        name={field.key}
        label={fieldWord(entity.feature, field.key)}
        {...(help && { tooltip: help })}
        rules={[
          ...(isRequired ? [{ required: true, ...(field.type === 'text' && { whitespace: true }), message: t('required') }] : []),
          ...(field.type === 'birthday' ? [{ validator: birthdayRule(t('notABirthday')) }] : []),
        ]}
        {...(under && { extra: under })}
        {...(issue && { validateStatus: 'error' as const, help: issue })}
      >
        {input(field, field.key === entity.title)}
      </Form.Item>
      {after?.(field)}
    </Fragment>
  )
}

/** Told before it is sent: whoever reads the sentence still has the words before him. */
const birthdayRule = (message: string) => (_rule: unknown, value: unknown) =>
  typeof value !== 'string' || isBirthday(value) ? Promise.resolve() : Promise.reject(new Error(message))
