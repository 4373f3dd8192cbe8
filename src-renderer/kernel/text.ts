import i18next, { type i18n } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

export const LANGUAGES = ['zh-CN', 'en-US'] as const
export type Language = (typeof LANGUAGES)[number]
/** Words of one page or slice, both languages with the same keys; a missing key does not compile. */
export type Words<Key extends string = string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>
export type Values = Readonly<Record<string, string | number>>
export type Translate<Key extends string> = (key: Key, values?: Values) => string

const text: i18n = i18next.createInstance()

/** i18next with no words: each page brings its own when it is loaded. */
export function startText(language: Language): void {
  void text.init({
    lng: language,
    fallbackLng: false,
    resources: {},
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    returnEmptyString: true,
  })
  // English plurals inside a sentence: "{{n}} customer{{n, s}}".
  // Numbers of pages come with their thousands already written.
  text.services.formatter?.add('s', (value) => (String(value) === '1' ? '' : 's'))
  text.services.formatter?.add('y', (value) => (String(value) === '1' ? 'y' : 'ies'))
  text.services.formatter?.add('n', (value) => (typeof value === 'number' ? value.toLocaleString('en-US') : String(value)))
}

export const currentLanguage = (): Language =>
  (LANGUAGES as readonly string[]).includes(text.language) ? (text.language as Language) : 'zh-CN'
export const setLanguage = async (language: Language): Promise<void> => {
  await text.changeLanguage(language)
  document.documentElement.lang = language
}

const BETWEEN: Readonly<Record<Language, string>> = { 'zh-CN': '、', 'en-US': ', ' }
/** Names one after another, as a sentence of today's language lists them. */
export const listed = (names: readonly (string | number)[]): string => names.join(BETWEEN[currentLanguage()])

const COLON: Readonly<Record<Language, string>> = { 'zh-CN': '：', 'en-US': ': ' }
/** A label and what it says. */
export const labelled = (label: string, what: string | number): string => `${label}${COLON[currentLanguage()]}${what}`

const namespaces = new WeakMap<Words, string>()
let count = 0
function namespaceOf(words: Words): string {
  let name = namespaces.get(words)
  if (!name) {
    name = `w${++count}`
    namespaces.set(words, name)
    for (const language of LANGUAGES) text.addResourceBundle(language, name, words[language])
  }
  return name
}

/** Words outside React: error handlers, the undo list. */
export function translate<Key extends string>(words: Words<Key>, key: Key, values: Values = {}): string {
  return text.t(key as string, { ns: namespaceOf(words), ...values })
}

/** A word without values, by a plain look-up: for what a list draws in every cell. Follows the language at the next draw. */
export const plainWord = <Key extends string>(words: Words<Key>, key: Key): string => words[currentLanguage()][key]

/** The words of a page: `const t = useText(text)`. Re-renders when the language changes. */
export function useText<Key extends string>(words: Words<Key>): Translate<Key> {
  const namespace = namespaceOf(words)
  const { t } = useTranslation(namespace, { i18n: text, useSuspense: false })
  return useCallback((key, values) => t(key as string, { ...values }), [t])
}

export function useLanguage(): Language {
  const { i18n: current } = useTranslation(undefined, { i18n: text, useSuspense: false })
  return current.language === 'en-US' ? 'en-US' : 'zh-CN'
}
