import { ORPCError } from '@orpc/server'
import { Refusal } from '../../src-shared/kernel/refusal.ts'
import { lockFolder } from '../kernel/lock.ts'
import { StartRefusal } from '../kernel/startRefusal.ts'
import { type Arguments, need, readArguments, UsageError } from './arguments.ts'
import { askHost } from './localSocket.ts'
import { serve } from './serve.ts'
import { refusalSentence } from './words.ts'
import { closedVerbs, fileVerbs, openVerbs, openVerb } from './verbs.ts'

/**
 * Runs one verb: one JSON object on stdout and 0, or one line on stderr and non-zero. Logs go to stderr.
 * Verbs on a folder that is being served go to the process that serves it.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const [verb, ...rest] = argv
  try {
    if (verb === undefined || verb === '--help' || verb === 'help') {
      process.stdout.write(
        `${JSON.stringify({ verbs: ['serve', ...Object.keys(fileVerbs), ...Object.keys(closedVerbs), ...Object.keys(openVerbs)] })}\n`,
      )
      return verb === undefined ? 1 : 0
    }
    const args = readArguments(verb, rest)
    if (verb === 'serve') return await serve(args)
    const { result, ok } = await run(verb, rest, args)
    process.stdout.write(`${JSON.stringify(result)}\n`)
    return ok ? 0 : 1
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

async function run(verb: string, rest: readonly string[], args: Arguments): Promise<{ result: unknown; ok: boolean }> {
  const file = fileVerbs[verb] ?? closedVerbs[verb]
  if (file) {
    const result = await file(args)
    return { result, ok: !(result && typeof result === 'object' && 'ok' in result && result.ok === false) }
  }
  if (!openVerbs[verb]) throw new UsageError(`there is no verb ${verb}`)
  return { result: await runOpen(verb, rest, args), ok: true }
}

/** Opens the folder itself, or asks whoever serves it. */
async function runOpen(verb: string, rest: readonly string[], args: Arguments): Promise<unknown> {
  const folder = need(args, 'data')
  try {
    const lock = lockFolder(folder, { now: () => new Date().toISOString(), program: `kezhan ${verb}` })
    try {
      return await openVerb(verb, args, folder)
    } finally {
      lock.release()
    }
  } catch (error) {
    if (!(error instanceof StartRefusal) || error.reason !== 'locked') throw error
    const answer = await askHost(folder, verb, rest)
    if (answer === null) throw error
    if ('error' in answer) throw new Error(answer.error)
    if ('refused' in answer) throw new Refusal(answer.refused.reason, answer.refused.detail)
    return answer.result
  }
}

const shellLanguage = (): 'zh-CN' | 'en-US' =>
  (process.env['LC_ALL'] || process.env['LANG'] || 'en').startsWith('zh') ? 'zh-CN' : 'en-US'

/** One line, in the language of the shell, without a stack. */
export function sentence(error: unknown): string {
  if (error instanceof StartRefusal) return error.inLanguage(shellLanguage())
  if (error instanceof Refusal) return refusalSentence(error, shellLanguage())
  if (error instanceof ORPCError) return `${error.code}: ${JSON.stringify(error.data ?? {})}`
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
