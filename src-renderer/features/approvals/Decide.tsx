import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { ApprovalInFull } from '../../../src-shared/features/approvals/model.ts'
import { Picker } from '../../components/Picker.tsx'
import { useApi, useMe } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

type Act = 'approve' | 'reject' | 'delegate' | 'withdraw'
const DONE = { approve: 'approved', reject: 'rejected', delegate: 'delegated', withdraw: 'withdrawn' } as const

/** What the reader may do with a request: decide it, pass his place on, or take it back. */
export function Decide({ row }: { row: ApprovalInFull }) {
  const t = useText(text)
  const me = useMe()
  const [act, setAct] = useState<Act | null>(null)
  // Who is asked decides; taking it back is for who asked, and for who looks after flows.
  const mayWithdraw = row.may.withdraw && (!row.may.decide || row.applicantId === me.employeeId)
  if (!row.may.decide && !mayWithdraw) return null
  return (
    <div className="row g8 gap-above">
      {row.may.decide && (
        <>
          <Button type="primary" onClick={() => setAct('approve')}>
            {t('approve')}
          </Button>
          <Button danger onClick={() => setAct('reject')}>
            {t('reject')}
          </Button>
          <Button onClick={() => setAct('delegate')}>{t('delegate')}</Button>
        </>
      )}
      {mayWithdraw && <Button onClick={() => setAct('withdraw')}>{t('withdraw')}</Button>}
      {act && <DecideDialog key={act} row={row} act={act} onClose={() => setAct(null)} />}
    </div>
  )
}

function DecideDialog({ row, act, onClose }: { row: ApprovalInFull; act: Act; onClose: () => void }) {
  const t = useText(text)
  const [note, setNote] = useState('')
  const [to, setTo] = useState<string | null>(null)
  const { send, error, isPending } = useDeciding(row, act, onClose)
  const colleagues = useQuery(
    useApi().approvals.delegates.queryOptions({ input: { id: row.id }, enabled: act === 'delegate', meta: { shown: true } }),
  ).data
  const label = t(act === 'reject' ? 'noteReject' : 'noteApprove')
  const isReady = (act !== 'reject' || note.trim() !== '') && (act !== 'delegate' || to !== null)
  return (
    <Modal open title={`${t(act)} ${row.title}`} onCancel={onClose} footer={null} closable={false} width={440}>
      {act === 'delegate' && (
        <Picker
          className="block-select gap-below"
          aria-label={t('delegateTo')}
          placeholder={t('delegateTo')}
          value={to}
          onChange={setTo}
          options={(colleagues ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={2000}
        aria-label={label}
        placeholder={label}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {error && (
        <div className="field-error" role="alert">
          {failureText(error, 'approvals')}
        </div>
      )}
      <div className="row g8 question-foot">
        <span className="grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          type="primary"
          danger={act === 'reject'}
          loading={isPending}
          disabled={!isReady}
          onClick={() => send(note.trim(), to)}
        >
          {t(act)}
        </Button>
      </div>
    </Modal>
  )
}

function useDeciding({ id, version, title }: ApprovalInFull, act: Act, onClose: () => void) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const told = {
    meta: { shown: true },
    onSuccess: () => {
      onClose()
      undo.say(t(DONE[act], { title }), { recordId: id })
    },
  }
  const calls = {
    approve: useMutation(api.approvals.approve.mutationOptions(told)),
    reject: useMutation(api.approvals.reject.mutationOptions(told)),
    delegate: useMutation(api.approvals.delegate.mutationOptions(told)),
    withdraw: useMutation(api.approvals.withdraw.mutationOptions(told)),
  }
  const send = (note: string, to: string | null) => {
    const seen = { id, version }
    if (act === 'reject') calls.reject.mutate({ ...seen, note })
    else if (act === 'delegate') calls.delegate.mutate({ ...seen, note: note || null, to: to ?? '' })
    else calls[act].mutate({ ...seen, note: note || null })
  }
  return { send, error: calls[act].error, isPending: calls[act].isPending }
}
