import { Button, Form, Modal } from 'antd'
import { useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type ChoiceFormProps = {
  title: string
  /** The button repeats the verb and the number. */
  yes: string
  options: readonly { readonly value: string; readonly label: string }[]
  onApply: (value: string) => void
  onClose: () => void
}

/** One of several for many records: who gets them, where they go. */
export function ChoiceForm({ title, yes, options, onApply, onClose }: ChoiceFormProps) {
  const t = useText(text)
  const [value, setValue] = useState<string | null>(null)
  return (
    <Form layout="vertical" onFinish={() => value !== null && onApply(value)}>
      <Picker
        className="block-select"
        aria-label={title}
        value={value}
        onChange={setValue}
        options={options.map((one) => ({ ...one }))}
      />
      <div className="row g8 question-foot">
        <span className="grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={value === null}>
          {yes}
        </Button>
      </div>
    </Form>
  )
}

/** The same as a question of its own. */
export const ChoiceDialog = (props: ChoiceFormProps) => (
  <Modal open title={props.title} onCancel={props.onClose} footer={null} closable={false} width={440}>
    <ChoiceForm {...props} />
  </Modal>
)
