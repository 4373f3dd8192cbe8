import { Button, Form, Modal } from 'antd'
import { useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import type { Into } from './useBulk.tsx'
import { usePipelines, useReasons } from './words.ts'

type MovingProps = { n: number; onApply: (into: Into) => void; onClose: () => void }

/** A stage for many; the button repeats the verb and the number. */
export function MovingDialog(props: MovingProps) {
  const t = useText(text)
  const title = t('moveManyTitle', { n: formatNumber(props.n) })
  return (
    <Modal open title={title} onCancel={props.onClose} footer={null} closable={false} width={440}>
      <Moving {...props} title={title} />
    </Modal>
  )
}

function Moving({ n, title, onApply, onClose }: MovingProps & { title: string }) {
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
      <div className="row g8 question-foot">
        <span className="grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={!isReady}>
          {t('moveManyYes', { n: formatNumber(n) })}
        </Button>
      </div>
    </Form>
  )
}
