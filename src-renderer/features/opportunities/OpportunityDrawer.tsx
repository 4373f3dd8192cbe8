import { Button, Drawer, Form, type FormInstance } from 'antd'
import { useRef } from 'react'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import type { NewOpportunity, Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useEntity } from '../fields/public.ts'
import { RecordForm } from '../layouts/forms.ts'
import { FieldInput } from './FieldInput.tsx'
import { text } from './text.ts'

type OpportunityDrawerProps = {
  /** It is for this customer: not asked again. */
  customerId?: Opportunity['customerId']
  /** It begins in this stage. */
  stageId?: Opportunity['stageId']
  onClose: () => void
  onCreated?: (row: Opportunity) => void
  /** The new one is about to be taken back: nothing may go on showing it. */
  onTakeBack?: (row: Opportunity) => void
}

/** A new opportunity, saved once, as a whole. */
export function OpportunityDrawer(props: OpportunityDrawerProps) {
  const t = useText(text)
  const me = useMe()
  const isPhone = useIsPhone()
  const { customerId } = props
  const entity = useEntity(opportunityEntity)
  const [form] = Form.useForm<Record<string, unknown>>()
  const { save, submit, error, isPending } = useSaving(props, form)
  const close = useAskBeforeClose(() => form.isFieldsTouched(), props.onClose)
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={isPhone ? '100%' : 460}
      title={t('createTitle')}
      onClose={close}
      footer={
        <div className="row g8">
          <Button onClick={() => submit(true)}>{t('saveAndNew')}</Button>
          <span className="grow" />
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} onClick={() => submit(false)}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <RecordForm
        entity={entity}
        form={form}
        place="form"
        begun={{ ownerId: me.employeeId, ...(customerId && { customerId }) }}
        error={error}
        leavesOut={({ key }) => key === 'customerId' && customerId !== undefined}
        input={({ key }, takesFocus) => (
          <FieldInput field={key} {...(takesFocus && { autoFocus: true })} {...(customerId && { customerId })} />
        )}
        onSave={(values) => void save(values)}
      />
    </Drawer>
  )
}

function useSaving({ customerId, stageId, onClose, onCreated, onTakeBack }: OpportunityDrawerProps, form: FormInstance) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const again = useRef(false)
  const { create, error, isPending } = useCreate((context) =>
    api.opportunities.create.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (row) => {
        undo.say(t('created', { name: row.name }), { recordId: row.id, before: () => onTakeBack?.(row) })
        if (again.current) return form.resetFields()
        onCreated?.(row)
        onClose()
      },
    }),
  )
  const submit = (more: boolean) => {
    again.current = more
    form.submit()
  }
  const save = (values: Record<string, unknown>) => {
    const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
    return create({
      ...(Object.fromEntries(given) as NewOpportunity),
      ...(customerId && { customerId }),
      ...(stageId && { stageId }),
    })
  }
  useShortcut('Ctrl+Enter', { label: t('save'), group: t('createTitle') }, () => submit(false), { inDialog: true })
  useShortcut('Ctrl+Alt+Enter', { label: t('saveAndNew'), group: t('createTitle') }, () => submit(true), { inDialog: true })
  return { save, submit, error, isPending }
}
