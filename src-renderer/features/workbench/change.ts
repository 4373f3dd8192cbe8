/** How a figure moved against the period before; `null` when there was nothing to hold it against. */
export type Change = { direction: 'up' | 'down' | 'same'; share: number | null; tone: 'ok' | 'bad' | 'ink' }

/** Good and bad decide the colour, the arrow says where to: every figure of the briefing is better when it is more. */
export function changeOf(value: number, before: number): Change {
  if (value === before) return { direction: 'same', share: 0, tone: 'ink' }
  const isMore = value > before
  return {
    direction: isMore ? 'up' : 'down',
    share: before === 0 ? null : Math.abs(value - before) / before,
    tone: isMore ? 'ok' : 'bad',
  }
}

/** The line of a small chart in a box of `width` × `height`, with its last point; null without a line to draw. */
export function sparkline(
  series: readonly number[],
  { width, height }: { width: number; height: number },
): { path: string; last: [number, number] } | null {
  if (series.length < 2) return null
  const most = Math.max(...series, 1)
  const at = series.map((value, index): [number, number] => [
    Math.round((index / (series.length - 1)) * width * 10) / 10,
    Math.round((height - (value / most) * height) * 10) / 10,
  ])
  return { path: `M${at.map(([x, y]) => `${x} ${y}`).join('L')}`, last: at.at(-1) ?? [0, 0] }
}
