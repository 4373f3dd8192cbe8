import type { Actor } from '../../src-shared/kernel/actor.ts'
import { bring } from '../features/importFixtures.ts'
import { startBackend, type TestBackend } from './backend.ts'
import { administrator } from './factories.ts'

/** An office with nobody but its administrator. */
export async function begun(): Promise<{ backend: TestBackend; admin: Actor }> {
  const backend = await startBackend()
  await backend.start()
  return { backend, admin: administrator(backend) }
}
/** People, firms and goods of a pipeline, as their files have them. */
export async function bringBase({ backend, admin }: { backend: TestBackend; admin: Actor }, file: (name: string) => string) {
  return {
    people: await bring(backend, admin, file('sales_teams.csv'), { entity: 'employee', missing: 'create' }),
    firms: await bring(backend, admin, file('accounts.csv'), { entity: 'customer' }),
    goods: await bring(backend, admin, file('products.csv'), { entity: 'product' }),
  }
}
