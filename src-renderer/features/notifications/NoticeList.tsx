import { SettingOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Notice } from '../../../src-shared/features/notifications/model.ts'
import { IconButton } from '../../components/page.tsx'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { text as componentText } from '../../components/text.ts'
import { dayText } from '../../components/values.tsx'
import { useApi, useClock } from '../../kernel/context.tsx'
import { businessDateOf, formatInstantFull } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { addressOfNotice, noticeText, searchOfNotice } from './words.ts'

export const NOTICES_TITLE = 'notices-title'

/** What one was told, by day; opening one marks it as read. */
export function NoticeList({ onClose }: { onClose: () => void }) {
  const t = useText(text)
  const api = useApi()
  const navigate = useNavigate()
  const read = useMutation(api.notifications.markRead.mutationOptions())
  const found = useInfiniteQuery(
    api.notifications.list.infiniteOptions({
      input: (before: string | undefined) => ({ limit: 30, ...(before && { before: before as never }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => (page.hasMore ? page.rows.at(-1)?.id : undefined),
      meta: { shown: true },
    }),
  )
  const notices = found.data?.pages.flatMap((page) => page.rows)
  const open = (notice: Notice) => {
    if (notice.readAt === null) read.mutate({ ids: [notice.id as never] })
    const to = addressOfNotice(notice)
    if (!to) return
    onClose()
    void navigate({ to, search: searchOfNotice(notice) as never })
  }
  return (
    <section className="notices" aria-label={t('title')}>
      <header className="row g4 notices-head">
        <h2 id={NOTICES_TITLE} className="s14 b grow">
          {t('title')}
        </h2>
        <Button
          size="small"
          type="text"
          disabled={!notices?.some(({ readAt }) => readAt === null)}
          onClick={() => read.mutate({})}
        >
          {t('allRead')}
        </Button>
        <IconButton
          small
          icon={<SettingOutlined />}
          title={t('settings')}
          onClick={() => {
            onClose()
            void navigate({ to: '/settings/notifications' })
          }}
        />
      </header>
      <div className="notices-body">
        {!notices && found.error && (
          <LoadFailed error={found.error} feature="notifications" onRetry={() => void found.refetch()} />
        )}
        {!notices && !found.error && <SkeletonRows rows={5} height={52} />}
        {notices?.length === 0 && (
          <div className="quiet">
            <div className="b">{t('nothing')}</div>
            <div className="t3 s12">{t('nothingHint')}</div>
          </div>
        )}
        {notices && <Days notices={notices} onOpen={open} />}
        {found.hasNextPage && (
          <Button type="link" size="small" block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </div>
    </section>
  )
}

function Days({ notices, onOpen }: { notices: readonly Notice[]; onOpen: (notice: Notice) => void }) {
  const words = useText(componentText)
  const clock = useClock()
  return notices.map((notice, index) => {
    const day = businessDateOf(notice.at, clock.zone)
    const last = notices[index - 1]
    const isFirst = !last || businessDateOf(last.at, clock.zone) !== day
    return (
      <div key={notice.id}>
        {isFirst && <h3 className="notices-day t3 s12">{dayText(words, notice.at, clock)}</h3>}
        <NoticeLine notice={notice} onOpen={() => onOpen(notice)} />
      </div>
    )
  })
}

function NoticeLine({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  const { zone } = useClock()
  const isUnread = notice.readAt === null
  return (
    <button type="button" className={`bare notice${isUnread ? ' unread' : ''}`} onClick={onOpen}>
      <i className="notice-dot" aria-hidden="true" />
      <span className="grow notice-text">{noticeText(notice)}</span>
      <span className="t3 s12 num" title={formatInstantFull(notice.at, zone)}>
        {formatInstantFull(notice.at, zone).slice(11)}
      </span>
    </button>
  )
}
