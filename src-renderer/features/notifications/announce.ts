import type { Notice, NoticeSettings } from '../../../src-shared/features/notifications/model.ts'

/** Said by the pill of imports, with its counts and its undo. */
const saidElsewhere = ({ kind, detail }: Notice): boolean =>
  kind === 'importDone' || (kind === 'jobFailed' && String(detail['kind']).startsWith('imports.'))

/**
 * What came since this window last looked, oldest first: a window that has just been opened announces nothing. A notice that grew
 * comes under its old number with a new time.
 */
export function newlyTold(before: ReadonlyMap<string, string> | null, newest: readonly Notice[]): Notice[] {
  if (!before) return []
  const latest = [...before.values()].sort().at(-1) ?? ''
  return newest
    .filter((notice) => before.get(notice.id) !== notice.at && notice.at > latest && !saidElsewhere(notice))
    .toReversed()
}

export const wayOf = (settings: NoticeSettings, kind: string) => settings[kind] ?? 'desktop'

/** "(3) 客户": how many are unread stands before whatever the page calls itself. */
export const titleWithCount = (title: string, count: number): string =>
  `${count > 0 ? `(${count > 99 ? '99+' : count}) ` : ''}${title.replace(/^\(\d+\+?\) /, '')}`
