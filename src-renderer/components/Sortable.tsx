import './sortable.css'
import { HolderOutlined } from '@ant-design/icons'
import { closestCenter, DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { type CSSProperties, type ReactNode, useMemo } from 'react'
import { useText } from '../kernel/text.ts'
import { text } from './text.ts'

/** Begins after a few pixels, so that a click stays a click; the keys of the handle are space, arrows, space. */
export const useDragSensors = () =>
  useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )

type SortableProps<Item> = {
  items: readonly Item[]
  idOf: (item: Item) => string
  onMove: (items: Item[]) => void
  children: (item: Item, handle: ReactNode) => ReactNode
}

/** A short list that is put in order by dragging its handles, with the mouse, a finger or the keys. */
export function Sortable<Item>({ items, idOf, onMove, children }: SortableProps<Item>) {
  const sensors = useDragSensors()
  const ids = items.map(idOf)
  const drop = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return
    onMove(arrayMove([...items], ids.indexOf(String(active.id)), ids.indexOf(String(over.id))))
  }
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        {items.map((item) => (
          <SortableLine key={idOf(item)} id={idOf(item)}>
            {(handle) => children(item, handle)}
          </SortableLine>
        ))}
      </SortableContext>
    </DndContext>
  )
}

type LineProps = { id: string; className?: string; children: (handle: ReactNode) => ReactNode }

export function SortableLine({ id, className = '', children }: LineProps) {
  const t = useText(text)
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id })
  const style = useMemo(
    (): CSSProperties => ({
      ...(transform && { transform: `translate3d(0, ${Math.round(transform.y)}px, 0)` }),
      ...(transition && { transition }),
    }),
    [transform, transition],
  )
  return (
    <div ref={setNodeRef} style={style} className={`drag-line${isDragging ? ' on' : ''} ${className}`}>
      {children(
        <button type="button" className="bare drag-handle" aria-label={t('drag')} {...attributes} {...listeners}>
          <HolderOutlined />
        </button>,
      )}
    </div>
  )
}
