import { DownloadOutlined, UserAddOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { Suspense, useState } from 'react'
import type { Lead } from '../../../src-shared/features/leads/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'
import { isOpen } from './words.ts'

const Giving = later(() => import('./BulkDialogs.tsx').then((module) => module.Giving))
const ConvertDrawer = later(() => import('./ConvertDrawer.tsx').then((module) => module.ConvertDrawer))

/** What one may do with a lead at once: take it, give it to somebody, make a customer of it. */
export function MainActions({ row }: { row: Lead }) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const [asking, setAsking] = useState<'assign' | 'convert' | null>(null)
  const claim = useMutation(
    api.leads.claim.mutationOptions({ onSuccess: () => undo.say(t('claimed', { name: row.name }), { recordId: row.id }) }),
  )
  const assign = useMutation(
    api.leads.assign.mutationOptions({ onSuccess: ({ batchId }) => undo.say(t('assigned', { n: 1 }), { batchId }) }),
  )
  const title = t('assignTitle', { n: 1 })
  const mayConvert = row.may?.edit === true && isOpen(row)
  return (
    <>
      {row.may?.claim && (
        <Button
          type="primary"
          icon={<DownloadOutlined />}
          loading={claim.isPending}
          onClick={() => claim.mutate({ ids: [row.id] })}
        >
          {t('claim')}
        </Button>
      )}
      {row.may?.assign && (
        <Button icon={<UserAddOutlined />} loading={assign.isPending} onClick={() => setAsking('assign')}>
          {t('assign')}
        </Button>
      )}
      {mayConvert && (
        <Button type="primary" onClick={() => setAsking('convert')}>
          {t('convert')}
        </Button>
      )}
      <Suspense>
        {asking === 'assign' && (
          <Modal open title={title} onCancel={() => setAsking(null)} footer={null} closable={false} width={440}>
            <Giving
              how="assign"
              n={1}
              title={title}
              onApply={(ownerId) => {
                setAsking(null)
                assign.mutate({ selection: { ids: [row.id] }, ownerId })
              }}
              onClose={() => setAsking(null)}
            />
          </Modal>
        )}
        {asking === 'convert' && <ConvertDrawer row={row} onClose={() => setAsking(null)} />}
      </Suspense>
    </>
  )
}
