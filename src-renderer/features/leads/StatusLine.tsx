import './leads.css'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { Suspense, useState } from 'react'
import type { Lead } from '../../../src-shared/features/leads/model.ts'
import { LEAD_STATUSES, OPEN_STATUSES } from '../../../src-shared/features/leads/entity.ts'
import { StatusPath } from '../../components/StatusPath.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

const Invalidating = later(() => import('./BulkDialogs.tsx').then((module) => module.Invalidating))
const ConvertDrawer = later(() => import('./ConvertDrawer.tsx').then((module) => module.ConvertDrawer))

type Asking = 'invalid' | 'convert' | null
type OpenStatus = (typeof OPEN_STATUSES)[number]
const isOpenStatus = (status: string): status is OpenStatus => (OPEN_STATUSES as readonly string[]).includes(status)

/** Into another status: at once where nothing is asked, else by a small form or the drawer of the conversion. */
function useStatus(row: Lead) {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const undo = useUndo()
  const [asking, setAsking] = useState<Asking>(null)
  const shown = (saved: Lead, said: string) => {
    cache.setQueryData(api.leads.get.queryKey({ input: { id: saved.id } }), (old) => old && { ...old, ...saved })
    setAsking(null)
    undo.say(said, { recordId: saved.id })
  }
  const set = useMutation(
    api.leads.setStatus.mutationOptions({
      onSuccess: (saved) =>
        shown(
          saved,
          row.status === 'invalid'
            ? t('validated', { name: saved.name })
            : t('statusSet', { name: saved.name, status: optionWord('leads', 'status', saved.status) }),
        ),
    }),
  )
  const invalidate = useMutation(
    api.leads.invalidate.mutationOptions({ onSuccess: (saved) => shown(saved, t('invalidated', { n: 1 })) }),
  )
  const to = (status: string) => {
    if (status === 'invalid') setAsking('invalid')
    else if (status === 'converted') setAsking('convert')
    else if (isOpenStatus(status)) set.mutate({ id: row.id, version: row.version, status })
  }
  return { asking, setAsking, to, set, invalidate }
}

/** How far a lead has come; a click takes it there, into a customer and out of the running included. */
export function StatusLine({ row }: { row: Lead }) {
  const t = useText(text)
  const { asking, setAsking, to, set, invalidate } = useStatus(row)
  const mayEdit = useCan('leads.edit') && row.may?.edit === true && row.deletedAt === null && row.status !== 'converted'
  const mayConvert = [useCan('customers.create'), useCan('customers.edit')].some(Boolean)
  const steps = LEAD_STATUSES.filter((status) => status !== 'converted' || mayConvert || row.status === 'converted')
  return (
    <>
      <div className="lead-path">
        <StatusPath
          label={t('path')}
          steps={steps.map((value) => ({ value, label: optionWord('leads', 'status', value), away: value === 'invalid' }))}
          now={row.status}
          {...(mayEdit && { onChange: (status: string) => !set.isPending && to(status) })}
        />
      </div>
      <Suspense>
        {asking === 'invalid' && (
          <Modal
            open
            title={t('invalidateTitle', { n: 1 })}
            onCancel={() => setAsking(null)}
            footer={null}
            closable={false}
            width={440}
          >
            <Invalidating
              isPending={invalidate.isPending}
              onApply={({ reasonId, note }) =>
                invalidate.mutate({ id: row.id, version: row.version, reasonId: reasonId as never, note })
              }
              onClose={() => setAsking(null)}
            />
          </Modal>
        )}
        {asking === 'convert' && <ConvertDrawer row={row} onClose={() => setAsking(null)} />}
      </Suspense>
    </>
  )
}
