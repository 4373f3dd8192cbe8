import { parseArgs } from 'node:util'

/** The command line was not understood; one line says how it should be. */
export class UsageError extends Error {}

export type Arguments = {
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly files: readonly string[]
}

const TEXT = [
  'data',
  'company',
  'admin',
  'name',
  'password',
  'time-zone',
  'port',
  'host',
  'customers',
  'seed',
  'entity',
  'on-duplicate',
  'empty',
  'errors',
  'undo',
  'out',
  'format',
  'search',
  'filter',
  'from',
  'ack-file',
] as const
const FLAGS = ['dry-run', 'password-stdin', 'verify', 'no-pages'] as const

/** Options are the same words for every verb; each verb asks for those it knows. @throws UsageError for an unknown one. */
export function readArguments(argv: readonly string[]): Arguments {
  try {
    const options = {
      ...Object.fromEntries(TEXT.map((name) => [name, { type: 'string' as const }])),
      ...Object.fromEntries(FLAGS.map((name) => [name, { type: 'boolean' as const }])),
    }
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
    return { values: values as Arguments['values'], files: positionals }
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
}

export function text(args: Arguments, name: (typeof TEXT)[number]): string | undefined {
  const value = args.values[name]
  return typeof value === 'string' ? value : undefined
}

export function need(args: Arguments, name: (typeof TEXT)[number]): string {
  const value = text(args, name)
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing`)
  return value
}

export const flag = (args: Arguments, name: (typeof FLAGS)[number]): boolean => args.values[name] === true

export function oneOf<const Choice extends string>(
  args: Arguments,
  name: (typeof TEXT)[number],
  choices: readonly Choice[],
  fallback: Choice,
): Choice {
  const value = text(args, name)
  if (value === undefined) return fallback
  if (!(choices as readonly string[]).includes(value)) throw new UsageError(`--${name} is one of ${choices.join(', ')}`)
  return value as Choice
}

export function wholeNumber(args: Arguments, name: (typeof TEXT)[number], range: { least: number; most: number }): number {
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
