import { useMutation } from '@tanstack/react-query'
import { Button, Form, Modal } from 'antd'
import { useState } from 'react'
import { dialogName } from '../../components/dialogName.tsx'
import { Picker } from '../../components/Picker.tsx'
import type { Selection } from '../../../src-shared/kernel/list.ts'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { text } from './text.ts'

type AssignProps = { n: number; selection: Selection; onDone: () => void; onClose: () => void }

/** 分配: customers of a pool to a colleague. */
export function AssignDialog({ n, selection, onDone, onClose }: AssignProps) {
  const t = useText(text)
  const undo = useUndo()
  const [ownerId, setOwnerId] = useState<string | null>(null)
  const assign = useMutation(
    useApi().pools.assign.mutationOptions({
      onSuccess: ({ changed, refused, because, batchId }) => {
        const tooMany = because?.['holdingFull'] ?? 0
        const left = refused > tooMany ? t('refusedRows', { n: formatNumber(refused - tooMany) }) : ''
        const full = tooMany > 0 ? t('fullRows', { n: formatNumber(tooMany) }) : ''
        undo.say(`${t('assigned', { n: formatNumber(changed) })}${left}${full}`, { batchId })
        onDone()
      },
    }),
  )
  const save = () => {
    if (ownerId === null) return
    assign.mutate({ selection, ownerId })
    onClose()
  }
  return (
    <Modal
      open
      {...dialogName(t('assignTitle', { n: formatNumber(n) }))}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={440}
      destroyOnHidden
    >
      <Form layout="vertical" onFinish={save}>
        <div className="b s14 gap-below">{t('assignTitle', { n: formatNumber(n) })}</div>
        <Picker
          autoFocus
          aria-label={t('owner')}
          value={ownerId}
          onChange={setOwnerId}
          options={useOwnerOptions().map((option) => ({ ...option }))}
          placeholder={t('owner')}
          className="block-select"
        />
        <div className="row g8 question-foot">
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" disabled={ownerId === null}>
            {t('assignYes', { n: formatNumber(n) })}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
