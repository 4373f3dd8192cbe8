import { useMutation } from '@tanstack/react-query'
import { Button, DatePicker, Drawer, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { PriceList, PriceListValues } from '../../../src-shared/features/products/model.ts'
import { dateIn } from '../../../src-shared/kernel/dateIn.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { nowIso } from '../../kernel/clock.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

type Typed = { name: string; level: 'A' | 'B' | 'C' | ''; validFrom: Dayjs; validTo: Dayjs | null }
const dayOf = (day: Dayjs): string => day.format('YYYY-MM-DD')

/** A price list, new or changed: for whom and when. */
export function PriceListDrawer({ list, onClose }: { list?: PriceList; onClose: () => void }) {
  const t = useText(text)
  const { zone } = useClock()
  const undo = useUndo()
  const api = useApi()
  const [form] = Form.useForm<Typed>()
  const done = (word: 'listCreated' | 'listSaved') => (row: PriceList) => {
    undo.say(t(word, { name: row.name }), { recordId: row.id })
    onClose()
  }
  const made = useCreate<PriceList, PriceListValues>((context) =>
    api.products.createPriceList.mutationOptions({ context, meta: { shown: true }, onSuccess: done('listCreated') }),
  )
  const edited = useMutation(api.products.editPriceList.mutationOptions({ meta: { shown: true }, onSuccess: done('listSaved') }))
  const close = useAskBeforeClose(() => form.isFieldsTouched(), onClose)
  const save = ({ name, level, validFrom, validTo }: Typed) => {
    const values = { name, level: level || null, validFrom: dayOf(validFrom), validTo: validTo ? dayOf(validTo) : null }
    if (list) edited.mutate({ id: list.id, version: list.version, ...values })
    else void made.create({ ...values, enabled: true })
  }
  const error = list ? edited.error : made.error
  useShortcut('Ctrl+Enter', { label: t('save'), group: t('priceLists') }, () => form.submit(), { inDialog: true })
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={420}
      title={t(list ? 'editList' : 'newList')}
      onClose={close}
      footer={
        <div className="row g8">
          <span className="grow" />
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={made.isPending || edited.isPending} onClick={() => form.submit()}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={save}
        initialValues={{
          name: list?.name ?? '',
          level: list?.level ?? '',
          validFrom: dayjs(list?.validFrom ?? dateIn(nowIso(), zone)),
          validTo: list?.validTo ? dayjs(list.validTo) : null,
        }}
      >
        <Form.Item name="name" label={t('listName')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
          <Input autoFocus maxLength={60} />
        </Form.Item>
        <Form.Item name="level" label={t('level')}>
          <Select
            options={[
              { value: '', label: t('everybody') },
              ...(['A', 'B', 'C'] as const).map((level) => ({ value: level, label: t('forLevel', { level }) })),
            ]}
          />
        </Form.Item>
        <Form.Item name="validFrom" label={t('validFrom')}>
          <DatePicker allowClear={false} className="block-select" />
        </Form.Item>
        <Form.Item name="validTo" label={t('validTo')}>
          <DatePicker placeholder={t('noEnd')} className="block-select" />
        </Form.Item>
        {error && (
          <div className="field-error" role="alert">
            {failureText(error, 'products')}
          </div>
        )}
      </Form>
    </Drawer>
  )
}
