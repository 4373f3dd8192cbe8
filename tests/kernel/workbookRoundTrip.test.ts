// Issue 3: random table → xlsx and csv by an independent writer → import → export, equal; tests/acceptance/roundTrip.test.ts
// makes 2,000 of each.
import { afterAll, expect, test } from 'vitest'
import { importTrips } from '../support/importTrip.ts'
import { fileTrips } from '../support/roundTrip.ts'
import { scratch } from './workbookMaker.ts'

const files = scratch()
afterAll(() => files.remove())

test('40 random tables, written by others, read, written and read by others again, are equal', { timeout: 120_000 }, async () => {
  expect(await fileTrips(1, 40, files.path)).toEqual([])
})

test('8 random tables of customers go through import and export unchanged', { timeout: 120_000 }, async () => {
  expect(await importTrips(1, 8)).toEqual([])
})
