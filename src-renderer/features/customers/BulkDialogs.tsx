import { Button, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import type { BulkEdit } from '../../../src-shared/features/customers/contract.ts'
import { FieldInput } from './FieldInput.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import type { BulkDialog } from './useBulk.tsx'
import { useOwnerOptions, useTagOptions } from './useOptions.ts'
import { fieldWord } from './words.tsx'

type DialogProps = { n: number; onApply: (values: BulkEdit) => void; onClose: () => void }

/** One field, an owner or tags for many customers; the button repeats the verb and the number. */
export function BulkDialogs({ dialog, ...props }: DialogProps & { dialog: BulkDialog | null }) {
  return (
    <Modal open={dialog !== null} onCancel={props.onClose} footer={null} closable={false} width={440} destroyOnHidden>
      {dialog === 'edit' && <EditForm {...props} />}
      {dialog === 'transfer' && <TransferForm {...props} />}
      {dialog === 'tags' && <TagForm {...props} />}
    </Modal>
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

/** The fields of a bulk edit that are no dialog of their own. */
const EDITABLE = ['level', 'status', 'industry', 'source', 'kind'] as const satisfies readonly (keyof BulkEdit)[]

function EditForm({ n, onApply, onClose }: DialogProps) {
  const t = useText(text)
  const [key, setKey] = useState<(typeof EDITABLE)[number]>('level')
  const [value, setValue] = useState<string | null>(null)
  const needed = key === 'status' || key === 'kind'
  return (
    <Form layout="vertical" onFinish={() => onApply({ [key]: value } as BulkEdit)}>
      <div className="b s14 gap-below">{t('bulkTitle', { n: formatNumber(n) })}</div>
      <Form.Item label={t('bulkField')}>
        <Select
          value={key}
          onChange={(next) => {
            setKey(next)
            setValue(null)
          }}
          options={EDITABLE.map((field) => ({ value: field, label: fieldWord(t, field) }))}
        />
      </Form.Item>
      <Form.Item label={t('bulkValue')}>
        <FieldInput
          field={key}
          value={value}
          onChange={(next) => setValue(typeof next === 'string' && next !== '' ? next : null)}
        />
      </Form.Item>
      <Foot yes={t('bulkYes', { n: formatNumber(n) })} disabled={needed && value === null} onClose={onClose} />
    </Form>
  )
}

function TransferForm({ n, onApply, onClose }: DialogProps) {
  const t = useText(text)
  const [ownerId, setOwnerId] = useState<string | null>(null)
  return (
    <Form layout="vertical" onFinish={() => onApply({ ownerId })}>
      <div className="b s14">{t('transferTitle', { n: formatNumber(n) })}</div>
      <div className="t2 gap-below">{t('transferBody')}</div>
      <Select
        autoFocus
        showSearch={{ optionFilterProp: 'label' }}
        value={ownerId}
        onChange={setOwnerId}
        options={useOwnerOptions().map((option) => ({ ...option }))}
        placeholder={t('ownedBy')}
        className="block-select"
      />
      <Foot yes={t('transferYes', { n: formatNumber(n) })} disabled={ownerId === null} onClose={onClose} />
    </Form>
  )
}

function TagForm({ n, onApply, onClose }: DialogProps) {
  const t = useText(text)
  const [addTags, setAdd] = useState<string[]>([])
  const [removeTags, setRemove] = useState<string[]>([])
  const options = useTagOptions().map((option) => ({ ...option }))
  return (
    <Form layout="vertical" onFinish={() => onApply({ addTags, removeTags })}>
      <div className="b s14 gap-below">{t('tagTitle', { n: formatNumber(n) })}</div>
      <Form.Item label={t('addTags')}>
        <Select mode="tags" autoFocus value={addTags} onChange={setAdd} options={options} />
      </Form.Item>
      <Form.Item label={t('removeTags')}>
        <Select mode="multiple" value={removeTags} onChange={setRemove} options={options} />
      </Form.Item>
      <Foot yes={t('tagYes', { n: formatNumber(n) })} disabled={addTags.length + removeTags.length === 0} onClose={onClose} />
    </Form>
  )
}
