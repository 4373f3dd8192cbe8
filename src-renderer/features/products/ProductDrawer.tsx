import { AutoComplete, Button, Drawer, Form, Input, InputNumber, Select, Switch } from 'antd'
import { useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { productEntity } from '../../../src-shared/features/products/entity.ts'
import type { NewProduct, Product, ProductEdit } from '../../../src-shared/features/products/model.ts'
import { dateIn } from '../../../src-shared/kernel/dateIn.ts'
import { type FieldDescriptor, isCustomKey, valueIn } from '../../../src-shared/kernel/entity.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { Picker } from '../../components/Picker.tsx'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { nowIso } from '../../kernel/clock.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { useShortcut } from '../../kernel/keyboard.ts'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { CustomInput } from '../fields/forms.ts'
import { defaultsOf, useEntity } from '../fields/public.ts'
import { RecordForm } from '../layouts/forms.ts'
import { text } from './text.ts'
import { useCategoryOptions } from './useProducts.ts'

type Values = Record<string, unknown>
type DrawerProps = { product?: Product; onClose: () => void }

/** A product, new or changed as a whole: saved once. */
export function ProductDrawer({ product, onClose }: DrawerProps) {
  const t = useText(text)
  const [form] = Form.useForm()
  const { zone } = useClock()
  const entity = useEntity(productEntity)
  const [begun] = useState<Values>(() =>
    product
      ? Object.fromEntries(entity.fields.map(({ key }) => [key, valueIn(product, key)]))
      : { status: 'onSale', ...defaultsOf(entity, dateIn(nowIso(), zone)) },
  )
  const { save, submit, error, isPending } = useSaving({
    product,
    onClose,
    reset: () => form.resetFields(),
    send: form.submit,
    begun,
  })
  const close = useAskBeforeClose(() => form.isFieldsTouched(), onClose)
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={460}
      title={t(product ? 'editTitle' : 'newProduct')}
      onClose={close}
      footer={
        <div className="row g8">
          {!product && <Button onClick={() => submit(true)}>{t('saveAndNew')}</Button>}
          <span className="grow" />
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} onClick={() => submit(false)}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <RecordForm
        entity={entity}
        form={form}
        place={product ? 'edit' : 'form'}
        begun={begun}
        error={error}
        input={(field, takesFocus) => <ProductInput field={field} takesFocus={takesFocus} />}
        onSave={save}
      />
    </Drawer>
  )
}

type Saving = DrawerProps & { reset: () => void; send: () => void; begun: Values; product?: Product | undefined }
function useSaving({ product, onClose, reset, send, begun }: Omit<Saving, 'product'> & { product: Product | undefined }) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const again = useRef(false)
  const made = useCreate<Product, NewProduct>((context) =>
    api.products.create.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (row) => {
        undo.say(t('created', { name: row.name }), { recordId: row.id })
        if (again.current) reset()
        else onClose()
      },
    }),
  )
  const edited = useMutation(
    api.products.edit.mutationOptions({
      meta: { shown: true },
      onSuccess: (row) => {
        undo.say(t('saved', { name: row.name }), { recordId: row.id })
        onClose()
      },
    }),
  )
  const submit = (more: boolean) => {
    again.current = more
    send()
  }
  const save = (values: Values) => {
    if (!product)
      void made.create(asInput(values, (value) => value !== undefined && value !== null && value !== '') as NewProduct)
    else {
      const changed = Object.fromEntries(
        Object.entries(values).filter(([key, value]) => (value ?? null) !== (begun[key] ?? null)),
      )
      edited.mutate({ id: product.id, version: product.version, values: asInput(changed, () => true) as ProductEdit })
    }
  }
  useShortcut('Ctrl+Enter', { label: t('save'), group: t('newProduct') }, () => submit(false), { inDialog: true })
  useShortcut('Ctrl+Alt+Enter', product ? null : { label: t('saveAndNew'), group: t('newProduct') }, () => submit(true), {
    inDialog: true,
  })
  return { save, submit, error: product ? edited.error : made.error, isPending: made.isPending || edited.isPending }
}

/** The company's own fields apart from the program's; nothing stands for an empty text. */
function asInput(values: Values, isWanted: (value: unknown) => boolean): Values {
  const given = Object.entries(values).flatMap(([key, value]) =>
    isWanted(value) ? [[key, value === '' ? null : value] as const] : [],
  )
  const added = given.filter(([key]) => isCustomKey(key))
  const own = Object.fromEntries(given.filter(([key]) => !isCustomKey(key)))
  return added.length > 0 ? { ...own, custom: Object.fromEntries(added) } : own
}

type InputProps = {
  field: FieldDescriptor
  takesFocus: boolean
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
}
const HINTS: Readonly<Record<string, 'nameHint' | 'rateHint'>> = {
  name: 'nameHint',
  taxRate: 'rateHint',
}

/** The control of a field of a product in a form, by its type. */
function ProductInput({ field, takesFocus, ...rest }: InputProps) {
  const t = useText(text)
  const categories = useCategoryOptions()
  const { key, type, maxLength } = field
  const given = typeof rest.value === 'string' ? rest.value : ''
  const id = rest.id === undefined ? {} : { id: rest.id }
  const write = (value: unknown) => rest.onChange?.(value)
  if (type === 'boolean')
    return (
      <Switch
        {...id}
        aria-label={fieldWord('products', key)}
        checked={rest.value === true}
        onChange={(next: boolean) => write(next)}
      />
    )
  if (isCustomKey(key)) return <CustomInput field={field} {...id} value={rest.value} onChange={write} />
  if (key === 'categoryId')
    return (
      <Picker
        {...id}
        allowClear
        value={given || null}
        options={categories.map((option) => ({ ...option }))}
        onChange={(value: string | null | undefined) => write(value ?? null)}
      />
    )
  if (type === 'select')
    return (
      <Select
        {...id}
        value={given || null}
        options={(field.options ?? []).map((value) => ({ value, label: optionWord('products', key, value) }))}
        onChange={write}
      />
    )
  if (type === 'money') return <PriceInput {...id} value={rest.value} onChange={write} />
  if (type === 'longText')
    return <Input.TextArea {...id} rows={3} maxLength={maxLength} value={given} onChange={(event) => write(event.target.value)} />
  if (field.choices)
    return (
      <AutoComplete
        {...id}
        value={given}
        options={field.choices.filter(({ archived }) => !archived).map(({ label }) => ({ value: label }))}
        onChange={(value: string) => write(value.slice(0, maxLength))}
      />
    )
  const hint = HINTS[key]
  return (
    <Input
      {...id}
      autoFocus={takesFocus}
      maxLength={maxLength}
      {...(hint && { placeholder: t(hint) })}
      {...(key === 'taxRate' && { suffix: '%' })}
      value={given}
      onChange={(event) => write(event.target.value)}
    />
  )
}

type PriceProps = { id?: string; value: unknown; label?: string; onChange: (fen: number | null) => void }
/** Yuan on the screen, fen behind it. */
export function PriceInput({ id, value, label, onChange }: PriceProps) {
  const t = useText(text)
  return (
    <InputNumber
      {...(id !== undefined && { id })}
      {...(label !== undefined && { 'aria-label': label })}
      className="block-select"
      min={0}
      precision={2}
      suffix={t('yuan')}
      value={typeof value === 'number' ? value / 100 : null}
      onChange={(yuan) => onChange(yuan === null ? null : Math.round(yuan * 100))}
    />
  )
}
