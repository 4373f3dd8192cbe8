import { useMutation } from '@tanstack/react-query'
import { Button, DatePicker, Form, Input, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { Invoice } from '../../../src-shared/features/invoices/model.ts'
import { nowMs } from '../../kernel/clock.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { businessDateOf } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

export type Act = 'issue' | 'post' | 'void'
type Typed = { officialNumber?: string; expressNo?: string; reason?: string; on?: Dayjs }
const DONE = { issue: 'issued', post: 'posted', void: 'voidedNow' } as const

/** Makes an invoice out, hands it over, or takes its value: each asks what has to stand with it. */
export function ActDialog({ invoice, act, onClose }: { invoice: Invoice; act: Act; onClose: () => void }) {
  const t = useText(text)
  const { zone } = useClock()
  const [form] = Form.useForm<Typed>()
  const { send, error, isPending } = useAct(invoice, act, onClose)
  const needed = [{ required: true, whitespace: true, message: t('required') }]
  return (
    <Modal
      open
      title={t(`${act}Title`, { number: invoice.number })}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={440}
    >
      <Form<Typed> form={form} layout="vertical" initialValues={{ on: dayjs(businessDateOf(nowMs(), zone)) }} onFinish={send}>
        {act === 'void' && <p className="t2">{t('voidBody')}</p>}
        {act === 'issue' && (
          <Form.Item name="officialNumber" label={fieldWord('invoices', 'officialNumber')} rules={needed}>
            <Input className="num" autoFocus maxLength={40} />
          </Form.Item>
        )}
        {act === 'post' && (
          <Form.Item name="expressNo" label={fieldWord('invoices', 'expressNo')} extra={t('expressHint')}>
            <Input className="num" autoFocus maxLength={60} />
          </Form.Item>
        )}
        {act === 'void' ? (
          <Form.Item name="reason" label={fieldWord('invoices', 'voidReason')} rules={needed}>
            <Input.TextArea rows={2} autoFocus maxLength={500} />
          </Form.Item>
        ) : (
          <Form.Item name="on" label={fieldWord('invoices', act === 'issue' ? 'issuedOn' : 'postedOn')}>
            <DatePicker className="block-select" format="YYYY-MM-DD" allowClear={false} />
          </Form.Item>
        )}
        {error && (
          <div className="field-error gap-below" role="alert">
            {failureText(error, 'invoices')}
          </div>
        )}
        <div className="row g8 question-foot">
          <span className="grow" />
          <Button onClick={onClose}>{t(act === 'void' ? 'back' : 'cancel')}</Button>
          <Button type="primary" danger={act === 'void'} htmlType="submit" loading={isPending}>
            {t(act)}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}

function useAct({ id, version }: Invoice, act: Act, onClose: () => void) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const saved = {
    meta: { shown: true },
    onSuccess: (row: Invoice) => {
      undo.say(t(DONE[act], { number: row.number }), { recordId: row.id })
      onClose()
    },
  }
  const issue = useMutation(api.invoices.issue.mutationOptions(saved))
  const post = useMutation(api.invoices.post.mutationOptions(saved))
  const makeVoid = useMutation(api.invoices.void.mutationOptions(saved))
  const send = ({ officialNumber = '', expressNo, reason = '', on }: Typed) => {
    const day = on?.format('YYYY-MM-DD')
    if (act === 'issue') issue.mutate({ id, version, officialNumber, ...(day && { issuedOn: day }) })
    else if (act === 'post') post.mutate({ id, version, expressNo: expressNo?.trim() || null, ...(day && { postedOn: day }) })
    else makeVoid.mutate({ id, version, reason })
  }
  return {
    send,
    error: issue.error ?? post.error ?? makeVoid.error,
    isPending: issue.isPending || post.isPending || makeVoid.isPending,
  }
}
