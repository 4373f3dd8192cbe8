import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type BeyondStockProps = {
  /** What the stock lacks, as it refused. */
  said: string
  onYes: (reason: string) => void
  onClose: () => void
}

/** The order may leave although the stock lacks it: on purpose, and with the reason. */
export function BeyondStock({ said, onYes, onClose }: BeyondStockProps) {
  const t = useText(text)
  const [reason, setReason] = useState('')
  return (
    <Modal open title={t('beyondTitle')} onCancel={onClose} footer={null} closable={false} width={440}>
      <p className="t2">{said}</p>
      <Input.TextArea
        autoFocus
        rows={2}
        maxLength={500}
        aria-label={t('beyondReason')}
        placeholder={t('beyondReason')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="row g8 question-foot">
        <span className="grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="primary" danger disabled={reason.trim() === ''} onClick={() => onYes(reason.trim())}>
          {t('beyondYes')}
        </Button>
      </div>
    </Modal>
  )
}
