import { isValidPhoneNumber } from 'libphonenumber-js/max'
import { manyNumbers } from './phoneKindsMany.ts'
import { oneNumber } from './phoneKindsOne.ts'
import type { Tools } from './phoneTools.ts'

export type InventedPhone = {
  readonly kind: string
  readonly raw: string
  /** E.164 numbers in the order in which they stand, a blank between. */
  readonly expected: string
  readonly extension: string
  readonly masked: string
}
/** Numbers from 0 to 1, the same for the same seed on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const MOBILES =
  '130 131 132 133 134 135 136 137 138 139 145 147 150 151 152 153 155 156 157 158 159 166 172 173 175 176 177 178 180 181 182 183 184 185 186 187 188 189 190 191 193 195 196 197 198 199'.split(
    ' ',
  )
const AREAS =
  '10 20 21 22 23 24 25 27 28 29 310 311 335 349 351 371 379 391 411 415 427 431 451 459 471 482 510 512 517 523 531 536 546 551 562 571 574 580 591 599 631 635 660 663 691 701 710 719 728 731 734 745 751 755 769 771 776 790 812 826 831 851 859 871 878 888 891 898 901 906 911 919 931 943 951 971 979 991 999'.split(
    ' ',
  )
/** `count` phone cells as Chinese sheets hold them, each with the right answer; `seed` chooses which. */
export function inventPhones(count: number, seed: number): InventedPhone[] {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const digits = (n: number): string => Array.from({ length: n }, () => Math.floor(random() * 10)).join('')
  const tools: Tools = { random, pick, digits, ...numbersOf(pick, digits, random) }
  const kinds = Object.entries({ ...oneNumber, ...manyNumbers })
  return Array.from({ length: count }, (_one, at) => {
    const [kind, make] = kinds[at % kinds.length] as (typeof kinds)[number]
    return { kind, expected: '', extension: '', masked: '', ...make(tools) }
  })
}

function numbersOf(pick: Tools['pick'], digits: Tools['digits'], random: () => number): Pick<Tools, 'mobile' | 'land'> {
  const land = (): { area: string; local: string } => {
    for (;;) {
      const area = pick(AREAS)
      const local = `${2 + Math.floor(random() * 7)}${digits(area.length === 2 || random() < 0.6 ? 7 : 6)}`
      if (isValidPhoneNumber(`+86${area}${local}`)) return { area, local }
    }
  }
  return { mobile: () => pick(MOBILES) + digits(8), land }
}
