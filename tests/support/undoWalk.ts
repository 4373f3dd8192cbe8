import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import { openOffice, randomFrom } from './factories.ts'
import { binOps } from './walkBin.ts'
import { dailyOps } from './walkDaily.ts'
import { deskOps } from './walkDesk.ts'
import { addFields, fieldOps } from './walkFields.ts'
import { invoiceOps } from './walkInvoices.ts'
import { leadOps } from './walkLeads.ts'
import { opportunityOps } from './walkOpportunities.ts'
import { orderOps } from './walkOrders.ts'
import { stockOps } from './walkStock.ts'
import { addColleagues, peopleOps } from './walkPeople.ts'
import { addPools, poolOps } from './walkPools.ts'
import { productOps } from './walkProducts.ts'
import { targetOps } from './walkTargets.ts'
import { quoteOps } from './walkQuotes.ts'
import { names, type Op, raw, type Scene } from './walkScene.ts'

/**
 * Thousands of random commands by five users, then all of them taken back, newest first, each by who gave it: before every
 * command the digest of the business was noted, and it must be that again.
 */
export type Walk = {
  commands: number
  refused: number
  byCall: Record<string, number>
  undone: number
  mismatches: string[]
  ms: number
}
const EXPECTED = new Set(['BAD_REQUEST', 'FORBIDDEN', 'NOT_FOUND', 'STALE', 'REFUSED'])
export const walkOps: readonly Op[] = [
  ...dailyOps,
  ...binOps,
  ...deskOps,
  ...fieldOps,
  ...poolOps,
  ...peopleOps,
  ...productOps,
  ...opportunityOps,
  ...targetOps,
  ...orderOps,
  ...invoiceOps,
  ...quoteOps,
  ...leadOps,
  ...stockOps,
]

const digestOf = (scene: Scene): string => wholeDigest(tableDigests(raw(scene)))
const lastSeq = (scene: Scene): number => raw(scene).prepare('select max(seq) from command').pluck().get() as number
const journalEnd = (scene: Scene): number => raw(scene).prepare('select max(id) from journal').pluck().get() as number
const weighted = () => walkOps.flatMap(([name, weight, run]) => Array.from({ length: weight }, () => [name, run] as const))

export async function walk(seed: number, commands: number): Promise<Walk> {
  const started = performance.now()
  const office = await openOffice()
  const users = [office.admin, office.manager, office.sales, office.colleague, office.service].map((actor) => ({
    actor,
    client: office.as(actor),
  }))
  const scene: Scene = { office, random: randomFrom(seed), users, steps: [] }
  const result: Walk = { commands: 0, refused: 0, byCall: {}, undone: 0, mismatches: [], ms: 0 }
  try {
    const admin = office.as(office.admin)
    await addColleagues(scene)
    await addFields(admin)
    await addPools(scene, admin)
    for (let n = 0; n < 30; n++)
      await users[n % 4]?.client.customers.create({ name: `${names[n % names.length]}${n}`, level: 'A' })
    const end = digestOf(scene)
    await forward(scene, result, commands)
    await backward(scene, result)
    if (digestOf(scene) !== end) result.mismatches.push('the end is not the beginning')
  } finally {
    await office.close()
  }
  return { ...result, ms: Math.round(performance.now() - started) }
}

async function forward(scene: Scene, result: Walk, commands: number): Promise<void> {
  const weights = weighted()
  let digest = digestOf(scene)
  while (result.commands < commands) {
    const [call, run] = scene.random.pick(weights)
    // What only an administrator may do would otherwise be refused four times of five.
    const user = scene.random.pick(scene.random.chance(0.3) ? scene.users.slice(0, 1) : scene.users)
    const before = lastSeq(scene)
    const rowsBefore = journalEnd(scene)
    try {
      await run(scene, user)
    } catch (error) {
      const code = (error as { code?: string }).code ?? ''
      if (!EXPECTED.has(code)) throw error
      result.refused++
    }
    const after = lastSeq(scene)
    if (after === before) {
      if (journalEnd(scene) !== rowsBefore) result.mismatches.push(`${call} changed rows without a command`)
      continue
    }
    scene.steps.push({ firstSeq: before + 1, lastSeq: after, digest, actor: user.actor, call })
    digest = digestOf(scene)
    result.commands += after - before
    result.byCall[call] = (result.byCall[call] ?? 0) + after - before
  }
}

async function backward(scene: Scene, result: Walk): Promise<void> {
  for (const step of scene.steps.toReversed()) {
    const client = scene.users.find(({ actor }) => actor === step.actor)?.client
    for (let seq = step.lastSeq; seq >= step.firstSeq; seq--) {
      const undone = await client?.history.undo({ seq }).catch((error: { data?: unknown }) => {
        throw new Error(`${seq} ${step.call} by ${step.actor.name}: ${JSON.stringify(error.data)}`, { cause: error })
      })
      result.undone++
      if (undone?.kept || undone?.failed) result.mismatches.push(`${seq} ${step.call}: ${JSON.stringify(undone.details)}`)
    }
    if (digestOf(scene) !== step.digest) result.mismatches.push(`${step.firstSeq} ${step.call}: the digest differs`)
    if (result.mismatches.length > 20) return
  }
}
