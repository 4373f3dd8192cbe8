import { useMutation, useQuery } from '@tanstack/react-query'
import { type RefObject, useState } from 'react'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import type { OpportunityId } from '../../../src-shared/features/opportunities/model.ts'
import { Composer, type Draft } from '../../components/Composer.tsx'
import { useApi, useCan, useMe } from '../../kernel/context.tsx'
import { listed, useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { SendingChips, useSending } from '../files/public.ts'
import { recordText as text } from './recordText.ts'
import { useFollowUpFields } from './useFollowUpFields.tsx'
import { type FollowUpKind, kinds } from './words.tsx'

type WriteProps = {
  customerId: CustomerId
  /** What it is about. */
  opportunityId?: OpportunityId
  input?: RefObject<HTMLTextAreaElement | null>
}

/** Writes the next one: kind, words, with whom, files, colleagues, and when to come back. */
export function WriteFollowUp({ customerId, opportunityId, input }: WriteProps) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const mayReadContacts = useCan('contacts.read')
  const mayAttach = useCan('files.write')
  const contacts = useQuery(api.contacts.ofCustomer.queryOptions({ input: { customerId }, enabled: mayReadContacts }))
  const sending = useSending()
  const own = useFollowUpFields(null)
  const { colleagues, wake, invite } = useColleagues(customerId)
  const { create } = useCreate((context) =>
    api.followUps.create.mutationOptions({
      context,
      onSuccess: (row) => undo.say(t('followUpSaved'), { recordId: row.id }),
    }),
  )
  const send = async (draft: Draft<FollowUpKind>): Promise<boolean> => {
    const contactId = contacts.data?.find((contact) => contact.id === draft.about)?.id ?? null
    const names = sending.list.flatMap(({ upload }) => upload?.name ?? [])
    const taken = await create({
      customerId,
      ...(opportunityId !== undefined && { opportunityId }),
      kind: draft.kind,
      // A picture says something by itself; the record of it still needs words.
      text: draft.text || listed(names).slice(0, 500),
      contactId,
      mentions: [...draft.mentions],
      files: sending.ready,
      ...(draft.internal && { internal: true }),
      ...(draft.nextAt && { nextAt: draft.nextAt }),
      ...(own.custom && { custom: own.custom }),
    })
    // When it was not taken the words and the files stay in the box.
    if (taken) {
      sending.clear()
      own.clear()
    }
    return taken
  }
  return (
    <Composer<FollowUpKind>
      kinds={kinds(t)}
      people={(contacts.data ?? []).map((contact) => ({ value: contact.id, label: contact.name }))}
      peopleLabel={t('withWhom')}
      colleagues={colleagues}
      {...(invite && { onInvite: invite })}
      {...(mayAttach && {
        files: {
          add: sending.add,
          chips: <SendingChips sending={sending} />,
          isBusy: sending.isBusy,
          hasFailed: sending.hasFailed,
          count: sending.ready.length,
        },
      })}
      fields={own.draw}
      hasInternal
      draftKey={opportunityId ?? customerId}
      onAwake={wake}
      onSend={send}
      {...(input && { input })}
    />
  )
}

/** Who can be named; asked when somebody begins to write. Whoever may change the team lets others in from the box. */
function useColleagues(customerId: CustomerId) {
  const api = useApi()
  const t = useText(text)
  const undo = useUndo()
  const me = useMe()
  const [isAwake, setAwake] = useState(false)
  const input = { customerId }
  const colleagues = useQuery(
    api.followUps.colleagues.queryOptions({ input, enabled: isAwake, staleTime: 60_000, meta: { shown: true } }),
  )
  const team = useQuery(api.members.list.queryOptions({ input, enabled: isAwake, meta: { shown: true } }))
  const add = useMutation(
    api.members.add.mutationOptions({
      onSuccess: () => {
        undo.say(t('memberAdded'), { procedure: 'members.add' })
        void colleagues.refetch()
      },
    }),
  )
  return {
    colleagues: (colleagues.data ?? []).filter(({ id }) => id !== me.employeeId),
    wake: () => setAwake(true),
    invite: team.data?.mayManage
      ? ({ id }: { id: string }) => add.mutate({ customerId, employeeIds: [id], access: 'read' })
      : null,
  }
}
