import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { useDroppable } from '@dnd-kit/core'
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { Checkbox, Input, Segmented } from 'antd'
import { type LayoutField, type LayoutGroup, PLACES } from '../../../src-shared/features/layouts/model.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { IconButton } from '../../components/page.tsx'
import { SortableLine } from '../../components/Sortable.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { groupWord } from './useLayout.ts'

type GroupEditorProps = {
  entity: EntityDescriptor
  group: LayoutGroup
  isFirst: boolean
  isLast: boolean
  onChange: (next: Partial<LayoutGroup>) => void
  onStep: (key: string, by: -1 | 1) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

/** A group with its fields: its name, its columns, whether it begins folded; fields come and go by dragging. */
export function GroupEditor({ entity, group, isFirst, isLast, onChange, onStep, onMove, onRemove }: GroupEditorProps) {
  const t = useText(text)
  const { setNodeRef, isOver } = useDroppable({ id: `group ${group.id}` })
  const setField = (key: string, next: Partial<LayoutField>) =>
    onChange({ fields: group.fields.map((field) => (field.key === key ? { ...field, ...next } : field)) })
  return (
    <section ref={setNodeRef} className={`layout-group${isOver ? ' on' : ''}`} aria-label={groupWord(group)}>
      <header className="row g8">
        <Input
          size="small"
          variant="borderless"
          className="b grow"
          maxLength={40}
          aria-label={t('groupName')}
          placeholder={groupWord({ ...group, label: null }) || t('groupName')}
          value={group.label ?? groupWord(group)}
          onChange={(event) => onChange({ label: event.target.value })}
        />
        <Segmented<1 | 2>
          size="small"
          value={group.columns}
          onChange={(columns) => onChange({ columns })}
          options={[
            { value: 1, label: t('oneColumn') },
            { value: 2, label: t('twoColumns') },
          ]}
        />
        <Checkbox checked={group.isFolded} onChange={({ target }) => onChange({ isFolded: target.checked })}>
          {t('folded')}
        </Checkbox>
        <IconButton small icon={<ArrowUpOutlined />} title={t('groupUp')} disabled={isFirst} onClick={() => onMove(-1)} />
        <IconButton small icon={<ArrowDownOutlined />} title={t('groupDown')} disabled={isLast} onClick={() => onMove(1)} />
        <IconButton
          small
          icon={<DeleteOutlined />}
          title={t(group.fields.length > 0 ? 'groupNotEmpty' : 'groupRemove')}
          disabled={group.fields.length > 0}
          onClick={onRemove}
        />
      </header>
      <SortableContext items={group.fields.map(({ key }) => key)} strategy={verticalListSortingStrategy}>
        {group.fields.map((laid) => (
          <SortableLine key={laid.key} id={laid.key}>
            {(handle) => (
              <div
                className="layout-line"
                onKeyDown={(event) => {
                  if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
                  event.preventDefault()
                  onStep(laid.key, event.key === 'ArrowUp' ? -1 : 1)
                }}
              >
                {handle}
                <span className="grow el">{fieldWord(entity.feature, laid.key)}</span>
                {PLACES.map((place) => (
                  <Checkbox
                    key={place}
                    checked={laid[place]}
                    disabled={isFixed(entity, laid.key, place)}
                    aria-label={`${fieldWord(entity.feature, laid.key)} ${t(place)}`}
                    onChange={({ target }) => setField(laid.key, { [place]: target.checked })}
                  >
                    {t(place)}
                  </Checkbox>
                ))}
              </div>
            )}
          </SortableLine>
        ))}
      </SortableContext>
      {group.fields.length === 0 && <p className="t3 s12 layout-empty">{t('groupEmpty')}</p>}
    </section>
  )
}

/** The name is asked for and shown everywhere; what the program writes is in no form. */
function isFixed({ title, fields }: EntityDescriptor, key: string, place: (typeof PLACES)[number]): boolean {
  if (key === title) return place !== 'panel'
  return place === 'form' && fields.find((field) => field.key === key)?.readOnly === true
}
