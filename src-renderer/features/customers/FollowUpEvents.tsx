import { DeleteOutlined, EditOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { type RefObject, useState } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { FollowUp } from '../../../src-shared/features/follow-ups/model.ts'
import { Composer, type Draft } from '../../components/Composer.tsx'
import { IconButton } from '../../components/page.tsx'
import type { TimelineEvent } from '../../components/Timeline.tsx'
import { mayDo, useApi, useCan, useClock, useMe } from '../../kernel/context.tsx'
import { formatInstant } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'
import { type FollowUpKind, KIND_ICON, kinds, kindWord } from './words.tsx'

/** Writes the next one: kind, words, with whom, and when to come back. */
export function WriteFollowUp({ customer, input }: { customer: Customer; input?: RefObject<HTMLTextAreaElement | null> }) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const mayReadContacts = useCan('contacts.read')
  const contacts = useQuery(
    api.contacts.ofCustomer.queryOptions({ input: { customerId: customer.id }, enabled: mayReadContacts }),
  )
  const { create } = useCreate((context) =>
    api.followUps.create.mutationOptions({
      context,
      onSuccess: (row) => undo.say(t('followUpSaved'), { recordId: row.id }),
    }),
  )
  const send = async (draft: Draft<FollowUpKind>): Promise<boolean> => {
    const contactId = contacts.data?.find((contact) => contact.id === draft.about)?.id ?? null
    const input = {
      customerId: customer.id,
      kind: draft.kind,
      text: draft.text,
      contactId,
      ...(draft.nextAt && { nextAt: draft.nextAt }),
    }
    // When it was not taken the words stay in the box.
    return create(input)
  }
  return (
    <Composer<FollowUpKind>
      kinds={kinds(t)}
      people={(contacts.data ?? []).map((contact) => ({ value: contact.id, label: contact.name }))}
      peopleLabel={t('withWhom')}
      draftKey={customer.id}
      onSend={send}
      {...(input && { input })}
    />
  )
}

export function useFollowUpEvents(rows: readonly FollowUp[]): TimelineEvent[] {
  const t = useText(text)
  const clock = useClock()
  const [editing, setEditing] = useState<string | null>(null)
  return rows.map((row) => ({
    key: row.id,
    at: row.happenedAt,
    icon: KIND_ICON[row.kind],
    tone: 'brand',
    who: row.authorName ?? t('authorless'),
    what: (
      <>
        {t('followUpWith', { kind: kindWord(t, row.kind), name: row.contactName ?? '' })}
        {row.nextAt && <span className="t3"> · {t('planned', { at: formatInstant(row.nextAt, clock) })}</span>}
      </>
    ),
    said: editing === row.id ? <EditText row={row} onDone={() => setEditing(null)} /> : row.text,
    actions: <EventActions row={row} onEdit={() => setEditing(row.id)} />,
  }))
}

/** Its author, or who may edit all customers, changes what was said. */
function EventActions({ row, onEdit }: { row: FollowUp; onEdit: () => void }) {
  const t = useText(text)
  const me = useMe()
  const undo = useUndo()
  const remove = useMutation(
    useApi().followUps.remove.mutationOptions({ onSuccess: () => undo.say(t('followUpRemoved'), { recordId: row.id }) }),
  )
  const isMine = row.authorId !== null && row.authorId === me.employeeId
  if (!mayDo(me, 'followUps.write') || !(isMine || me.permissions['customers.edit'] === 'all')) return null
  return (
    <>
      <IconButton small icon={<EditOutlined />} title={t('editText')} onClick={onEdit} />
      <IconButton small icon={<DeleteOutlined />} title={t('remove')} onClick={() => remove.mutate({ id: row.id })} />
    </>
  )
}

function EditText({ row, onDone }: { row: FollowUp; onDone: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  const [words, setWords] = useState(row.text)
  const edit = useMutation(
    useApi().followUps.edit.mutationOptions({
      onSuccess: () => {
        undo.remember(t('writeFollowUp'), { recordId: row.id })
        onDone()
      },
    }),
  )
  return (
    <>
      <Input.TextArea
        autoFocus
        variant="borderless"
        rows={2}
        value={words}
        maxLength={20_000}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className="row g8 gap-above">
        <span className="grow" />
        <Button size="small" onClick={onDone}>
          {t('cancel')}
        </Button>
        <Button
          size="small"
          type="primary"
          disabled={!words.trim()}
          loading={edit.isPending}
          onClick={() => edit.mutate({ id: row.id, version: row.version, values: { text: words.trim() } })}
        >
          {t('save')}
        </Button>
      </div>
    </>
  )
}
