/**
 * Why something stays as it is when a command is taken back: somebody changed it since; others use it, or it is part of what stays; no right
 * to it; its table is another now; it is gone; what stands there is in its way. The last four: what pools allow, and how many somebody may hold.
 */
export const STAY_REASONS = [
  'changedSince',
  'referenced',
  'belongsToKept',
  'noRight',
  'reshaped',
  'gone',
  'conflict',
  'holdingFull',
  'dailyClaims',
  'dailyViews',
  'cooling',
] as const
export type StayReason = (typeof STAY_REASONS)[number]

/** Commands of a batch taken back in one call at most; the caller repeats while some remain, so that others work in between. */
export const UNDO_PART = 20
