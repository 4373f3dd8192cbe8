import { sliceWord } from './slices.ts'

/** Who did it, when that was the program itself; null for a person, whatever the name. */
export function programWord(name: string, origin: string): string | null {
  if (name === '' || (name === 'system' && (origin === 'system' || origin === 'job')))
    return sliceWord('history', 'actor.system') ?? name
  if (name === 'seed' && origin === 'cli') return sliceWord('history', 'actor.seed') ?? name
  return null
}

/** Who did it, as every line of history says it. */
export const actorWord = (name: string, origin: string): string => programWord(name, origin) ?? name
