import { matchExpression } from '../../../src-main/kernel/searchQuery.ts'
import { ownerToken } from '../../../src-main/kernel/searchTerms.ts'
import { pinyinOf } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { Case, Desk } from './listCases.ts'
import { searchReader } from './reference.ts'

const CALLS = 100
const COMMON = ['公司', '有限公司', '科技', '机械', '上海', '苏州', '电子', '精密机械', '食品', '股份有限公司']
const LETTERS = [...'bcdfghjlmnpqrstwxyz']

/** What people type, taken from names and numbers all over the base. */
function words({ reference, customers }: Desk): Record<string, readonly string[]> {
  const pick = reference.prepare('select name, phone from customer where rowid >= ? limit 1')
  const samples = Array.from(
    { length: CALLS },
    (_, call) => pick.get(BigInt(1 + Math.floor((call * (customers - 1000)) / CALLS))) as { name: string; phone: string },
  )
  const characters = samples.map(({ name }) => [...name])
  const brand = (call: number, length: number) => (characters[call] ?? []).slice(2, 2 + length).join('')
  const calls = samples.map((_, call) => call)
  return {
    'name part': calls.map((call) => brand(call, 4)),
    'pinyin of a name part': calls.map((call) => pinyinOf(brand(call, 3)).full.join('')),
    'unfinished pinyin': calls.map((call) => pinyinOf(brand(call, 2)).full.join('').slice(0, -1)),
    initials: calls.map((call) => pinyinOf(brand(call, 4)).initials),
    'two initials': calls.map((call) => pinyinOf(brand(call, 2)).initials),
    'one letter': calls.map((call) => LETTERS[call % LETTERS.length] ?? 'b'),
    'phone tail': samples.map(({ phone }) => phone.slice(-4)),
    'phone middle': samples.map(({ phone }) => phone.slice(5, 10)),
    'one character': calls.map((call) => brand(call, 1)),
    'two characters': calls.map((call) => brand(call, 2)),
    'common word': calls.map((call) => COMMON[call % COMMON.length] ?? '公司'),
    'whole name': samples.map(({ name }) => name),
    'two words': calls.map((call) => `${(characters[call] ?? []).slice(0, 2).join('')} ${brand(call, 2)}`),
    nothing: calls.map((call) => `${brand(call, 1)}鑫鑫鑫`),
  }
}

export function searchCases(desk: Desk): Case[] {
  const { who, reference } = desk
  const read = searchReader(reference)
  const scope = who.owners?.map((id) => `"${ownerToken(id)}"`).join(' OR ')
  return Object.entries(words(desk)).map(([name, typed]) => ({
    name: `search: ${name}`,
    calls: CALLS,
    product: (call) => who.client.search.records({ text: typed[call] ?? '' }),
    reference: (call) => {
      const expression = matchExpression(who.actor, typed[call] ?? '', null) ?? ''
      return read(scope ? `(${expression}) AND scope : (${scope})` : expression)
    },
  }))
}
