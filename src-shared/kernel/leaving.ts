/**
 * Whether somebody is gone by a day: from the day on that is written down as that of his leaving, not from when it is written down.
 * @param leftOn the day of leaving, null of who stays; `today`: the day asked about, in the zone of the workspace; both `YYYY-MM-DD`.
 */
export const hasLeft = (leftOn: string | null, today: string): boolean => leftOn !== null && leftOn <= today
