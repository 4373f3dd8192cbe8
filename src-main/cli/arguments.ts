import { parseArgs, type ParseArgsConfig } from 'node:util'

/** The command line was not understood; one line says how it should be. */
export class UsageError extends Error {}

export type Arguments = {
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly files: readonly string[]
}

/** What each verb understands; anything else is an error, because an option without effect is a wrong answer. `files`: how many it takes. */
const OPTIONS = {
  serve: { text: ['data', 'port', 'host'], flags: ['no-pages'], files: 0 },
  init: { text: ['data', 'company', 'admin', 'name', 'password', 'time-zone', 'matching'], flags: ['password-stdin'], files: 0 },
  seed: { text: ['data', 'customers', 'seed'], flags: [], files: 0 },
  import: {
    text: ['data', 'entity', 'on-duplicate', 'empty', 'errors', 'pool', 'put', 'undo'],
    flags: ['dry-run', 'make-missing', 'no-orders'],
    files: 1,
  },
  export: { text: ['data', 'entity', 'out', 'format', 'search'], flags: [], files: 0 },
  read: { text: [], flags: [], files: 1 },
  clean: { text: ['phone', 'address', 'out', 'area-code', 'sheet'], flags: ['bom'], files: 1 },
  dedupe: { text: ['matching', 'ignore', 'out'], flags: [], files: 1 },
  digest: { text: ['data'], flags: [], files: 0 },
  doctor: { text: ['data'], flags: [], files: 0 },
  migrate: { text: ['data'], flags: [], files: 0 },
  report: { text: ['data', 'from', 'to', 'by', 'group', 'compare', 'pipeline', 'on'], flags: [], files: 1 },
  backup: { text: ['data'], flags: [], files: 0 },
  restore: { text: ['data', 'from'], flags: [], files: 0 },
} as const
type Known = (typeof OPTIONS)[keyof typeof OPTIONS]
type Text = Known['text'][number]
type Flag = Known['flags'][number]

/** @throws UsageError for an unknown verb, an option that the verb does not have, or a file too many. */
export function readArguments(verb: string, argv: readonly string[]): Arguments {
  if (!Object.hasOwn(OPTIONS, verb)) throw new UsageError(`there is no verb ${verb}`)
  const known: Known = OPTIONS[verb as keyof typeof OPTIONS]
  const options = {
    ...Object.fromEntries(known.text.map((name) => [name, { type: 'string' as const }])),
    ...Object.fromEntries(known.flags.map((name) => [name, { type: 'boolean' as const }])),
  }
  const { values, positionals } = parse(argv, options)
  if (positionals.length > known.files) throw new UsageError(`${verb} does not take ${positionals[known.files]}`)
  return { values: values as Arguments['values'], files: positionals }
}

function parse(argv: readonly string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
}

export function text(args: Arguments, name: Text): string | undefined {
  const value = args.values[name]
  return typeof value === 'string' ? value : undefined
}

export function need(args: Arguments, name: Text): string {
  const value = text(args, name)
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing`)
  return value
}

export const flag = (args: Arguments, name: Flag): boolean => args.values[name] === true

export function oneOf<const Choice extends string>(
  args: Arguments,
  name: Text,
  choices: readonly Choice[],
  fallback: Choice,
): Choice {
  const value = text(args, name)
  if (value === undefined) return fallback
  if (!(choices as readonly string[]).includes(value)) throw new UsageError(`--${name} is one of ${choices.join(', ')}`)
  return value as Choice
}

export function wholeNumber(args: Arguments, name: Text, range: { least: number; most: number }): number {
  const value = Number(need(args, name))
  if (!Number.isInteger(value) || value < range.least || value > range.most)
    throw new UsageError(`--${name} is a whole number from ${range.least} to ${range.most}`)
  return value
}

export function oneFile(args: Arguments): string {
  const [file, ...more] = args.files
  if (!file || more.length > 0) throw new UsageError('exactly one file is wanted')
  return file
}
