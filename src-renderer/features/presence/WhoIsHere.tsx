import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import type { Doing } from '../../../src-shared/features/presence/contract.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { useApi, useClient } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const HEARTBEAT_MS = 15_000
const NAMED = 2

/** "周子昂 正在看", for as long as the page is open; says as much of oneself to the others. */
export function WhoIsHere({ customerId }: { customerId: CustomerId }) {
  const t = useText(text)
  const doing = useDoing()
  const client = useClient()
  const here = useQuery(
    useApi().presence.here.queryOptions({
      input: { customerId, doing },
      refetchInterval: HEARTBEAT_MS,
      staleTime: 0,
      placeholderData: (before) => before,
      meta: { shown: true },
    }),
  )
  // A window that only vanishes is forgotten by the host after three heartbeats.
  useEffect(() => () => void client.presence.leave({ customerId }).catch(() => undefined), [client, customerId])
  const others = (here.data ?? []).toSorted((a, b) => a.doing.localeCompare(b.doing))
  if (others.length === 0) return null
  return (
    <span className="row g6 s12 t2 here" role="status" aria-label={t('here')}>
      {others.slice(0, NAMED).map(({ userId, name, doing: what }) => (
        <span key={userId} className="row g6 inline">
          <Avatar name={name} size={20} />
          <span className={what === 'editing' ? 'twarn' : undefined}>{t(what, { name })}</span>
        </span>
      ))}
      {others.length > NAMED && <span className="t3">{t('others', { n: others.length - NAMED })}</span>}
    </span>
  )
}

const TYPING = 'input, textarea, [contenteditable="true"]'
/** Whoever has the cursor in a field of the record edits it; a search box of the frame is no record. */
function useDoing(): Doing {
  const [doing, setDoing] = useState<Doing>('viewing')
  useEffect(() => {
    const look = () => {
      const at = document.activeElement
      const isField = at instanceof Element && at.matches(TYPING) && at.closest('.record-page, .side-panel, .ant-modal')
      setDoing(isField ? 'editing' : 'viewing')
    }
    const later = () => setTimeout(look)
    document.addEventListener('focusin', look)
    document.addEventListener('focusout', later)
    return () => {
      document.removeEventListener('focusin', look)
      document.removeEventListener('focusout', later)
    }
  }, [])
  return doing
}
