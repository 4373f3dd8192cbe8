import { Button, Checkbox, Form, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { dialogName } from '../../components/dialogName.tsx'
import { Picker } from '../../components/Picker.tsx'
import type { BulkEdit } from '../../../src-shared/features/customers/contract.ts'
import type { Selection } from '../../../src-shared/kernel/list.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { formatNumber } from '../../kernel/format.ts'
import { fieldRightOf, useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { BulkPreviewLine, useBulkPreview } from './BulkPreview.tsx'
import { FieldInput } from './FieldInput.tsx'
import { text } from './text.ts'
import type { BulkDialog } from './useBulk.tsx'
import { useOwnerOptions, useTagOptions } from './useOptions.ts'
import { fieldWord, useCustomerFields } from './words.tsx'

type DialogProps = { n: number; selection: () => Selection; onApply: (values: BulkEdit) => void; onClose: () => void }

const TITLES = { edit: 'bulkTitle', transfer: 'transferTitle', tags: 'tagTitle' } as const

/** One field, an owner or tags for many customers; what rights allow is counted before, and the button repeats the verb and the number. */
export function BulkDialogs({ dialog, ...props }: DialogProps & { dialog: BulkDialog | null }) {
  const t = useText(text)
  const n = formatNumber(props.n)
  return (
    <Modal
      open={dialog !== null}
      {...(dialog && dialogName(t(TITLES[dialog], { n })))}
      onCancel={props.onClose}
      footer={null}
      closable={false}
      width={440}
      destroyOnHidden
    >
      {dialog === 'edit' && <EditForm {...props} />}
      {dialog === 'transfer' && <TransferForm {...props} />}
      {dialog === 'tags' && <TagForm {...props} />}
    </Modal>
  )
}

type BodyProps = DialogProps & {
  title: string
  yes: (n: string) => string
  /** Null while nothing is chosen that could be done. */
  values: BulkEdit | null
  children: ReactNode
}
function Body({ n, selection, title, yes, values, onApply, onClose, children }: BodyProps) {
  const t = useText(text)
  const preview = useBulkPreview(values && { act: 'edit', selection: selection(), values })
  const changed = preview.data?.changed
  return (
    <Form layout="vertical" onFinish={() => values && onApply(values)}>
      <div className="b s14 gap-below">{title}</div>
      {children}
      <BulkPreviewLine preview={preview} />
      <div className="row g8 question-foot">
        <span className="grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={values === null || changed === 0}>
          {yes(formatNumber(changed ?? n))}
        </Button>
      </div>
    </Form>
  )
}

const NEEDED: ReadonlySet<string> = new Set(['status', 'kind'])
/** The owner and the tags have dialogs of their own; one name for many customers would be a slip. */
const ELSEWHERE: ReadonlySet<string> = new Set(['name', 'ownerId', 'tags'])

/** Every field that this person may write. */
function useWritable(): readonly string[] {
  const me = useMe()
  return useCustomerFields()
    .filter(({ key, readOnly, formula }) => !readOnly && !formula && !ELSEWHERE.has(key))
    .filter(({ key }) => fieldRightOf(me, 'customer', key) === 'write')
    .map(({ key }) => key)
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

function EditForm(props: DialogProps) {
  const t = useText(text)
  const fields = useWritable()
  const [key, setKey] = useState(fields.includes('level') ? 'level' : (fields[0] ?? ''))
  const [value, setValue] = useState<unknown>(null)
  // Nothing chosen is no wish to empty: that has to be said.
  const [isEmptied, setEmptied] = useState(false)
  const empty = isEmpty(value)
  const given = empty ? null : value
  const edit = (isCustomKey(key) ? { custom: { [key]: given } } : { [key]: given }) as BulkEdit
  const mayEmpty = empty && !NEEDED.has(key)
  const values = key === '' || (empty && !(mayEmpty && isEmptied)) ? null : edit
  return (
    <Body
      {...props}
      title={t('bulkTitle', { n: formatNumber(props.n) })}
      yes={(n) => t(mayEmpty && isEmptied ? 'bulkClear' : 'bulkYes', { n })}
      values={values}
    >
      <Form.Item label={t('bulkField')}>
        <Picker
          autoFocus
          value={key}
          onChange={(next) => {
            setKey(next)
            setValue(null)
            setEmptied(false)
          }}
          options={fields.map((field) => ({ value: field, label: fieldWord(t, field) }))}
        />
      </Form.Item>
      <Form.Item label={t('bulkValue')}>
        <FieldInput key={key} field={key} value={value} onChange={setValue} />
      </Form.Item>
      {mayEmpty && (
        <Checkbox className="gap-below" checked={isEmptied} onChange={(event) => setEmptied(event.target.checked)}>
          {t('bulkEmpty')}
        </Checkbox>
      )}
    </Body>
  )
}

function TransferForm(props: DialogProps) {
  const t = useText(text)
  const [ownerId, setOwnerId] = useState<string | null>(null)
  return (
    <Body
      {...props}
      title={t('transferTitle', { n: formatNumber(props.n) })}
      yes={(n) => t('transferYes', { n })}
      values={ownerId === null ? null : { ownerId }}
    >
      <div className="t2 gap-below">{t('transferBody')}</div>
      <Picker
        autoFocus
        value={ownerId}
        onChange={setOwnerId}
        options={useOwnerOptions().map((option) => ({ ...option }))}
        placeholder={t('ownedBy')}
        className="block-select"
      />
    </Body>
  )
}

function TagForm(props: DialogProps) {
  const t = useText(text)
  const [addTags, setAdd] = useState<string[]>([])
  const [removeTags, setRemove] = useState<string[]>([])
  const options = useTagOptions().map((option) => ({ ...option }))
  return (
    <Body
      {...props}
      title={t('tagTitle', { n: formatNumber(props.n) })}
      yes={(n) => t('tagYes', { n })}
      values={addTags.length + removeTags.length === 0 ? null : { addTags, removeTags }}
    >
      <Form.Item label={t('addTags')}>
        <Picker mode="tags" autoFocus value={addTags} onChange={setAdd} options={options} />
      </Form.Item>
      <Form.Item label={t('removeTags')}>
        <Picker mode="multiple" value={removeTags} onChange={setRemove} options={options} />
      </Form.Item>
    </Body>
  )
}
