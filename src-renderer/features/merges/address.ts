import { MERGE_AT_MOST } from '../../../src-shared/features/merges/limits.ts'

/** Where customers are merged; the address can be shared and reloaded. */
export const mergeAddress = (ids: readonly string[]) => ({ to: '/merge', search: { ids: ids.join(',') } }) as const

/** Written by hand or cut off by a mail program: what is no id, or too many, is left out. */
export const idsIn = (asked: unknown): string[] =>
  [
    ...new Set(
      String(asked ?? '')
        .split(',')
        .filter((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id)),
    ),
  ].slice(0, MERGE_AT_MOST)
