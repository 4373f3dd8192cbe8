import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Drawer, Input } from 'antd'
import { useState } from 'react'
import type { Category, CategoryId } from '../../../src-shared/features/products/model.ts'
import { withBelow } from '../../../src-shared/features/products/rules.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { IconButton } from '../../components/page.tsx'
import { Picker } from '../../components/Picker.tsx'
import { Loaded } from '../../components/settings/SettingsPage.tsx'
import { Count } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import './products.css'
import { text } from './text.ts'

const TOP = ''
const levelOf = ({ path }: Category): number => path.split('/').length - 1

/** 产品分类: the tree as it stands; new ones, other names and places, and away with what is empty. */
export function CategoriesDrawer({ onClose }: { onClose: () => void }) {
  const t = useText(text)
  const categories = useQuery(useApi().products.categories.queryOptions({ input: {}, meta: { shown: true } }))
  const [open, setOpen] = useState<CategoryId | null>(null)
  return (
    <Drawer open {...KEEPS_FOCUS} size={460} title={t('categoriesTitle')} onClose={onClose}>
      <p className="t3 s12">{t('categoriesHint')}</p>
      <Loaded query={categories} feature="products" rows={6} height={32}>
        {(rows) => (
          <>
            <NewCategory categories={rows} />
            {rows.length === 0 && <div className="t3 s12">{t('noCategories')}</div>}
            {rows.map((row) =>
              open === row.id ? (
                <EditCategory key={row.id} row={row} categories={rows} onClose={() => setOpen(null)} />
              ) : (
                <CategoryLine key={row.id} row={row} onOpen={() => setOpen(row.id)} />
              ),
            )}
          </>
        )}
      </Loaded>
    </Drawer>
  )
}

function CategoryLine({ row, onOpen }: { row: Category; onOpen: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  const remove = useMutation(
    useApi().products.removeCategory.mutationOptions({
      onSuccess: () => undo.say(t('categoryRemoved', { name: row.name }), { recordId: row.id }),
    }),
  )
  return (
    <div className="row g8 category-line" style={{ paddingInlineStart: levelOf(row) * 20 }}>
      <span className="el">{row.name}</span>
      <Count n={row.count} />
      <span className="grow" />
      <IconButton small icon={<EditOutlined />} title={`${t('rename')} ${row.name}`} onClick={onOpen} />
      <IconButton
        small
        icon={<DeleteOutlined />}
        title={`${t('remove')} ${row.name}`}
        onClick={() => remove.mutate({ id: row.id })}
      />
    </div>
  )
}

type ParentProps = {
  categories: readonly Category[]
  value: CategoryId | null
  label: string
  onChange: (id: CategoryId | null) => void
}
function ParentPicker({ categories, value, label, onChange }: ParentProps) {
  const t = useText(text)
  return (
    <Picker
      aria-label={label}
      className="category-parent"
      value={value ?? TOP}
      options={[{ value: TOP, label: t('top') }, ...categories.map(({ id, path }) => ({ value: id as string, label: path }))]}
      onChange={(next: string) => onChange(next === TOP ? null : (next as CategoryId))}
    />
  )
}

function NewCategory({ categories }: { categories: readonly Category[] }) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const [name, setName] = useState('')
  const [parentId, setParent] = useState<CategoryId | null>(null)
  const { create, error, isPending } = useCreate((context) =>
    api.products.createCategory.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (row) => {
        undo.say(t('categoryCreated', { name: row.name }), { recordId: row.id })
        setName('')
      },
    }),
  )
  return (
    <form
      className="category-new"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) void create({ name, parentId })
      }}
    >
      <Input
        aria-label={t('newCategory')}
        placeholder={t('newCategory')}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <ParentPicker categories={categories} value={parentId} label={t('under')} onChange={setParent} />
      <Button type="primary" htmlType="submit" icon={<PlusOutlined />} disabled={!name.trim()} loading={isPending}>
        {t('add')}
      </Button>
      {error && (
        <span className="field-error" role="alert">
          {failureText(error, 'products')}
        </span>
      )}
    </form>
  )
}

type EditProps = { row: Category; categories: readonly Category[]; onClose: () => void }
function EditCategory({ row, categories, onClose }: EditProps) {
  const t = useText(text)
  const undo = useUndo()
  const [name, setName] = useState(row.name)
  const [parentId, setParent] = useState(row.parentId)
  const edit = useMutation(
    useApi().products.editCategory.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved) => {
        undo.say(t('categorySaved', { name: saved.name }), { recordId: saved.id })
        onClose()
      },
    }),
  )
  const below = new Set<string>(withBelow(row.id, categories))
  return (
    <form
      className="category-new"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) edit.mutate({ id: row.id, version: row.version, name, parentId })
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <Input autoFocus aria-label={t('rename')} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
      <ParentPicker
        categories={categories.filter(({ id }) => !below.has(id))}
        value={parentId}
        label={t('move')}
        onChange={setParent}
      />
      <Button type="primary" htmlType="submit" loading={edit.isPending}>
        {t('save')}
      </Button>
      {edit.error && (
        <span className="field-error" role="alert">
          {failureText(edit.error, 'products')}
        </span>
      )}
    </form>
  )
}
