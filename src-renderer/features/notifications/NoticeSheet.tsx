import { Drawer } from 'antd'
import { NOTICES_TITLE, NoticeList } from './NoticeList.tsx'
import { showNotices } from './opened.ts'

/** The list on a phone, from below. */
export function NoticeSheet() {
  const close = () => showNotices(false)
  return (
    <Drawer
      open
      placement="bottom"
      size="85%"
      aria-labelledby={NOTICES_TITLE}
      closable={false}
      onClose={close}
      rootClassName="notices-sheet"
    >
      <NoticeList onClose={close} />
    </Drawer>
  )
}
