// Issue 3: random table → xlsx and csv by an independent writer → import → export: equal, 2,000 tables.
// KEZHAN_SEED=n begins at another seed; what fails names its seed.
import { afterAll, expect, it } from 'vitest'
import { scratch } from '../kernel/workbookMaker.ts'
import { importTrips } from '../support/importTrip.ts'
import { fileTrips } from '../support/roundTrip.ts'

const files = scratch()
afterAll(() => files.remove())
const first = Number(process.env['KEZHAN_SEED'] ?? 1)

it('2,000 random tables, written by others, read, written and read by others again, are equal', async () => {
  expect(await fileTrips(first, 2000, files.path)).toEqual([])
})

it('2,000 random tables of customers, each as xlsx and as csv, go through import and export unchanged', async () => {
  expect(await importTrips(first, 2000)).toEqual([])
})
