import { Button, Drawer, Form } from 'antd'
import { quoteEntity } from '../../../src-shared/features/quotes/entity.ts'
import type { NewQuote, Quote } from '../../../src-shared/features/quotes/model.ts'
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

type QuoteDrawerProps = {
  /** It is for this customer: not asked again. */
  customerId?: Quote['customerId']
  onClose: () => void
  onCreated?: (row: Quote) => void
  /** The new one is about to be taken back: nothing may go on showing it. */
  onTakeBack?: (row: Quote) => void
}

/** The head of a new quote, saved once; its lines are written on its page. */
export function QuoteDrawer({ customerId, onClose, onCreated, onTakeBack }: QuoteDrawerProps) {
  const t = useText(text)
  const me = useMe()
  const isPhone = useIsPhone()
  const undo = useUndo()
  const api = useApi()
  const entity = useEntity(quoteEntity)
  const [form] = Form.useForm<Record<string, unknown>>()
  const { create, error, isPending } = useCreate((context) =>
    api.quotes.create.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (row) => {
        undo.say(t('created', { name: row.name }), { recordId: row.id, before: () => onTakeBack?.(row) })
        onClose()
        onCreated?.(row)
      },
    }),
  )
  const save = (values: Record<string, unknown>) => {
    const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
    return create({ ...(Object.fromEntries(given) as NewQuote), ...(customerId && { customerId }) })
  }
  useShortcut('Ctrl+Enter', { label: t('save'), group: t('createTitle') }, () => form.submit(), { inDialog: true })
  const close = useAskBeforeClose(() => form.isFieldsTouched(), onClose)
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={isPhone ? '100%' : 460}
      title={t('createTitle')}
      onClose={close}
      footer={
        <div className="row g8">
          <span className="grow" />
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} onClick={() => form.submit()}>
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
        leavesOut={({ key }) => LATER.has(key) || (key === 'customerId' && customerId !== undefined)}
        input={({ key }, takesFocus) => (
          <FieldInput field={key} {...(takesFocus && { autoFocus: true })} {...(customerId && { customerId })} />
        )}
        onSave={(values) => void save(values)}
      />
    </Drawer>
  )
}

/** Said by where one comes from, or beside the lines. */
const LATER: ReadonlySet<string> = new Set(['opportunityId', 'discountFen', 'terms'])
