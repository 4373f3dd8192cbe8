import { Button, Form, Input, Modal } from 'antd'
import { Picker } from '../../components/Picker.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { ChoiceForm } from '../lists/forms.ts'
import { text } from './text.ts'
import type { BulkDialog, GiveDialog, Invalid } from './useBulk.tsx'
import { useLeadPools, useWordOptions } from './words.ts'

type BulkDialogsProps = {
  dialog: BulkDialog
  n: number
  onGive: (how: GiveDialog, to: string) => void
  onInvalidate: (why: Invalid) => void
  onClose: () => void
}

/** An owner, a pool or a reason for many; the button repeats the verb and the number. */
export function BulkDialogs({ dialog, n, onGive, onInvalidate, onClose }: BulkDialogsProps) {
  const t = useText(text)
  const title = t(`${dialog}Title`, { n: formatNumber(n) })
  return (
    <Modal open title={title} onCancel={onClose} footer={null} closable={false} width={440}>
      {dialog === 'invalidate' ? (
        <Invalidating onApply={onInvalidate} onClose={onClose} />
      ) : (
        <Giving how={dialog} n={n} title={title} onApply={(to) => onGive(dialog, to)} onClose={onClose} />
      )}
    </Modal>
  )
}

type GivingProps = { how: GiveDialog; n: number; title: string; onApply: (to: string) => void; onClose: () => void }
/** Who gets them, or into which pool they go. */
export function Giving({ how, n, ...props }: GivingProps) {
  const t = useText(text)
  const owners = useOwnerOptions()
  const pools = useLeadPools().map(({ id, name }) => ({ value: id as string, label: name }))
  return <ChoiceForm {...props} yes={t(`${how}Yes`, { n: formatNumber(n) })} options={how === 'release' ? pools : owners} />
}

type InvalidatingProps = { isPending?: boolean; onApply: (why: Invalid) => void; onClose: () => void }
/** Why leads are invalid. */
export function Invalidating({ isPending = false, onApply, onClose }: InvalidatingProps) {
  const t = useText(text)
  const reasons = useWordOptions('reason')
  const save = ({ reasonId, note }: { reasonId: string; note?: string }) => onApply({ reasonId, note: note?.trim() || null })
  return (
    <Form layout="vertical" onFinish={save}>
      <Form.Item name="reasonId" label={t('reason')} rules={[{ required: true, message: t('reasonNeeded') }]}>
        <Picker options={reasons.map((one) => ({ ...one }))} />
      </Form.Item>
      <Form.Item name="note" label={t('reasonNote')}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      <div className="row g8 question-foot">
        <span className="grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="primary" danger htmlType="submit" loading={isPending}>
          {t('invalidateYes')}
        </Button>
      </div>
    </Form>
  )
}
