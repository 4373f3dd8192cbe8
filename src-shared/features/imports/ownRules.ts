import { z } from 'zod'

/**
 * What a person tells the import to do with the cells of one column, after the built-in cleaning of the text: plain text only,
 * because a pattern that takes for ever would stop the whole import.
 */
export const OWN_KINDS = ['unify', 'replace', 'prefix', 'suffix', 'before', 'after', 'upper', 'lower'] as const
export const OwnKind = z.enum(OWN_KINDS)
export type OwnKind = z.infer<typeof OwnKind>

/** `find` is what is looked for (`unify`: nothing), `by` what stands there instead; `values`: the spellings that become `by`. */
export const OwnRule = z.strictObject({
  id: z.string().min(1).max(40),
  column: z.number().int().min(0),
  kind: OwnKind,
  on: z.boolean(),
  find: z.string().max(500),
  by: z.string().max(500),
  values: z.array(z.string().max(500)).max(2000),
  /** Kept from the last file with these headers. */
  recalled: z.boolean(),
})
export type OwnRule = z.infer<typeof OwnRule>

/** What is kept for the next file: the column by its name, because its place may be another. */
export const KeptRule = OwnRule.omit({ column: true, recalled: true }).extend({ header: z.string() })
export type KeptRule = z.infer<typeof KeptRule>

/** Kinds that say nothing without a word to look for. */
export const NEEDS_FIND: readonly OwnKind[] = ['replace', 'prefix', 'suffix', 'before', 'after']

/** False for a rule that could change nothing: nothing to look for, or nothing to unify. */
export function isComplete(rule: Pick<OwnRule, 'kind' | 'find' | 'by' | 'values'>): boolean {
  if (NEEDS_FIND.includes(rule.kind)) return rule.find !== '' && rule.find !== rule.by
  return rule.kind !== 'unify' || (rule.by.trim() !== '' && rule.values.some((value) => value !== rule.by))
}

type Change = (text: string) => string

function changeOf({ kind, find, by, values }: OwnRule): Change {
  const unified = new Set(values)
  const changes: Record<OwnKind, Change> = {
    unify: (text) => (unified.has(text) ? by : text),
    replace: (text) => text.replaceAll(find, () => by),
    prefix: (text) => (text.startsWith(find) ? by + text.slice(find.length) : text),
    suffix: (text) => (text.endsWith(find) ? text.slice(0, -find.length) + by : text),
    before: (text) => (text.includes(find) ? text.slice(0, text.indexOf(find)) : text),
    after: (text) => (text.includes(find) ? text.slice(text.indexOf(find) + find.length) : text),
    upper: (text) => text.toUpperCase(),
    lower: (text) => text.toLowerCase(),
  }
  return changes[kind]
}

export type OwnApplied = { readonly id: string; readonly before: string; readonly after: string }
/** Changes one text of a column and tells each rule that did something. */
export type OwnChange = (text: string, tell: (applied: OwnApplied) => void) => string

/** The rules that are switched on, by column, each after the one before it. */
export function ownChanges(rules: readonly OwnRule[]): ReadonlyMap<number, OwnChange> {
  const byColumn = new Map<number, { id: string; change: Change }[]>()
  for (const rule of rules) {
    if (!rule.on || !isComplete(rule)) continue
    const list = byColumn.get(rule.column) ?? []
    list.push({ id: rule.id, change: changeOf(rule) })
    byColumn.set(rule.column, list)
  }
  return new Map(
    [...byColumn].map(([column, list]): [number, OwnChange] => [
      column,
      (text, tell) => {
        let now = text
        for (const { id, change } of list) {
          const after = change(now).trim()
          if (after !== now) tell({ id, before: now, after })
          now = after
        }
        return now
      },
    ]),
  )
}

/** @param keyOf the form in which a header is remembered; columns without a name keep nothing. */
export const keptRules = (rules: readonly OwnRule[], headers: readonly string[], keyOf: (header: string) => string): KeptRule[] =>
  rules.flatMap(({ column, recalled: _recalled, ...rule }) => {
    const header = keyOf(headers[column] ?? '')
    return header === '' || !isComplete(rule) ? [] : [{ ...rule, header }]
  })

/** The rules of the last file on the columns of this one; of two columns of one name the first is meant. */
export const recalledRules = (
  kept: readonly KeptRule[],
  headers: readonly string[],
  keyOf: (header: string) => string,
): OwnRule[] => {
  const keys = headers.map(keyOf)
  return kept.flatMap(({ header, ...rule }) => {
    const column = keys.indexOf(header)
    return column < 0 ? [] : [{ ...rule, column, recalled: true }]
  })
}
