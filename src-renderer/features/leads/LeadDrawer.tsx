import './leads.css'
import { Button, Drawer, Form, type FormInstance } from 'antd'
import { useRef } from 'react'
import { leadEntity } from '../../../src-shared/features/leads/entity.ts'
import type { Lead, NewLead } from '../../../src-shared/features/leads/model.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { useApi, useCan, useMe } from '../../kernel/context.tsx'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useEntity } from '../fields/public.ts'
import { RecordForm } from '../layouts/forms.ts'
import { AlikeLines, type Typed } from './Alike.tsx'
import { LeadInput } from './LeadInput.tsx'
import { text } from './text.ts'

type LeadDrawerProps = {
  onClose: () => void
  /** The new one is about to be taken back: nothing may go on showing it. */
  onTakeBack?: (row: Lead) => void
}
const HINTED: ReadonlySet<string> = new Set(['name', 'company', 'phone', 'email'])
const NEVER_ASKED: ReadonlySet<string> = new Set(['nextFollowUpAt'])

/** A new lead, saved once, as a whole; who is already there like it is said while one types. */
export function LeadDrawer(props: LeadDrawerProps) {
  const t = useText(text)
  const me = useMe()
  const isPhone = useIsPhone()
  const entity = useEntity(leadEntity)
  const [form] = Form.useForm<Record<string, unknown>>()
  const typed = Form.useWatch([], form) as Typed | undefined
  const { save, submit, error, isPending } = useSaving(props, form)
  const close = useAskBeforeClose(() => form.isFieldsTouched(), props.onClose)
  // Who would see it again whoever has it leaves it to the rules.
  const leavesToRules = [useCan('leads.assign'), me.permissions['leads.read'] === 'all'].some(Boolean)
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
        begun={leavesToRules ? {} : { ownerId: me.employeeId }}
        error={error}
        leavesOut={({ key }) => NEVER_ASKED.has(key)}
        input={({ key }, takesFocus) => <LeadInput field={key} {...(takesFocus && { autoFocus: true })} />}
        note={({ key }) => (key === 'ownerId' && leavesToRules ? t('ownerHint') : null)}
        after={({ key }) => HINTED.has(key) && <AlikeLines typed={typedIn(typed, key as keyof Typed)} />}
        onSave={(values) => void save(values)}
      />
    </Drawer>
  )
}

const typedIn = (typed: Typed | undefined, key: keyof Typed): Typed => ({ [key]: typed?.[key] })

function useSaving({ onClose, onTakeBack }: LeadDrawerProps, form: FormInstance) {
  const t = useText(text)
  const undo = useUndo()
  const me = useMe()
  const api = useApi()
  const again = useRef(false)
  const { create, error, isPending } = useCreate((context) =>
    api.leads.create.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (row) => {
        const isOthers = row.ownerName !== null && row.ownerId !== me.employeeId
        const said = isOthers ? t('createdFor', { name: row.name, owner: row.ownerName ?? '' }) : t('created', { name: row.name })
        undo.say(said, { recordId: row.id, before: () => onTakeBack?.(row) })
        if (again.current) form.resetFields()
        else onClose()
      },
    }),
  )
  const submit = (more: boolean) => {
    again.current = more
    form.submit()
  }
  const save = (values: Record<string, unknown>) => {
    const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
    return create(Object.fromEntries(given) as NewLead)
  }
  useShortcut('Ctrl+Enter', { label: t('save'), group: t('createTitle') }, () => submit(false), { inDialog: true })
  useShortcut('Ctrl+Alt+Enter', { label: t('saveAndNew'), group: t('createTitle') }, () => submit(true), { inDialog: true })
  return { save, submit, error, isPending }
}
