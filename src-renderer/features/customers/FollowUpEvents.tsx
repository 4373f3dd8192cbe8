import { CommentOutlined, DeleteOutlined, EditOutlined, PushpinFilled, PushpinOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Answer, FollowUp } from '../../../src-shared/features/follow-ups/model.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { IconButton } from '../../components/page.tsx'
import type { TimelineEvent } from '../../components/Timeline.tsx'
import { InstantText } from '../../components/values.tsx'
import { mayDo, useApi, useClock, useMe } from '../../kernel/context.tsx'
import { formatInstant } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { FileChips } from '../files/public.ts'
import { Said } from './Said.tsx'
import { recordText as text } from './recordText.ts'
import { FollowUpSaid, useFollowUpFields } from './useFollowUpFields.tsx'
import { KIND_ICON, kindWord } from './words.tsx'

type Open = { id: string; as: 'edit' | 'answer' } | null

/** Where they stand: in a customer's line of time, under a head that says that they are pinned, or on the page of what they are about. */
type Place = 'line' | 'top' | 'opportunity'
export function useFollowUpEvents(rows: readonly FollowUp[], mayWrite: boolean, place: Place = 'line'): TimelineEvent[] {
  const t = useText(text)
  const clock = useClock()
  const [open, setOpen] = useState<Open>(null)
  const isOpen = (id: string, as: 'edit' | 'answer') => open?.id === id && open.as === as
  const close = () => setOpen(null)
  return rows.map((row) => ({
    key: row.id,
    at: row.happenedAt,
    icon: KIND_ICON[row.kind],
    tone: row.internal ? 'warn' : 'brand',
    who: row.authorName ?? t('authorless'),
    internal: row.internal,
    what: (
      <>
        {row.internal ? t('internalNote') : t('followUpWith', { kind: kindWord(t, row.kind), name: '' })}
        {row.contactName && <bdi>{row.contactName}</bdi>}
        {row.opportunity && place !== 'opportunity' && <About opportunity={row.opportunity} />}
        {row.nextAt && <span className="t3"> · {t('planned', { at: formatInstant(row.nextAt, clock) })}</span>}
      </>
    ),
    said: isOpen(row.id, 'edit') ? (
      <EditText row={row} onDone={close} />
    ) : (
      <>
        <Said text={row.text} mentions={row.mentions} />
        <FollowUpSaid row={row} />
        <FileChips files={row.files} />
      </>
    ),
    below: (
      <Answers
        row={row}
        isAnswering={isOpen(row.id, 'answer')}
        saysPinned={row.pinnedAt !== null && place !== 'top'}
        mayWrite={mayWrite}
        onDone={close}
      />
    ),
    actions: mayWrite && (
      <EventActions
        row={row}
        onEdit={() => setOpen({ id: row.id, as: 'edit' })}
        onAnswer={() => setOpen({ id: row.id, as: 'answer' })}
      />
    ),
  }))
}

/** What it was about, and the way there. */
function About({ opportunity }: { opportunity: NonNullable<FollowUp['opportunity']> }) {
  const t = useText(text)
  return (
    <>
      {' · '}
      {t('aboutOpportunity')} <Link to={`/opportunities/${opportunity.id}`}>{opportunity.name}</Link>
    </>
  )
}

/** Its author, or who may edit all customers, changes what was said. */
function useIsMine(row: Answer): boolean {
  const me = useMe()
  const isAuthor = row.authorId !== null && row.authorId === me.employeeId
  return mayDo(me, 'followUps.write') && (isAuthor || me.permissions['customers.edit'] === 'all')
}

function useRemove(row: Answer) {
  const t = useText(text)
  const undo = useUndo()
  return useMutation(
    useApi().followUps.remove.mutationOptions({ onSuccess: () => undo.say(t('followUpRemoved'), { recordId: row.id }) }),
  )
}

function EventActions({ row, onEdit, onAnswer }: { row: FollowUp; onEdit: () => void; onAnswer: () => void }) {
  const t = useText(text)
  const me = useMe()
  const undo = useUndo()
  const remove = useRemove(row)
  const isMine = useIsMine(row)
  const mayPin = isMine || mayDo(me, 'customers.edit')
  const isPinned = row.pinnedAt !== null
  const pin = useMutation(
    useApi().followUps.pin.mutationOptions({
      onSuccess: () => undo.remember(t(isPinned ? 'unpinned' : 'pinned'), { recordId: row.id }),
    }),
  )
  return (
    <>
      <IconButton small icon={<CommentOutlined />} title={t('answer')} onClick={onAnswer} />
      {mayPin && (
        <IconButton
          small
          icon={isPinned ? <PushpinFilled /> : <PushpinOutlined />}
          title={t(isPinned ? 'unpin' : 'pin')}
          onClick={() => pin.mutate({ id: row.id, pinned: !isPinned })}
        />
      )}
      {isMine && <IconButton small icon={<EditOutlined />} title={t('editText')} onClick={onEdit} />}
      {isMine && <IconButton small icon={<DeleteOutlined />} title={t('remove')} onClick={() => remove.mutate({ id: row.id })} />}
    </>
  )
}

function EditText({ row, onDone }: { row: FollowUp; onDone: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  const own = useFollowUpFields(row)
  const edit = useMutation(
    useApi().followUps.edit.mutationOptions({
      onSuccess: () => {
        undo.remember(t('writeFollowUp'), { recordId: row.id })
        onDone()
      },
    }),
  )
  return (
    <ShortText
      begin={row.text}
      yes={t('save')}
      isPending={edit.isPending}
      onDone={onDone}
      onSend={(words) =>
        edit.mutate({ id: row.id, version: row.version, values: { text: words, ...(own.custom && { custom: own.custom }) } })
      }
    >
      {own.draw({ kind: row.kind })}
    </ShortText>
  )
}

type AnswersProps = { row: FollowUp; isAnswering: boolean; saysPinned: boolean; mayWrite: boolean; onDone: () => void }

/** Answers of colleagues under what they answer. */
function Answers({ row, isAnswering, saysPinned, mayWrite, onDone }: AnswersProps) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const { create, isPending } = useCreate((context) =>
    api.followUps.create.mutationOptions({
      context,
      onSuccess: (made) => {
        undo.say(t('answered'), { recordId: made.id })
        onDone()
      },
    }),
  )
  if (row.replies.length === 0 && !isAnswering && !saysPinned) return null
  return (
    <div className="answers">
      {saysPinned && (
        <span className="t3 s12">
          <PushpinFilled /> {t('isPinned')}
        </span>
      )}
      {row.replies.map((answer) => (
        <AnswerLine key={answer.id} answer={answer} mayWrite={mayWrite} />
      ))}
      {isAnswering && (
        <ShortText
          begin=""
          yes={t('answer')}
          isPending={isPending}
          onDone={onDone}
          onSend={(words) => void create({ customerId: row.customerId, text: words, replyTo: row.id })}
        />
      )}
    </div>
  )
}

function AnswerLine({ answer, mayWrite }: { answer: Answer; mayWrite: boolean }) {
  const t = useText(text)
  const remove = useRemove(answer)
  const isMine = useIsMine(answer)
  return (
    <div className="answer row g8">
      <Avatar name={answer.authorName ?? t('authorless')} size={20} />
      <div className="grow">
        <span className="t3 s12">
          <bdi className="b t1">{answer.authorName ?? t('authorless')}</bdi> <InstantText at={answer.happenedAt} />
        </span>
        <Said text={answer.text} mentions={answer.mentions} />
        <FileChips files={answer.files} />
      </div>
      {mayWrite && isMine && (
        <span className="event-actions">
          <IconButton small icon={<DeleteOutlined />} title={t('remove')} onClick={() => remove.mutate({ id: answer.id })} />
        </span>
      )}
    </div>
  )
}

type ShortTextProps = {
  begin: string
  yes: string
  isPending: boolean
  onDone: () => void
  onSend: (words: string) => void
  children?: ReactNode
}

function ShortText({ begin, yes, isPending, onDone, onSend, children }: ShortTextProps) {
  const t = useText(text)
  const [words, setWords] = useState(begin)
  const send = () => {
    if (words.trim() !== '') onSend(words.trim())
  }
  return (
    <div
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation()
          onDone()
        }
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
      }}
    >
      <Input.TextArea
        autoFocus
        variant="borderless"
        rows={2}
        dir="auto"
        value={words}
        maxLength={20_000}
        onChange={(event) => setWords(event.target.value)}
      />
      {children}
      <div className="row g8 gap-above">
        <span className="grow" />
        <Button size="small" onClick={onDone}>
          {t('cancel')}
        </Button>
        <Button size="small" type="primary" disabled={!words.trim()} loading={isPending} onClick={send}>
          {yes}
        </Button>
      </div>
    </div>
  )
}
