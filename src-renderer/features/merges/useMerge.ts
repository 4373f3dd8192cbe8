import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import type { MergeLook, MergeSide, SameContact } from '../../../src-shared/features/merges/model.ts'
import { choicesOf, keptPhone, type MergeLine, mergeLines, suggestedSurvivor } from '../../../src-shared/features/merges/rules.ts'
import { fieldRightOf, mayDo, useApi, useMe } from '../../kernel/context.tsx'
import { failureOf, failureText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useEntity } from '../fields/public.ts'
import { text } from './text.ts'

/** `isSent`: some of them are about to be gone, and nobody is to ask for them any more. */
export const useLook = (ids: readonly string[], isSent: boolean) =>
  useQuery(
    useApi().merges.look.queryOptions({
      input: { ids: ids as CustomerId[] },
      enabled: ids.length > 1 && !isSent,
      meta: { shown: true },
    }),
  )

type Chosen = Readonly<Record<string, string>>

/** What somebody chose for the customer that is kept. Another one kept begins anew. */
export function useChoices({ sides, contacts }: MergeLook) {
  const entity = useEntity(customerEntity)
  const me = useMe()
  const held = sides.filter(({ mayGoUp }) => !mayGoUp)
  const [survivorId, setSurvivor] = useState(() => suggestedSurvivor(entity, sides))
  const [touched, setTouched] = useState<Chosen>({})
  const [noteIds, setNoteIds] = useState<readonly string[] | null>(null)
  const [withPhone, setWithPhone] = useState(true)
  const [joined, setJoined] = useState<readonly SameContact[]>([])
  const mayWrite = (key: string): boolean =>
    fieldRightOf(me, 'customer', key) === 'write' && (key !== 'ownerId' || mayDo(me, 'customers.transfer'))
  const lines = mergeLines(entity, sides, survivorId, (key) => !mayWrite(key))
  const chosen: Chosen = { ...Object.fromEntries(lines.map((line) => [line.key, line.chosen])), ...touched }
  const noted = sides.filter(({ customer }) => (customer.note ?? '').trim() !== '').map(({ customer }) => customer.id)
  const phone = mayWrite('phone2') ? keptPhone(sides, survivorId, chosen) : null
  const notes = noteIds ?? ownFirst(noted, survivorId)
  return {
    survivorId,
    keep: (id: string) => {
      setSurvivor(id)
      setTouched({})
    },
    /** Of several that may not be deleted only one could be kept. */
    isBlocked: held.length > 1,
    lines,
    chosen,
    choose: (line: MergeLine, id: string) => setTouched({ ...touched, [line.key]: id }),
    phone,
    withPhone,
    setWithPhone,
    noted: mayWrite('note') && noted.length > 0 ? noted : [],
    notes,
    setNotes: setNoteIds,
    contacts: mayDo(me, 'contacts.write') ? contacts : [],
    joined,
    setJoined,
    input: {
      survivorId: survivorId as CustomerId,
      customers: sides.map(({ customer }) => ({ id: customer.id, version: customer.version })),
      choices: [...choicesOf(lines, survivorId, chosen), ...(phone && withPhone ? [phone] : [])],
      ...(mayWrite('note') && noted.length > 0 ? { notes: notes as CustomerId[] } : {}),
      joins: joined.map(({ keepId, dropId }) => ({ keepId, dropId })),
    },
  }
}
export type Choices = ReturnType<typeof useChoices>

const ownFirst = (ids: readonly string[], own: string): string[] => ids.toSorted((a, b) => Number(b === own) - Number(a === own))

/** Sends it; a colleague's change meanwhile brings the newest to look at. */
export function useMerging(sides: readonly MergeSide[], onSent: (isSent: boolean) => void) {
  const t = useText(text)
  const api = useApi()
  const navigate = useNavigate()
  const undo = useUndo()
  const merge = useMutation(
    api.merges.merge.mutationOptions({
      meta: { shown: true },
      onMutate: () => onSent(true),
      onError: () => onSent(false),
      onSuccess: (customer) => {
        void navigate({ to: `/customers/${customer.id}`, replace: true })
        undo.say(t('done', { n: formatNumber(sides.length), name: customer.name }), { recordId: customer.id })
      },
    }),
  )
  const isStale = failureOf(merge.error)?.code === 'STALE'
  return { merge, isStale, problem: merge.error ? (isStale ? t('stale') : failureText(merge.error, 'merges')) : null }
}
