import { currentLanguage, type Language, translate } from './text.ts'
import { text } from './zonesText.ts'

type Key = keyof (typeof text)['zh-CN']
const wordOf = (kind: 'name' | 'cities', zone: string): string | undefined => {
  const key = `${kind}.${zone}`
  return key in text['zh-CN'] ? translate(text, key as Key) : undefined
}

/** What the browser calls a zone in the language of the page: 日本时间. */
function browserName(zone: string): string {
  const parts = new Intl.DateTimeFormat(currentLanguage(), { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts(0)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}

/** 北京时间（Asia/Shanghai） */
export function zoneLabel(zone: string): string {
  const name = wordOf('name', zone) ?? browserName(zone)
  // Some zones have no name of their own but their distance from Greenwich.
  return name === '' || name === zone ? zone : translate(text, 'labelled', { name, zone: zone.replaceAll('_', ' ') })
}

export type ZoneOption = { readonly value: string; readonly label: string; readonly search: string }

const made = new Map<Language, readonly ZoneOption[]>()
/** All zones, those of the own language's cities first; found by name, city and the name of the standard. */
export function zoneOptions(): readonly ZoneOption[] {
  const language = currentLanguage()
  // Four hundred formatters are worth making once.
  const options = made.get(language) ?? makeOptions()
  made.set(language, options)
  return options
}

function makeOptions(): readonly ZoneOption[] {
  const option = (zone: string): ZoneOption => {
    const label = zoneLabel(zone)
    return { value: zone, label, search: `${label} ${zone} ${wordOf('cities', zone) ?? ''}`.toLowerCase() }
  }
  const all = Intl.supportedValuesOf('timeZone')
  const known = Object.keys(text['zh-CN']).flatMap((key) => (key.startsWith('cities.') ? [key.slice('cities.'.length)] : []))
  return [...known.filter((zone) => all.includes(zone)), ...all.filter((zone) => !known.includes(zone))].map(option)
}
