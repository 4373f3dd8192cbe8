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

/** So long somebody may take over several fields for it to be one change to whoever reads about it. */
const TOGETHER_MS = 10 * 60_000

type Edit = { readonly at: string; readonly actorName: string }

/** Changes of fields that one person made one after the other, newest first, in groups; whatever is `alone` stands by itself. */
export function together<One extends Edit>(entries: readonly One[], alone: (entry: One) => boolean): One[][] {
  const groups: One[][] = []
  for (const entry of entries) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    const fits =
      last !== undefined &&
      !alone(entry) &&
      !alone(last) &&
      last.actorName === entry.actorName &&
      Date.parse(last.at) - Date.parse(entry.at) <= TOGETHER_MS
    if (fits) group?.push(entry)
    else groups.push([entry])
  }
  return groups
}
