import './layouts.css'
import { PlusOutlined } from '@ant-design/icons'
import { closestCenter, DndContext, type DragEndEvent } from '@dnd-kit/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { Layout, LayoutGroup, Place, StoredLayout } from '../../../src-shared/features/layouts/model.ts'
import { layoutOf, moveField, stepField } from '../../../src-shared/features/layouts/rules.ts'
import { confirm } from '../../components/confirm.ts'
import { Loaded, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useEntity } from '../fields/public.ts'
import { useDragSensors } from '../../components/Sortable.tsx'
import { GroupEditor } from './GroupEditor.tsx'
import { Preview } from './Preview.tsx'
import { text } from './text.ts'

const LAID_OUT = [customerEntity, contactEntity] as const
type Kind = 'customer' | 'contact'

/** 表单布局: which fields stand where, in form, page and panel, arranged by dragging. */
export function LayoutPage() {
  const t = useText(text)
  const [kind, setKind] = useState<Kind>('customer')
  const layouts = useQuery(useApi().layouts.list.queryOptions({ input: {}, meta: { shown: true } }))
  return (
    <SettingsPage title={t('title')} note={t('note')} flush>
      <div className="fields-kinds">
        <Segmented<Kind>
          aria-label={t('of')}
          value={kind}
          onChange={setKind}
          options={LAID_OUT.map(({ name, feature }) => ({
            value: name as Kind,
            label: sliceWord(feature, `entity.${name}`) ?? name,
          }))}
        />
      </div>
      <Loaded query={layouts} feature="layouts" rows={10} height={36}>
        {(all) => {
          const stored = all.find(({ entity }) => entity === kind)
          return <Editor key={`${kind} ${stored?.version ?? 0}`} kind={kind} stored={stored} />
        }}
      </Loaded>
    </SettingsPage>
  )
}

function Editor({ kind, stored }: { kind: Kind; stored: StoredLayout | undefined }) {
  const t = useText(text)
  const mayManage = useCan('fields.manage')
  const entity = useEntity(LAID_OUT.find(({ name }) => name === kind) ?? customerEntity)
  const [edited, setEdited] = useState<Layout | null>(null)
  // Worked out anew when the company's fields arrive: what is new stands in it at once.
  const draft = layoutOf(entity, edited ?? stored?.layout ?? null)
  const setDraft = (next: (before: Layout) => Layout) => setEdited(next(draft))
  const [place, setPlace] = useState<Place>('form')
  const sensors = useDragSensors()
  const { save, reset, error, isPending } = useSaving(kind)
  const began = JSON.stringify(layoutOf(entity, stored?.layout ?? null))
  const isDirty = JSON.stringify(draft) !== began
  const change = (id: string, next: Partial<LayoutGroup>) =>
    setDraft(({ groups }) => ({ groups: groups.map((group) => (group.id === id ? { ...group, ...next } : group)) }))
  const addGroup = () =>
    setDraft(({ groups }) => ({
      groups: [...groups, { id: newId(), label: t('newGroupName'), columns: 1, isFolded: false, fields: [] }],
    }))
  return (
    <div className="layout-cols">
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={(event) => setDraft((before) => dropped(before, event))}
      >
        <div className="layout-edit">
          {draft.groups.map((group, at) => (
            <GroupEditor
              key={group.id}
              entity={entity}
              group={group}
              isFirst={at === 0}
              isLast={at === draft.groups.length - 1}
              onChange={(next) => change(group.id, next)}
              onStep={(key, by) => setDraft((before) => stepField(before, key, by))}
              onMove={(by) => setDraft((before) => movedGroup(before, at, by))}
              onRemove={() => setDraft(({ groups }) => ({ groups: groups.filter(({ id }) => id !== group.id) }))}
            />
          ))}
          {mayManage && (
            <div className="row g8 layout-foot">
              <Button icon={<PlusOutlined />} onClick={addGroup}>
                {t('newGroup')}
              </Button>
              <span className="grow" />
              {error && <span className="field-error">{failureText(error, 'layouts')}</span>}
              {stored && <Button onClick={() => void reset()}>{t('reset')}</Button>}
              <Button disabled={!isDirty} onClick={() => setEdited(null)}>
                {t('discard')}
              </Button>
              <Button
                type="primary"
                disabled={!isDirty}
                loading={isPending}
                onClick={() => save({ entity: kind, version: stored?.version ?? 0, layout: draft })}
              >
                {t('save')}
              </Button>
            </div>
          )}
        </div>
      </DndContext>
      <aside className="layout-preview">
        <Segmented<Place>
          size="small"
          value={place}
          onChange={setPlace}
          options={(['form', 'page', 'panel'] as const).map((value) => ({ value, label: t(value) }))}
        />
        <Preview entity={entity} layout={draft} place={place} />
      </aside>
    </div>
  )
}

/** Onto a field: before it; onto a group: at its end. Down within one group the field lands behind. */
function dropped(layout: Layout, { active, over }: DragEndEvent): Layout {
  if (!over || active.id === over.id) return layout
  const [key, target] = [String(active.id), String(over.id)]
  if (target.startsWith('group ')) return moveField(layout, key, { group: target.slice(6), before: null })
  const group = layout.groups.find(({ fields }) => fields.some((field) => field.key === target))
  if (!group) return layout
  const [from, to] = [key, target].map((one) => group.fields.findIndex((field) => field.key === one)) as [number, number]
  const before = from >= 0 && from < to ? (group.fields[to + 1]?.key ?? null) : target
  return moveField(layout, key, { group: group.id, before })
}

function movedGroup({ groups }: Layout, at: number, by: -1 | 1): Layout {
  const moved = [...groups]
  moved.splice(at + by, 0, ...moved.splice(at, 1))
  return { groups: moved }
}

function useSaving(kind: Kind) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const save = useMutation(
    api.layouts.save.mutationOptions({
      meta: { shown: true },
      onSuccess: () => undo.say(t('saved'), { procedure: 'layouts.save' }),
    }),
  )
  const back = useMutation(
    api.layouts.reset.mutationOptions({ onSuccess: () => undo.say(t('resetDone'), { procedure: 'layouts.reset' }) }),
  )
  const reset = async () => {
    if (await confirm({ title: t('resetTitle'), body: t('resetBody'), yes: t('reset'), undoable: true }))
      back.mutate({ entity: kind })
  }
  return { save: save.mutate, reset, error: save.error, isPending: save.isPending }
}
