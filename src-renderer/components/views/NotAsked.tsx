import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { isRelatedField, OWNER_DEPARTMENT, relatedOf } from '../../../src-shared/kernel/filter/fields.ts'
import { fieldWord, sliceWord } from '../../kernel/slices.ts'
import { FilterRefused } from '../filter/FilterRefused.tsx'
import { withoutRefused } from '../filter/refused.ts'
import { SkeletonRows } from '../states.tsx'
import type { ViewedList } from './useViewedList.ts'
import { FilterUnread } from './FilterUnread.tsx'
import { ViewMissing } from './ViewMissing.tsx'

/** `related`: the entities behind `entity.related`, with the company's own fields. */
type NotAskedProps = { list: ViewedList; entity: EntityDescriptor; related: readonly EntityDescriptor[] }

/** In the list's place: the view is on its way or gone, or its filter cannot be read or asks by what one may not see. */
export function NotAsked(props: NotAskedProps) {
  return <div className="grid-wrap grow">{props.list.isWaiting ? <SkeletonRows rows={16} /> : <Why {...props} />}</div>
}

function Why({ list, entity, related }: NotAskedProps) {
  if (list.isMissing) return <ViewMissing onAll={() => list.choose('all')} />
  if (list.isFilterUnread) return <FilterUnread onDrop={() => list.setState({ filter: list.current.definition.filter })} />
  const wordOf = (key: string): string | undefined => {
    if (isRelatedField(key)) {
      const name = relatedOf(entity, key)?.entity
      const other = related.find((one) => one.name === name)
      return other && sliceWord(other.feature, `entity.${other.name}`)
    }
    if (key === OWNER_DEPARTMENT) return entity.ownerKey && fieldWord(entity.feature, entity.ownerKey)
    // A field that stands behind a related record has its words there.
    const owner = [entity, ...related].find(({ fields }) => fields.some((field) => field.key === key))
    return owner && fieldWord(owner.feature, key)
  }
  const { filter } = list.state
  return (
    <FilterRefused
      rules={list.refused}
      fields={list.fields}
      wordOf={wordOf}
      onDrop={() => list.setState({ filter: filter && withoutRefused(filter, list.fields) })}
    />
  )
}
