import { expect } from 'vitest'
import { mayKnow, type Person, type World } from './policyWorld.ts'

/** One comparison of what a user got about one record through one channel with what the model says. */
export class Checks {
  total = 0
  readonly byChannel: Record<string, number> = {}
  readonly leaks: string[] = []

  same(channel: string, actual: unknown, expected: unknown, about: string): void {
    this.total++
    this.byChannel[channel] = (this.byChannel[channel] ?? 0) + 1
    if (JSON.stringify(actual) === JSON.stringify(expected)) return
    expect.fail(`${channel}: ${about}\n got      ${JSON.stringify(actual)}\n expected ${JSON.stringify(expected)}`)
  }

  /** Reads an answer as text: no canary in it may be one that the user must not know. */
  scan(world: World, person: Person, channel: string, answer: unknown): void {
    for (const [token] of (JSON.stringify(answer) ?? '').matchAll(/q[a-z]{6}x|138\d{8}/g))
      if (!mayKnow(world, person, token)) this.leaks.push(`${channel}: ${token} reached ${person.userId}`)
  }
}
