import { AuditOutlined, CheckOutlined, InboxOutlined, StopOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { Suspense, useState } from 'react'
import type { Purchase, PurchaseParts } from '../../../src-shared/features/purchases/model.ts'
import { confirm } from '../../components/confirm.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

const ReceiveDialog = later(() => import('./ReceiveDialog.tsx').then((module) => module.ReceiveDialog))

const ARRIVING: ReadonlySet<Purchase['state']> = new Set(['approved', 'partial'])
const CALLED_OFF: ReadonlySet<Purchase['state']> = new Set(['draft', 'approved', 'partial'])

/** What can be done with a purchase where it stands; what is not its turn is not shown. */
export function Actions({ row, parts }: { row: Purchase; parts: PurchaseParts }) {
  const t = useText(text)
  const [asking, setAsking] = useState<'submit' | 'receive' | null>(null)
  const mayWrite = useCan('purchases.write')
  const mayReceive = useCan('purchases.receive')
  const { submit, cancel, isPending } = useSteps(row)
  const needs = parts.needsApproval
  const askCancel = async () => {
    const asked = { title: t('cancelTitle', { number: row.number }), body: t('cancelBody'), yes: t('cancelYes') }
    if (await confirm({ ...asked, danger: true, undoable: true })) cancel()
  }
  return (
    <>
      {mayWrite && CALLED_OFF.has(row.state) && (
        <Button icon={<StopOutlined />} disabled={isPending} onClick={() => void askCancel()}>
          {t('cancelPurchase')}
        </Button>
      )}
      {mayWrite && row.state === 'draft' && (
        <Button
          type="primary"
          icon={needs ? <AuditOutlined /> : <CheckOutlined />}
          disabled={isPending || parts.lines.length === 0}
          onClick={() => (needs ? setAsking('submit') : submit(null))}
        >
          {t(needs ? 'submit' : 'submitPlain')}
        </Button>
      )}
      {mayReceive && ARRIVING.has(row.state) && (
        <Button type="primary" icon={<InboxOutlined />} onClick={() => setAsking('receive')}>
          {t('receive')}
        </Button>
      )}
      {asking === 'submit' && (
        <NoteDialog
          row={row}
          onYes={(words) => {
            setAsking(null)
            submit(words || null)
          }}
          onClose={() => setAsking(null)}
        />
      )}
      <Suspense>
        {asking === 'receive' && <ReceiveDialog row={row} lines={parts.lines} onClose={() => setAsking(null)} />}
      </Suspense>
    </>
  )
}

/** The calls of the steps, each with its toast and its way back. */
function useSteps(row: Purchase) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const onError = (error: unknown) => toast(failureText(error, 'purchases'), { tone: 'bad' })
  const submit = useMutation(
    api.purchases.submit.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ number, state }) =>
        undo.say(t(state === 'pending' ? 'submitted' : 'approved', { number }), { recordId: row.id }),
      onError,
    }),
  )
  const cancel = useMutation(
    api.purchases.cancel.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ number }) => undo.say(t('cancelled', { number }), { recordId: row.id }),
      onError,
    }),
  )
  const seen = { id: row.id, version: row.version }
  return {
    submit: (note: string | null) => submit.mutate({ ...seen, note }),
    cancel: () => cancel.mutate(seen),
    isPending: submit.isPending || cancel.isPending,
  }
}

function NoteDialog({ row, onYes, onClose }: { row: Purchase; onYes: (words: string) => void; onClose: () => void }) {
  const t = useText(text)
  const [words, setWords] = useState('')
  return (
    <Modal open title={t('submitTitle', { number: row.number })} onCancel={onClose} footer={null} closable={false} width={440}>
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={2000}
        aria-label={t('submitNote')}
        placeholder={t('submitNote')}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className="row g8 question-foot">
        <span className="grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="primary" onClick={() => onYes(words)}>
          {t('submit')}
        </Button>
      </div>
    </Modal>
  )
}
