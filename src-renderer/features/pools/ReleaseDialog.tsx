import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { dialogName } from '../../components/dialogName.tsx'
import type { PoolId } from '../../../src-shared/features/pools/model.ts'
import type { Selection } from '../../../src-shared/kernel/list.ts'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

type ReleaseProps = { n: number; selection: Selection; onDone: () => void; onClose: () => void }

/** 放入公海: which pool, and why; the button repeats the verb and the number. */
export function ReleaseDialog({ n, selection, onDone, onClose }: ReleaseProps) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const pools = useQuery(api.pools.choices.queryOptions({ input: {} })).data ?? []
  const [chosen, setChosen] = useState<PoolId | null>(null)
  const [reason, setReason] = useState('')
  const poolId = chosen ?? pools[0]?.id ?? null
  const count = formatNumber(n)
  const release = useMutation(
    api.pools.release.mutationOptions({
      onSuccess: ({ changed, refused, unchanged, batchId }) => {
        const parts = [
          t('released', { n: formatNumber(changed) }),
          refused > 0 ? t('notReleased', { n: formatNumber(refused) }) : '',
          unchanged > 0 ? t('alreadyIn', { n: formatNumber(unchanged) }) : '',
        ]
        undo.say(parts.join(''), { batchId })
        onDone()
      },
    }),
  )
  const save = () => {
    if (poolId === null) return
    release.mutate({ selection, poolId, reason: reason.trim() || null })
    onClose()
  }
  return (
    <Modal
      open
      {...dialogName(t('releaseTitle', { n: count }))}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={440}
      destroyOnHidden
    >
      <Form layout="vertical" onFinish={save}>
        <div className="b s14">{t('releaseTitle', { n: count })}</div>
        <div className="t2 gap-below">{t('releaseBody')}</div>
        <Form.Item label={t('releaseTo')}>
          <Select
            aria-label={t('releaseTo')}
            value={poolId}
            onChange={setChosen}
            options={pools.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item label={t('reason')}>
          <Input
            autoFocus
            maxLength={500}
            aria-label={t('reason')}
            placeholder={t('reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
        <div className="row g8 question-foot">
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" disabled={poolId === null}>
            {t('releaseYes', { n: count })}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
