import type { TimelineEvent } from '../../components/Timeline.tsx'

/** One source of the line of time, loaded page by page from the newest back. */
export type Stream = {
  readonly events: readonly TimelineEvent[]
  /** How far back it is loaded; null when nothing older is left. */
  readonly reached: string | null
}

/** Several streams as one line of time. It ends where the first of them is not loaded any further: no hole is shown as if nothing had been there. */
export function oneLine(streams: readonly Stream[]): TimelineEvent[] {
  const end = endOf(streams)
  return streams
    .flatMap(({ events }) => events)
    .filter(({ at }) => at >= end)
    .sort((a, b) => b.at.localeCompare(a.at))
}

/** Those that hold the line up: the next page of each lets it go on. */
export const holdingUp = <One extends Stream>(streams: readonly One[]): One[] =>
  streams.filter(({ reached }) => reached !== null && reached === endOf(streams))

const endOf = (streams: readonly Stream[]): string =>
  streams.reduce((end, { reached }) => (reached !== null && reached > end ? reached : end), '')
