import { preferenceKeys, readPreference, removePreference, writePreference } from './preferences.ts'

/** Words begun and not sent. The one thing of business this browser keeps, so it is kept per person and never for another. */
const PREFIX = 'draft.'
const keyOf = (userId: string, about: string) => `${PREFIX}${userId}.${about}`

export const readDraft = (userId: string, about: string): string => readPreference(keyOf(userId, about)) ?? ''

export function writeDraft(userId: string, about: string, words: string): void {
  if (words === '') removePreference(keyOf(userId, about))
  else writePreference(keyOf(userId, about), words)
}

/** Leaves only what `userId` began here; null leaves nothing. */
export function keepDraftsOf(userId: string | null): void {
  for (const key of preferenceKeys())
    if (key.startsWith(PREFIX) && (userId === null || !key.startsWith(`${PREFIX}${userId}.`))) removePreference(key)
}
