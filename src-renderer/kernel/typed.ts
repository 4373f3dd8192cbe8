import { useCallback, useState } from 'react'

type Match = typeof import('../../src-shared/kernel/pinyin/typed.ts')['matchTyped']

/** The tables of pinyin are larger than a page: they come when somebody is about to type, once for the window; what failed is asked again. */
let match: Match | null = null
let coming: Promise<void> | null = null
export const loadTyped = (): Promise<void> =>
  (coming ??= import('../../src-shared/kernel/pinyin/typed.ts').then(
    (module) => {
      match = module.matchTyped
    },
    (error: unknown) => {
      coming = null
      throw error
    },
  ))

/** Whether what was typed means this name: a part of it as it stands, whole syllables, initials, or a mixture (cq, chongq, 重qing). */
export function typedMatches(name: string, typed: string): boolean {
  const words = typed.trim().normalize('NFKC').toLowerCase()
  if (words === '' || name.toLowerCase().includes(words)) return true
  if (!match || !/[a-zü]/.test(words)) return false
  const plain = words.replaceAll(/\s+/g, '')
  return match(name, plain) !== null || match(name, plain, { person: true }) !== null
}

/** For a field that chooses by typing: `load` when it is entered, `matches` for each name; draws again when the tables are there. */
export function useTyped(): { load: () => void; matches: typeof typedMatches } {
  const [, setReady] = useState(match !== null)
  const enter = useCallback(() => void loadTyped().then(() => setReady(true)), [])
  return { load: enter, matches: typedMatches }
}
