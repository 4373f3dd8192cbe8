import type { Entity } from './procedure.ts'

/** What people are told in person, one line per kind; the words stand in features/notifications/text.ts. */
export const NOTICE_KINDS = [
  'mention',
  'assigned',
  'transferred',
  'handedOver',
  'addedToTeam',
  'askedAbout',
  'claimed',
  'poolSoon',
  'recycled',
  'leadAssigned',
  'leadRecycled',
  'dealLate',
  'dealStalled',
  'contractEnding',
  'planDue',
  'planLate',
  'viewShared',
  'importDone',
  'jobFailed',
  'stockShort',
  'goodsArrived',
  'approvalAsked',
  'approvalPassed',
  'approvalRefused',
  'approvalWithdrawn',
  'invoiceRequested',
  'invoiceIssued',
  'invoiceVoided',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/**
 * Records that people are told of and shown by today's rights: one they do not see, or that is gone, is not named to them. Where one
 * changes, notices are read anew, so a notice can be about no other kind.
 */
export const TOLD_OF = [
  'customer',
  'followUp',
  'lead',
  'opportunity',
  'order',
  'invoice',
  'purchase',
  'view',
  'approval',
  'job',
  'import',
] as const satisfies readonly Entity[]
export type ToldOf = (typeof TOLD_OF)[number]

/** How somebody wants to hear of a kind: in the page, also outside of the window, or not at all. */
export const NOTICE_WAYS = ['desktop', 'page', 'off'] as const
export type NoticeWay = (typeof NOTICE_WAYS)[number]

export type NoticeParts = Readonly<Record<string, number>>

/**
 * `detail` fills the words and is shown to whoever gets the notice, so no value of a field belongs there: the record's name is read
 * anew, through the policy, each time. Several notices of one kind to one person in a command or a batch become one that counts;
 * `many` is how many records one of them already stands for, and `parts` how many of which kind; both add up.
 */
export type NoticeRequest = {
  employeeIds: readonly string[]
  kind: NoticeKind
  entity: ToldOf
  /** Null when it is about many records, or about none that is kept. */
  recordId: string | null
  many?: number
  parts?: NoticeParts
  detail?: Record<string, unknown>
}
