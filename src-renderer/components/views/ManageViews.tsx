import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CopyOutlined,
  DeleteOutlined,
  EditOutlined,
  StarFilled,
  StarOutlined,
} from '@ant-design/icons'
import { Button, Checkbox, Modal } from 'antd'
import { Suspense, useState } from 'react'
import { isShared, type View } from '../../../src-shared/features/views/plain.ts'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { Chip } from '../marks.tsx'
import { IconButton } from '../page.tsx'
import { moved, type Tab, withPin } from './tabs.ts'
import { text } from './text.ts'
import type { ListViews } from './useListViews.ts'
import type { ViewActions } from './useViewActions.ts'

const ViewDialog = later(() => import('./ViewDialog.tsx').then((module) => module.ViewDialog))

type ManageProps = { list: ListViews; actions: ViewActions; onClose: () => void }

/** All views of the list: their order, which stand among the tabs, which opens first; rename, copy, delete, take over. */
export function ManageViews({ list, actions, onClose }: ManageProps) {
  const t = useText(text)
  const [edited, setEdited] = useState<View | null>(null)
  return (
    <Modal open width={560} title={t('manage')} onCancel={onClose} footer={<Button onClick={onClose}>{t('done')}</Button>}>
      <ul className="manage-views">
        {list.tabs.map((tab, index) => (
          <li key={tab.key} className="row g4">
            <Checkbox
              checked={tab.isPinned}
              disabled={tab.view !== null && !tab.view.isForMe}
              aria-label={t('pin')}
              onChange={(event) => actions.arrange(withPin(list.arrangement, tab.key, event.target.checked))}
            />
            <span className="grow manage-who">
              <button type="button" className="bare el grow manage-name" onClick={() => list.choose(tab.key)}>
                {tab.label}
              </button>
              <About tab={tab} />
            </span>
            <IconButton
              small
              icon={<ArrowUpOutlined />}
              title={t('moveUp')}
              disabled={index === 0}
              onClick={() => actions.arrange(moved(list.tabs, list.arrangement, tab.key, -1))}
            />
            <IconButton
              small
              icon={<ArrowDownOutlined />}
              title={t('moveDown')}
              disabled={index === list.tabs.length - 1}
              onClick={() => actions.arrange(moved(list.tabs, list.arrangement, tab.key, 1))}
            />
            <Standard list={list} actions={actions} tab={tab} />
            <IconButton small icon={<CopyOutlined />} title={t('duplicate')} onClick={() => actions.duplicate(tab)} />
            {tab.view?.mayEdit && <Own view={tab.view} actions={actions} onEdit={setEdited} />}
          </li>
        ))}
      </ul>
      <Suspense>{edited && <ViewDialog list={list} actions={actions} view={edited} onClose={() => setEdited(null)} />}</Suspense>
    </Modal>
  )
}

function About({ tab: { view } }: { tab: Tab }) {
  const t = useText(text)
  if (!view) return <span className="t3 s12">{t('groupSystem')}</span>
  const name = view.ownerName ?? ''
  if (view.isOrphan) return <Chip tone="warn">{t('orphan', { name })}</Chip>
  if (!view.isMine) return <span className="t3 s12 el">{t('by', { name })}</span>
  return isShared(view.audience) ? <span className="t3 s12">{t('sharedMark')}</span> : null
}

function Standard({ list, actions, tab }: { list: ListViews; actions: ViewActions; tab: Tab }) {
  const t = useText(text)
  const isStandard = (list.arrangement.standard ?? list.system[0]?.key) === tab.key
  return (
    <IconButton
      small
      icon={isStandard ? <StarFilled className="tlamp" /> : <StarOutlined />}
      title={t(isStandard ? 'isStandard' : 'makeStandard')}
      onClick={() => actions.arrange({ ...list.arrangement, standard: tab.key })}
    />
  )
}

function Own({ view, actions, onEdit }: { view: View; actions: ViewActions; onEdit: (view: View) => void }) {
  const t = useText(text)
  return (
    <>
      {!view.isMine && (
        <button type="button" className="bare tbrand s12" onClick={() => actions.takeOver(view)}>
          {t('takeOver')}
        </button>
      )}
      <IconButton small icon={<EditOutlined />} title={t('rename')} onClick={() => onEdit(view)} />
      <IconButton small icon={<DeleteOutlined />} title={t('remove')} onClick={() => void actions.remove(view)} />
    </>
  )
}
