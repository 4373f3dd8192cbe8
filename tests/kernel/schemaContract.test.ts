// Laws of architecture.md 3.2 and 3.9: every call has a handler of its kind, every command can be undone or says why not,
// every refusal and every field has words in both languages.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { onCommand, onQuery, onStagedCommand } from '../../src-main/kernel/pipeline.ts'
import { router } from '../../src-main/router.ts'
import { entities } from '../../src-shared/entities.ts'
import { PERMISSIONS } from '../../src-shared/kernel/permissions.ts'
import { NO_REFUSALS } from '../../src-shared/kernel/procedure.ts'
import { calls, commands } from '../support/calls.ts'

type Words = Record<'zh-CN' | 'en-US', Record<string, string>>
const folderOf = (feature: string): string => feature.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

async function wordsOf(feature: string): Promise<Words | null> {
  const file = join(import.meta.dirname, `../../src-shared/features/${folderOf(feature)}/text.ts`)
  if (!existsSync(file)) return null
  return ((await import(file)) as { text: Words }).text
}
const languages = ['zh-CN', 'en-US'] as const
type Middlewares = { '~orpc': { middlewares: unknown[]; meta: unknown } }
const middlewaresOf = (built: unknown): unknown[] => (built as Middlewares)['~orpc'].middlewares

describe('every call', () => {
  it('there are some', () => {
    expect(calls.length).toBeGreaterThan(40)
    expect(commands.length).toBeGreaterThan(20)
  })

  it('has a handler of its kind', () => {
    const query = middlewaresOf((onQuery as unknown as Record<string, Record<string, unknown>>)['customers']?.['list'])
    const pipelines = {
      query: [query],
      command: [onCommand, onStagedCommand].map((entry) =>
        middlewaresOf((entry as unknown as Record<string, Record<string, unknown>>)['customers']?.['create']),
      ),
    }
    for (const { path, feature, name, meta } of calls) {
      const handler = (router as unknown as Record<string, Record<string, unknown>>)[feature]?.[name]
      expect(handler, path).toBeDefined()
      const steps = middlewaresOf(handler)
      const fits = pipelines[meta.kind].some((pipeline) => pipeline.length > 0 && pipeline.every((step) => steps.includes(step)))
      expect(fits, `${path} runs through the pipeline of a ${meta.kind}`).toBe(true)
    }
  })

  it('declares what it needs', () => {
    const known = new Set<string>([...PERMISSIONS, 'signed-in', 'anyone'])
    for (const { path, meta } of calls) expect(known.has(meta.needs), path).toBe(true)
    const open = calls.filter(({ meta }) => meta.needs === 'anyone').map(({ path }) => path)
    expect(open.sort()).toEqual(['session.login', 'session.welcome', 'setup.complete'])
  })
})

describe('every command', () => {
  // The reasons are part of the promise; a new irreversible command has to be added here on purpose.
  const IRREVERSIBLE = [
    'backups.create',
    'backups.restore',
    'customers.purgeMany',
    'people.createUser',
    'people.resetPassword',
    'session.changePassword',
    'session.end',
    'session.login',
    'session.logout',
    'setup.complete',
  ]

  it('can be undone, or says why not in a sentence', () => {
    for (const { path, meta } of commands) {
      if (meta.irreversible === undefined) continue
      expect(meta.irreversible.split(' ').length, path).toBeGreaterThan(3)
    }
    const business = ['customers', 'contacts', 'addresses', 'followUps', 'tags', 'people', 'setup', 'session', 'history']
    const marked = commands.filter(({ feature, meta }) => business.includes(feature) && meta.irreversible !== undefined)
    expect(marked.map(({ path }) => path).filter((path) => !IRREVERSIBLE.includes(path))).toEqual([])
  })

  it('lists its refusals once each', () => {
    for (const { path, meta } of commands) {
      expect(meta.refusals.length, path).toBeGreaterThan(0)
      expect(new Set(meta.refusals).size, path).toBe(meta.refusals.length)
    }
  })

  it.each(languages)('has a sentence for each of its refusals in %s', async (language) => {
    const missing: string[] = []
    for (const { path, feature, meta } of commands) {
      const words = await wordsOf(feature)
      for (const reason of meta.refusals) {
        if (reason === NO_REFUSALS[0]) continue
        if (!words?.[language][`refusals.${reason}`]) missing.push(`${path}: refusals.${reason}`)
      }
    }
    expect(missing).toEqual([])
  })
})

describe('words', () => {
  it.each(languages)('name every described field and choice in %s', async (language) => {
    const missing: string[] = []
    for (const entity of entities) {
      const words = (await wordsOf(entity.feature))?.[language] ?? {}
      const wanted = entity.fields.flatMap((field) => [
        `fields.${field.key}`,
        ...(field.options ?? []).map((option) => `options.${field.key}.${option}`),
      ])
      missing.push(...wanted.filter((key) => !words[key]).map((key) => `${entity.feature}: ${key}`))
    }
    expect(missing).toEqual([])
  })

  it('have the same keys in both languages, none of them empty, and no Chinese in English', async () => {
    const features = [...new Set(calls.map(({ feature }) => feature))]
    let seen = 0
    for (const feature of features) {
      const words = await wordsOf(feature)
      if (!words) continue
      seen++
      expect(Object.keys(words['en-US']).sort(), feature).toEqual(Object.keys(words['zh-CN']).sort())
      for (const language of languages)
        for (const [key, sentence] of Object.entries(words[language])) expect(sentence.trim(), `${feature} ${key}`).not.toBe('')
      const chinese = Object.entries(words['en-US']).filter(([, sentence]) => /\p{Script=Han}/u.test(sentence))
      expect(chinese, feature).toEqual([])
    }
    expect(seen).toBeGreaterThan(6)
  })
})
