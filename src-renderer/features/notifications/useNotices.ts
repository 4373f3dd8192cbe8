import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { Notice } from '../../../src-shared/features/notifications/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { showBadge, tellOutside } from '../../kernel/outside.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { newlyTold, titleWithCount, wayOf } from './announce.ts'
import { text } from './text.ts'
import { addressOfNotice, noticeText, searchOfNotice } from './words.ts'

/** How many are unread; one subscription for the bell, the title and the announcements. */
export function useUnread(): { count: number; newest: readonly Notice[] } | undefined {
  return useQuery(useApi().notifications.unread.queryOptions({ input: {}, refetchIntervalInBackground: true })).data
}

/** Says in the page, and outside of the window, what has just come; keeps the title and the badge of the program up to date. */
export function useAnnouncements(): void {
  const t = useText(text)
  const navigate = useNavigate()
  const unread = useUnread()
  const settings = useQuery(useApi().notifications.settings.queryOptions({ input: {} })).data
  const before = useRef<Map<string, string> | null>(null)
  const count = unread?.count ?? 0
  useEffect(() => {
    document.title = titleWithCount(document.title, count)
    showBadge(count)
  }, [count])
  useEffect(() => {
    if (!unread || !settings) return
    for (const notice of newlyTold(before.current, unread.newest)) {
      const said = noticeText(notice)
      const to = addressOfNotice(notice)
      toast(said, {
        tone: 'info',
        ...(to && { action: { label: t('open'), run: () => void navigate({ to, search: searchOfNotice(notice) as never }) } }),
      })
      if (wayOf(settings, notice.kind) === 'desktop') tellOutside(t('product'), said)
    }
    before.current = new Map([...(before.current ?? []), ...unread.newest.map(({ id, at }) => [id, at] as const)])
  }, [unread, settings, navigate, t])
}
