import { Button, Form, Modal } from 'antd'
import { useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { text } from './text.ts'
import type { BulkDialog, Into } from './useBulk.tsx'
import { usePipelines, useReasons } from './words.ts'

type BulkDialogsProps = {
  dialog: BulkDialog
  n: number
  onTransfer: (ownerId: string) => void
  onMove: (into: Into) => void
  onClose: () => void
}

/** An owner or a stage for many; the button repeats the verb and the number. */
export function BulkDialogs({ dialog, n, onTransfer, onMove, onClose }: BulkDialogsProps) {
  const t = useText(text)
  const count = { n: formatNumber(n) }
  const title = t(dialog === 'transfer' ? 'transferTitle' : 'moveManyTitle', count)
  return (
    <Modal open title={title} onCancel={onClose} footer={null} closable={false} width={440}>
      {dialog === 'transfer' ? (
        <Transfer title={title} yes={t('transferYes', count)} onApply={onTransfer} onClose={onClose} />
      ) : (
        <Moving title={title} yes={t('moveManyYes', count)} onApply={onMove} onClose={onClose} />
      )}
    </Modal>
  )
}

type PartProps<Value> = { title: string; yes: string; onApply: (value: Value) => void; onClose: () => void }

function Transfer({ title, yes, onApply, onClose }: PartProps<string>) {
  const owners = useOwnerOptions()
  const [owner, setOwner] = useState<string | null>(null)
  return (
    <Form layout="vertical" onFinish={() => owner && onApply(owner)}>
      <Picker
        className="block-select"
        aria-label={title}
        value={owner}
        onChange={setOwner}
        options={owners.map((one) => ({ ...one }))}
      />
      <Foot yes={yes} disabled={owner === null} onClose={onClose} />
    </Form>
  )
}

function Moving({ title, yes, onApply, onClose }: PartProps<Into>) {
  const t = useText(text)
  const pipelines = usePipelines().filter(({ archived }) => !archived)
  const reasons = useReasons()
  const [stageId, setStage] = useState<string | null>(null)
  const [reasonId, setReason] = useState<string | null>(null)
  const stages = pipelines.flatMap((pipeline) =>
    pipeline.stages.filter(({ archived }) => !archived).map((stage) => ({ stage, pipeline })),
  )
  const isLost = stages.some(({ stage }) => stage.id === stageId && stage.kind === 'lost')
  const isReady = stageId !== null && (!isLost || reasonId !== null)
  return (
    <Form layout="vertical" onFinish={() => stageId && isReady && onApply({ stageId, reasonId: isLost ? reasonId : null })}>
      <Picker
        className="block-select"
        aria-label={title}
        value={stageId}
        onChange={setStage}
        options={stages.map(({ stage, pipeline }) => ({
          value: stage.id as string,
          label: pipelines.length > 1 ? `${pipeline.name} · ${stage.name}` : stage.name,
        }))}
      />
      {isLost && (
        <Form.Item label={t('lostReason')} className="gap-above">
          <Picker
            aria-label={t('lostReason')}
            value={reasonId}
            onChange={setReason}
            options={reasons.map(({ id, name }) => ({ value: id as string, label: name }))}
          />
        </Form.Item>
      )}
      <Foot yes={yes} disabled={!isReady} onClose={onClose} />
    </Form>
  )
}

function Foot({ yes, disabled, onClose }: { yes: string; disabled: boolean; onClose: () => void }) {
  const t = useText(text)
  return (
    <div className="row g8 question-foot">
      <span className="grow" />
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button type="primary" htmlType="submit" disabled={disabled}>
        {yes}
      </Button>
    </div>
  )
}
