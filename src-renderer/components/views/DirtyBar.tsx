import { Suspense, useState } from 'react'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import type { ListViews } from './useListViews.ts'
import type { ViewActions } from './useViewActions.ts'

const ViewDialog = later(() => import('./ViewDialog.tsx').then((module) => module.ViewDialog))

/** 视图已修改 保存 另存为 还原: only there when the list differs from its view. */
export function DirtyBar({ list, actions }: { list: ListViews; actions: ViewActions }) {
  const t = useText(text)
  const [naming, setNaming] = useState(false)
  return (
    <>
      {list.isDirty && list.state.named === '' && (
        <span className="row g8 s12 dirty-bar" role="status">
          <span className="tlamp">{t('modified')}</span>
          {list.current.view?.mayEdit && (
            <button type="button" className="bare tbrand" disabled={actions.isBusy} onClick={actions.save}>
              {t('save')}
            </button>
          )}
          <button type="button" className="bare tbrand" onClick={() => setNaming(true)}>
            {t('saveAs')}
          </button>
          <button type="button" className="bare t2" onClick={list.revert}>
            {t('revert')}
          </button>
        </span>
      )}
      <Suspense>{naming && <ViewDialog list={list} actions={actions} view={null} onClose={() => setNaming(false)} />}</Suspense>
    </>
  )
}
