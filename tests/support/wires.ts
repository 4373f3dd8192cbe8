import { afterAll } from 'vitest'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { Client } from './backend.ts'
import type { Office } from './factories.ts'
import { type Connection, transports } from './transports.ts'

export const wires = Object.keys(transports)

/** Opens connections over one wire and closes them when the suite ends. */
export function connectOver(name: string, office: () => Office): (actor: Actor) => Promise<Client> {
  const open: Connection[] = []
  afterAll(async () => {
    for (const connection of open) await connection.close()
  })
  return async (actor) => {
    const connection = await transports[name]?.(office().running, actor)
    if (!connection) throw new Error(`no wire ${name}`)
    open.push(connection)
    return connection.client
  }
}
