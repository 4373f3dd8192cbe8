import { AuditOutlined } from '@ant-design/icons'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Need } from '../../../src-shared/features/approvals/model.ts'
import { Chip } from '../../components/marks.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { whyText } from './words.ts'

/** Why a record has to be approved before it takes effect. */
export function NeedLine({ need }: { need: Need }) {
  const t = useText(text)
  return (
    <div className="row g6">
      <Chip tone="warn">{t('needs')}</Chip>
      <span className="t2">{whyText(t, need)}</span>
    </div>
  )
}

/** Hands a record in, with a word to who approves. */
export function AskApproval({ need, busy, onAsk }: { need: Need; busy: boolean; onAsk: (note: string | null) => void }) {
  const t = useText(text)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button type="primary" icon={<AuditOutlined />} disabled={busy} onClick={() => setOpen(true)}>
        {t('asked')}
      </Button>
      {open && (
        <AskDialog
          need={need}
          onYes={(note) => {
            setOpen(false)
            onAsk(note)
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

export function AskDialog({ need, onYes, onClose }: { need: Need; onYes: (note: string | null) => void; onClose: () => void }) {
  const t = useText(text)
  const [words, setWords] = useState('')
  return (
    <Modal open title={t('asked')} onCancel={onClose} footer={null} closable={false} width={440}>
      <p className="t2">{whyText(t, need)}</p>
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={2000}
        aria-label={t('askNote')}
        placeholder={t('askNote')}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className="row g8 question-foot">
        <span className="grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="primary" onClick={() => onYes(words || null)}>
          {t('asked')}
        </Button>
      </div>
    </Modal>
  )
}
