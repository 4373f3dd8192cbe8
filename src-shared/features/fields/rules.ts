import type { z } from 'zod'
import type { StoredChoice } from '../../kernel/custom/model.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type CustomField, type EditedChoice, labelKey, MAX_CHOICES, MAX_FIELDS } from './model.ts'

type Wanted = z.infer<typeof EditedChoice>
const TONES = ['brand', 'ok', 'warn', 'info', 'plum', 'lamp', 'bad', 'ink'] as const

/** A label says which field is meant: among those in use no second one has it. */
export function requireFreeLabel(fields: readonly CustomField[], label: string, exceptId?: string): void {
  const taken = fields.some((one) => !one.archived && one.id !== exceptId && labelKey(one.label) === labelKey(label))
  if (taken) throw new Refusal('labelTaken', { label })
}

export function requireRoom(fields: readonly CustomField[]): void {
  if (fields.filter(({ archived }) => !archived).length >= MAX_FIELDS) throw new Refusal('tooManyFields', { most: MAX_FIELDS })
}

/** The options as they are to stand: those left out are put aside behind the others, because records may hold them. */
export function choicesAfter(before: readonly StoredChoice[], wanted: readonly Wanted[], newValue: () => string): StoredChoice[] {
  const seen = new Set<string>()
  const kept = wanted.map(({ value, label, tone }, at): StoredChoice => {
    if (seen.has(labelKey(label))) throw new Refusal('choiceTaken', { label })
    seen.add(labelKey(label))
    const known =
      value === undefined ? before.find((one) => one.archived && labelKey(one.label) === labelKey(label)) : find(before, value)
    return {
      value: known?.value ?? newValue(),
      label,
      tone: tone ?? known?.tone ?? TONES[at % TONES.length] ?? 'ink',
    }
  })
  const aside = before.filter(({ value }) => !kept.some((one) => one.value === value))
  return [...kept, ...aside.map((choice) => ({ ...choice, archived: true }))]
}

function find(choices: readonly StoredChoice[], value: string): StoredChoice {
  const known = choices.find((one) => one.value === value)
  if (!known) throw new Refusal('choiceUnknown')
  return known
}

/** Adds words that no option has yet; one that was put aside comes back. @returns null when all are there. */
export function choicesWith(
  before: readonly StoredChoice[],
  labels: readonly string[],
  newValue: () => string,
): StoredChoice[] | null {
  const living = before.filter(({ archived }) => !archived)
  const there = new Set(living.map(({ label }) => labelKey(label)))
  const fresh = labels.filter((label) => !there.has(labelKey(label)) && there.add(labelKey(label)))
  if (fresh.length === 0) return null
  if (living.length + fresh.length > MAX_CHOICES) throw new Refusal('tooManyChoices', { most: MAX_CHOICES })
  return choicesAfter(
    before,
    [...living.map(({ value, label, tone }) => ({ value, label, tone })), ...fresh.map((label) => ({ label }))],
    newValue,
  )
}
