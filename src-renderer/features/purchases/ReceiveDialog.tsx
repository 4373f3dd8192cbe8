import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Purchase, PurchaseLine } from '../../../src-shared/features/purchases/model.ts'
import { QUANTITY } from '../../../src-shared/kernel/documents/lines.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

const isNothing = (quantity: string): boolean => !/[1-9]/.test(quantity)

/** What has arrived, begun with all that is still to come. */
export function ReceiveDialog({ row, lines, onClose }: { row: Purchase; lines: readonly PurchaseLine[]; onClose: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const waiting = lines.filter(({ open }) => open !== '0')
  const [arrived, setArrived] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(waiting.map(({ id, open }) => [id, open])),
  )
  const { create, error, isPending } = useCreate((context) =>
    api.purchases.receive.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: ({ number }) => {
        undo.say(t('receivedDone', { number }), { recordId: row.id })
        onClose()
      },
    }),
  )
  const given = waiting.flatMap(({ id }) => {
    const quantity = (arrived[id] ?? '').trim()
    return quantity === '' || isNothing(quantity) ? [] : [{ lineId: id, quantity }]
  })
  const isSound = given.length > 0 && given.every(({ quantity }) => QUANTITY.test(quantity) && !quantity.startsWith('-'))
  return (
    <Modal open title={t('receiveTitle', { number: row.number })} onCancel={onClose} footer={null} closable={false} width={480}>
      {waiting.map(({ id, name, spec, unit, open }, at) => (
        <label key={id} className="purchase-arrived">
          <span className="grow el">
            {name} <span className="t3 s12">{spec}</span>
            <br />
            <span className="t3 s12 num">{t('stillOpen', { n: [open, unit].filter(Boolean).join(' ') })}</span>
          </span>
          <Input
            className="num"
            inputMode="decimal"
            autoFocus={at === 0}
            aria-label={t('receiveOf', { name })}
            suffix={<span className="t3 s12">{unit}</span>}
            value={arrived[id] ?? ''}
            onChange={(event) => setArrived({ ...arrived, [id]: event.target.value })}
          />
        </label>
      ))}
      {error && (
        <div className="field-error gap-above" role="alert">
          {failureText(error, 'purchases')}
        </div>
      )}
      <div className="row g8 question-foot">
        <span className="grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          type="primary"
          loading={isPending}
          disabled={!isSound}
          onClick={() => void create({ id: row.id, version: row.version, lines: given })}
        >
          {t('receiveYes')}
        </Button>
      </div>
    </Modal>
  )
}
