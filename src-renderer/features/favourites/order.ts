/** The list with one entry put to another place; what does not exist or lies outside changes nothing. */
export function moved<One>(list: readonly One[], from: number, to: number): One[] {
  const next = [...list]
  const one = next[from]
  if (one === undefined || to < 0 || to >= next.length) return next
  next.splice(from, 1)
  next.splice(to, 0, one)
  return next
}
