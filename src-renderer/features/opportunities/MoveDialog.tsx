import { Button, Form, Input, Modal } from 'antd'
import type { Move, Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { type AskableField, HANGING_ASKABLE, type Stage } from '../../../src-shared/features/pipelines/model.ts'
import { Picker } from '../../components/Picker.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { FieldInput } from './FieldInput.tsx'
import { text } from './text.ts'
import { HangingAsked, useHanging } from './HangingAsked.tsx'
import { askedOf, usePipelines, useReasons } from './words.ts'

type Given = { values: NonNullable<Move['values']>; lost?: NonNullable<Move['lost']> }
type MoveDialogProps = {
  row: Opportunity
  stage: Stage
  isPending: boolean
  onMove: (given: Given) => void
  onClose: () => void
}

const HANGING: ReadonlySet<string> = new Set(HANGING_ASKABLE)
type Plain = Exclude<AskableField, (typeof HANGING_ASKABLE)[number]>
const isPlain = (key: AskableField): key is Plain => !HANGING.has(key)

/** What a stage, and those passed over on the way to it, ask for before it is entered; a loss says why. */
export function MoveDialog({ row, stage, isPending, onMove, onClose }: MoveDialogProps) {
  const t = useText(text)
  const [form] = Form.useForm<Record<string, unknown>>()
  const isLost = stage.kind === 'lost'
  const title = isLost ? t('lostTitle') : t('moveTitle', { stage: stage.name })
  const { asked } = askedOf({ row, stage, pipelines: usePipelines() })
  const plain = asked.filter(isPlain)
  const hanging = useHanging(row, asked)
  const begun = Object.fromEntries(plain.map((key) => [key, row[key]]))
  const save = ({ reasonId, reasonNote, ...values }: Record<string, unknown>) =>
    onMove({
      values: values as Given['values'],
      ...(isLost && {
        lost: {
          reasonId: reasonId as never,
          note: typeof reasonNote === 'string' && reasonNote.trim() ? reasonNote.trim() : null,
        },
      }),
    })
  return (
    <Modal open title={title} onCancel={onClose} footer={null} closable={false} width={440}>
      <Form form={form} layout="vertical" initialValues={begun} onFinish={save}>
        <p className="t3 s12 gap-below">{asked.length > 0 ? t('moveHint') : row.name}</p>
        {isLost && <Lost />}
        {plain.map((key) => (
          <Form.Item
            key={key}
            name={key}
            label={fieldWord('opportunities', key)}
            rules={[{ required: true, message: t('needed') }]}
          >
            <FieldInput
              field={key}
              {...(key === 'contactId' && !plain.includes('customerId') && { customerId: row.customerId })}
            />
          </Form.Item>
        ))}
        <HangingAsked row={row} hanging={hanging} onLeave={onClose} />
        <div className="row g8 question-foot">
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="primary"
            disabled={hanging.some(({ n }) => n === 0)}
            danger={isLost}
            htmlType="submit"
            loading={isPending}
          >
            {isLost ? t('lostYes') : t('moveYes', { stage: stage.name })}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}

function Lost() {
  const t = useText(text)
  const reasons = useReasons()
  return (
    <>
      <Form.Item name="reasonId" label={t('lostReason')} rules={[{ required: true, message: t('reasonNeeded') }]}>
        <Picker options={reasons.map(({ id, name }) => ({ value: id as string, label: name }))} />
      </Form.Item>
      <Form.Item name="reasonNote" label={t('lostNote')}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </>
  )
}
