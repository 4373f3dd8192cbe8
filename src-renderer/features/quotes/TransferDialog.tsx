import { Button, Form, Modal } from 'antd'
import { useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { text } from './text.ts'

type TransferDialogProps = { n: number; onTransfer: (ownerId: string) => void; onClose: () => void }

/** An owner for many; the button repeats the verb and the number. */
export function TransferDialog({ n, onTransfer, onClose }: TransferDialogProps) {
  const t = useText(text)
  const owners = useOwnerOptions()
  const [owner, setOwner] = useState<string | null>(null)
  const count = { n: formatNumber(n) }
  const title = t('transferTitle', count)
  return (
    <Modal open title={title} onCancel={onClose} footer={null} closable={false} width={440}>
      <Form layout="vertical" onFinish={() => owner && onTransfer(owner)}>
        <Picker
          className="block-select"
          aria-label={title}
          value={owner}
          onChange={setOwner}
          options={owners.map((one) => ({ ...one }))}
        />
        <div className="row g8 question-foot">
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" disabled={owner === null}>
            {t('transferYes', count)}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
