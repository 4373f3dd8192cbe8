import './favourites.css'
import { StarFilled, StarOutlined } from '@ant-design/icons'
import type { Kept } from '../../../src-shared/features/favourites/contract.ts'
import type { Viewed } from '../../../src-shared/features/views/plain.ts'
import { useText } from '../../kernel/text.ts'
import { keyOf, useFavourites } from './Favourites.tsx'
import { isNamedView, text } from './text.ts'

/** Keeps a record or a view at hand. In a row it appears on hover and stays once it is on. */
export function Star({ entity, id, inRow = false }: Kept & { inRow?: boolean }) {
  const t = useText(text)
  const { keys, toggle } = useFavourites()
  const on = keys.has(keyOf({ entity, id }))
  return (
    <button
      type="button"
      className={`bare star${on ? ' on' : ''}${inRow ? ' in-row' : ''}`}
      aria-pressed={on}
      aria-label={t('add')}
      title={t(on ? 'remove' : 'add')}
      {...(inRow && { tabIndex: -1 })}
      onClick={(event) => {
        event.stopPropagation()
        toggle({ entity, id })
      }}
    >
      {on ? <StarFilled /> : <StarOutlined />}
    </button>
  )
}

/** The star of the open view of a list; none where the favourites would not know its name. */
export function ViewStar({ entity, tab }: { entity: Viewed; tab: { key: string; view: unknown } }) {
  const id = tab.view ? tab.key : `${entity}:${tab.key}`
  return tab.view || isNamedView(id) ? <Star entity="view" id={id} /> : null
}
