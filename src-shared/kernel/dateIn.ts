/** The business date of an instant in a zone (IANA name, e.g. Asia/Shanghai). */
export function dateIn(instant: string, zone: string): string {
  const parts = formatter(zone).formatToParts(Date.parse(instant))
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(zone: string): Intl.DateTimeFormat {
  let made = formatters.get(zone)
  if (!made) {
    made = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formatters.set(zone, made)
  }
  return made
}
