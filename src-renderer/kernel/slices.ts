import { currentLanguage, type Language } from './text.ts'

/** The words of a slice: `fields.<key>`, `options.<key>.<value>`, `refusals.<reason>`, `actions.<word>`. */
export type SliceWords = Readonly<Record<Language, Readonly<Record<string, string>>>>

const slices = new Map<string, SliceWords>()
/** Told once by the app for every slice. */
export const registerSlice = (feature: string, words: SliceWords): void => void slices.set(feature, words)

const plain = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** A word of a slice in the language of the page; `{{name}}` is filled from `detail`. Undefined when the slice has none. */
export function sliceWord(feature: string, key: string, detail: Readonly<Record<string, unknown>> = {}): string | undefined {
  const word = slices.get(feature)?.[currentLanguage()][key]
  return word?.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => plain(detail[name]))
}

let custom: ReadonlyMap<string, string> = new Map()
/** Words of the company's own fields, by key, and of their options, by `key.value`; keys are the same for no two fields. */
export const tellCustomWords = (words: Iterable<readonly [string, string]>): void => {
  custom = new Map(words)
}

export const fieldWord = (feature: string, key: string): string => custom.get(key) ?? sliceWord(feature, `fields.${key}`) ?? key
export const optionWord = (feature: string, field: string, value: string): string =>
  custom.get(`${field}.${value}`) ?? sliceWord(feature, `options.${field}.${value}`) ?? value

/** The business word of a command in history: the slice of its procedure first, then the one of its record. */
export function actionWord(procedure: string, action: string): string | undefined {
  const [feature = '', command = ''] = procedure.split('.')
  return (
    sliceWord(feature, `actions.${command}.${action}`) ??
    sliceWord(feature, `actions.${action}`) ??
    sliceWord('customers', `actions.${action}`)
  )
}
