import { AuditOutlined, CheckOutlined, CloseOutlined, CopyOutlined, PrinterOutlined, SendOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Quote, QuoteContent } from '../../../src-shared/features/quotes/model.ts'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { formatMoneyShort } from '../../kernel/format.ts'
import { listed, type Translate, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { RemoveButton } from '../lists/public.ts'
import { OrderOfQuote } from '../orders/public.ts'
import { type QuoteWord, text } from './text.ts'
import { STAYS } from './words.ts'

/** Why approval is called for, in one sentence. */
export function needText(t: Translate<QuoteWord>, { need, discountBp }: QuoteContent): string | null {
  if (!need) return null
  const because = need.conditions.map((one) => {
    if (one.kind === 'belowCost') return t('needCost')
    if (one.kind === 'amountAtLeast') return t('needAmount', { bound: formatMoneyShort(one.fen) })
    return t('needDiscount', { n: discountBp / 100, bound: one.percent })
  })
  return listed(because.length > 0 ? because : [t('needAlways')])
}

type Asking = 'submit' | 'reject' | null

/** What can be done with a quote where it stands; what is not its turn is not shown. */
export function Actions({ row }: { row: Quote }) {
  const t = useText(text)
  const mayEdit = useCan('quotes.edit') && row.may?.edit === true && row.deletedAt === null && row.superseded !== true
  return (
    <>
      <Link to="/quotes/$id/print" params={{ id: row.id }}>
        <Button icon={<PrinterOutlined />}>{t('print')}</Button>
      </Link>
      {mayEdit && <Steps row={row} />}
      <OrderOfQuote row={row} />
      <Remove row={row} />
    </>
  )
}

const RENEWABLE: ReadonlySet<Quote['status']> = new Set(['approved', 'sent', 'rejected', 'expired'])

function Steps({ row }: { row: Quote }) {
  const t = useText(text)
  const [asking, setAsking] = useState<Asking>(null)
  const isDraft = row.status === 'draft'
  const content = useQuery(
    useApi().quotes.content.queryOptions({ input: { id: row.id }, enabled: isDraft, meta: { shown: true } }),
  ).data
  const { steps, note } = useSteps(row)
  const needs = isDraft && content?.need != null
  const sendable = row.status === 'approved' || (isDraft && content !== undefined && !needs)
  const disabled = steps.isPending
  const step = (word: 'newVersion' | 'reject' | 'accept' | 'submit' | 'send', icon: ReactNode, onClick: () => void) => (
    <Button key={word} type={MAIN.has(word) ? 'primary' : 'default'} icon={icon} disabled={disabled} onClick={onClick}>
      {t(word)}
    </Button>
  )
  return (
    <>
      {RENEWABLE.has(row.status) && step('newVersion', <CopyOutlined />, steps.newVersion)}
      {row.status === 'sent' && [
        step('reject', <CloseOutlined />, () => setAsking('reject')),
        step('accept', <CheckOutlined />, steps.accept),
      ]}
      {needs && step('submit', <AuditOutlined />, () => setAsking('submit'))}
      {sendable && step('send', <SendOutlined />, steps.send)}
      {asking && (
        <NoteDialog
          title={t(asking === 'submit' ? 'submitTitle' : 'rejectTitle')}
          label={t(asking === 'submit' ? 'submitNote' : 'rejectReason')}
          lead={asking === 'submit' && content ? needText(t, content) : null}
          yes={t(asking)}
          onYes={(words) => {
            setAsking(null)
            note(asking, words)
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  )
}
/** What comes next is what stands out. */
const MAIN: ReadonlySet<string> = new Set(['accept', 'submit', 'send'])

/** The calls of the steps, each with its toast and its way back. */
function useSteps(row: Quote) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const navigate = useNavigate()
  const seen = { id: row.id, version: row.version }
  const said = (word: QuoteWord) => ({ onSuccess: () => undo.say(t(word, { name: row.name }), { recordId: row.id }) })
  const send = useMutation(api.quotes.send.mutationOptions(said('sent')))
  const accept = useMutation(api.quotes.accept.mutationOptions(said('acceptDone')))
  const reject = useMutation(api.quotes.reject.mutationOptions(said('rejectDone')))
  const submit = useMutation(api.quotes.submit.mutationOptions(said('submitted')))
  const renew = useMutation(
    api.quotes.newVersion.mutationOptions({
      onSuccess: (next) => {
        undo.say(t('versioned', { n: next.versionNo ?? 1 }), {
          recordId: next.id,
          before: () => void navigate({ to: `/quotes/${row.id}` }),
        })
        void navigate({ to: `/quotes/${next.id}` })
      },
    }),
  )
  return {
    steps: {
      isPending: [send, accept, reject, submit, renew].some(({ isPending }) => isPending),
      send: () => send.mutate(seen),
      accept: () => accept.mutate(seen),
      newVersion: () => renew.mutate(seen),
    },
    note: (which: 'submit' | 'reject', words: string) =>
      which === 'submit' ? submit.mutate({ ...seen, note: words || null }) : reject.mutate({ ...seen, reason: words || null }),
  }
}

type NoteDialogProps = {
  title: string
  label: string
  lead: string | null
  yes: string
  onYes: (words: string) => void
  onClose: () => void
}
function NoteDialog({ title, label, lead, yes, onYes, onClose }: NoteDialogProps) {
  const t = useText(text)
  const [words, setWords] = useState('')
  return (
    <Modal open title={title} onCancel={onClose} footer={null} closable={false} width={440}>
      {lead && <p className="t2">{lead}</p>}
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={2000}
        aria-label={label}
        placeholder={label}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className="row g8 question-foot">
        <span className="grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="primary" onClick={() => onYes(words)}>
          {yes}
        </Button>
      </div>
    </Modal>
  )
}

function Remove({ row }: { row: Quote }) {
  const t = useText(text)
  const { removeMany } = useClient().quotes
  const mayRemove =
    useCan('quotes.delete') && row.may?.remove === true && row.deletedAt === null && !row.superseded && row.status !== 'pending'
  return mayRemove && <RemoveButton id={row.id} to="/quotes" words={t} call={removeMany} stays={STAYS} />
}
