import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { Viewed } from '../../../src-shared/features/views/plain.ts'
import type { Sort } from '../../../src-shared/kernel/list.ts'
import { type ViewedList, useViewCounts } from '../../components/views/useViewedList.ts'
import type { ViewActions } from '../../components/views/useViewActions.ts'
import { ViewBar } from '../../components/views/ViewBar.tsx'
import { useAction } from '../../kernel/actions.ts'
import { newKeys, useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { ExportMenu, type ExportPart, type ExportWhat } from '../exports/public.ts'
import { ViewStar } from '../favourites/public.ts'

/** What somebody may make new in a list: `id` in the palette, `group` among the keys. */
export type Making = {
  readonly id: string
  readonly label: string
  readonly pinyin: string
  readonly group: string
  readonly run: () => void
}
type ListHeadProps = {
  list: ViewedList & { readonly sort: Sort[] | undefined }
  actions: ViewActions
  entity: Viewed
  /** What an export is of, and its columns; absent where nobody may export. */
  exported?:
    | { readonly entity: ExportWhat['entity']; readonly columns: readonly string[]; readonly parts?: readonly ExportPart[] }
    | undefined
  making?: Making | undefined
  /** Stands before the export and what is new. */
  children?: ReactNode
}

/** The views of a list with its star, what it may be exported as, and what may be made new in it: by button, by key, from the palette. */
export function ListHead({ list, actions, entity, exported, making, children }: ListHeadProps) {
  const isPhone = useIsPhone()
  const counts = useViewCounts(list, !isPhone)
  // On a phone there is no foot: beside the open view stands how many are found now, by its filter or another.
  const found = { [list.current.key]: list.isCapped ? undefined : list.total }
  useShortcut('Ctrl+N', making ?? null, () => making?.run())
  useShortcut('N', making ?? null, () => making?.run())
  useAction(making ? { id: making.id, label: making.label, pinyin: making.pinyin, keys: newKeys(), run: making.run } : null)
  return (
    <ViewBar
      list={list}
      actions={actions}
      counts={isPhone ? found : counts}
      star={<ViewStar entity={entity} tab={list.current} />}
    >
      {children}
      {exported && !isPhone && (
        <ExportMenu
          parts={exported.parts ?? []}
          what={() => ({
            entity: exported.entity,
            selection: { which: list.which, except: [] },
            columns: [...exported.columns],
            ...(list.sort && { sort: list.sort }),
          })}
        />
      )}
      {making && (
        <Button type="primary" icon={<PlusOutlined />} onClick={making.run} aria-label={making.label}>
          {isPhone ? null : making.label}
        </Button>
      )}
    </ViewBar>
  )
}
