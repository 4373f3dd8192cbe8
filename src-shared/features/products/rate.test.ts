import { expect, it } from 'vitest'
import { cleanRate, sharedRate } from './rate.ts'

it.each([
  ['13', '13'],
  ['13%', '13'],
  [' １３％ ', '13'],
  ['13.00', '13'],
  ['0.50%', '0.5'],
  ['免税', '0'],
  ['100', '100'],
  ['many', 'many'],
  ['-3', '-3'],
])('%s is the rate %s', (given, rate) => expect(cleanRate(given)).toBe(rate))

it.each([
  ['0.13', '13'],
  ['.06', '6'],
  ['0.1', '10'],
  ['0.005', '0.5'],
  ['0.5%', '0.5'],
  ['13', '13'],
])('%s of a sheet is the rate %s', (given, rate) => expect(sharedRate(given)).toBe(rate))
