import { type Dice, dice, type LabelledTable } from './table.ts'

const GIVEN =
  'james emily jack olivia thomas sophie joshua jessica william chloe daniel isabella lachlan georgia benjamin ella samuel hannah matthew grace ethan emma luke charlotte nicholas sarah jacob mia alexander ruby harrison lucy liam madison oliver zoe cooper amelia riley holly jordan alice ryan lily max bailey isaac maddison callum eliza noah abbey caleb sienna connor caitlin dylan paige kyle imogen joel jasmine michael stephanie zachary brooke nathan alyssa cameron tahlia jayden kayla adam mitchell lauren aidan rebecca toby rachel logan teagan angus erin finn molly patrick lara hugo freya oscar tara sebastian natasha jake alexandra hamish claire blake elizabeth tyler victoria jaxon maya flynn phoebe declan harriet elijah annabelle xavier brianna marcus kirra hayden talia leo bethany evan mikayla tristan amber archer indiana gabriel laura owen kate darcy poppy edward nicole brodie eve louis anna reece summer edan zali koby isobel trent vanessa brock montana ashton shania rhys ebony lewis dakota beau shelby'.split(
    ' ',
  )
const SURNAME =
  'smith jones williams brown wilson taylor johnson white martin anderson thompson nguyen thomas walker harris lee ryan robinson kelly king davis wright evans roberts green hall wood jackson clarke patel khan lewis james phillips mason mitchell rose davies cox alexander campbell scott turner cooper morris ward bell baker young hill carter clark reid matthews webb dixon howard simpson stewart marshall collins cook murphy miller bailey watson bennett gray morgan hughes adams fraser palmer edwards fisher ross kennedy hunter graham shaw foster barnes parker butler burns murray hamilton russell mcdonald ferguson dawson lawson gordon francis sutton boyd chapman hayes duncan stone owen spencer lowe pearce nicholls harvey dunn knight porter elliott bishop berry lambert warner rowe blake chandler goode ryder weller purdon clapham hosking beazley lodder kilmartin rudd tilley varcoe wicks zammit quilty pascoe oakden nixon mackay lukacs kirkby jolly ingram haines garland falkner eastick dabinett cavanagh bartlett ashby vassallo trengove stanhope sheppard rosenberg pritchard poulton ormsby neale muller lombardi kowalski jankowski hartmann grosser fechner dimasi costello binder antonelli'.split(
    ' ',
  )
const ONSET = 'b bl br c ch cr d dr f fl g gr h j k kl l m n p pr r s sh st str t th tr v w wh'.split(' ')
const VOWEL = 'a e i o u ee oo ay ea ou'.split(' ')
const CODA = 'n m l r s t ck nd rt ng ld th st y sk'.split(' ')
const STREET = 'street place avenue road crescent court circuit drive close way parade'.split(' ')
const SECOND = 'village park flat unit rosebank glenview hillside riverview farm lot meadowbank'.split(' ')
const STATES = ['nsw', 'vic', 'qld', 'wa', 'sa', 'tas', 'act', 'nt']
const KEYBOARD = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890']
const SOUNDS: readonly (readonly [string, string])[] = [
  ['ph', 'f'],
  ['ck', 'k'],
  ['ie', 'ei'],
  ['ll', 'l'],
  ['tt', 't'],
  ['s', 'z'],
  ['y', 'i'],
  ['th', 't'],
  ['ea', 'ee'],
  ['c', 'k'],
]

export type EnglishWays = {
  readonly originals: number
  readonly duplicates: number
  readonly mostPerPerson: number
  readonly errorsPerField: number
  readonly errorsPerRow: number
  /** Share of persons who live with another of the same surname and address. */
  readonly families?: number
}

const HEADER = [
  'rec_id',
  'given_name',
  'surname',
  'street_number',
  'address_1',
  'address_2',
  'suburb',
  'postcode',
  'state',
  'date_of_birth',
  'soc_sec_id',
] as const

/** Persons as a register holds them, and their copies with typing errors, swapped fields, other values and gaps. */
export function englishPersons(seed: number, ways: EnglishWays): LabelledTable {
  const die = dice(seed)
  const pools = makePools(die)
  const people: string[][] = []
  for (let at = 0; at < ways.originals; at++) {
    const before = people[at - 1]
    const kin = before !== undefined && die.chance(ways.families ?? 0) ? before : null
    people.push(person(die, pools, kin))
  }
  const copies = new Map<number, number>()
  const out: { cells: string[]; of: number }[] = people.map((cells, of) => ({ cells: [`rec-${of}-org`, ...cells], of }))
  for (let made = 0; made < ways.duplicates; ) {
    const of = die.below(people.length)
    const had = copies.get(of) ?? 0
    const more = Math.min(1 + die.below(ways.mostPerPerson), ways.mostPerPerson - had, ways.duplicates - made)
    for (let number = had; number < had + more; number++) {
      out.push({ cells: [`rec-${of}-dup-${number}`, ...corrupt(die, pools, people[of] ?? [], ways)], of })
      made++
    }
    if (more > 0) copies.set(of, had + more)
  }
  const rows = die.shuffle(out)
  return { header: HEADER, rows: rows.map(({ cells }) => cells), truth: rows.map(({ of }) => String(of)) }
}

type Pools = {
  streets: readonly string[]
  suburbs: readonly (readonly [string, string, string])[]
  surnames: readonly string[]
  seconds: readonly string[]
}

function makePools(die: Dice): Pools {
  const word = (): string => {
    let out = ''
    for (let part = 0; part < 1 + die.below(3); part++) out += die.pick(ONSET) + die.pick(VOWEL)
    return out + die.pick(CODA)
  }
  const many = <Item>(count: number, make: () => Item): Item[] => Array.from({ length: count }, make)
  return {
    streets: many(400, () => `${word()} ${die.pick(STREET)}`),
    suburbs: many(
      300,
      () =>
        [
          die.chance(0.3) ? `${die.pick(['mount', 'north', 'east', 'port', 'lake'])} ${word()}` : word(),
          String(2000 + die.below(5000)),
          die.skewed(STATES),
        ] as const,
    ),
    surnames: [...SURNAME, ...many(400, word)],
    seconds: many(250, () => (die.chance(0.4) ? `${die.pick(SECOND)} ${1 + die.below(40)}` : `${word()} ${die.pick(SECOND)}`)),
  }
}

function person(die: Dice, pools: Pools, kin: readonly string[] | null): string[] {
  const [suburb, postcode, state] = die.pick(pools.suburbs)
  const year = 1900 + die.below(100)
  const born = `${year}${String(1 + die.below(12)).padStart(2, '0')}${String(1 + die.below(28)).padStart(2, '0')}`
  const home = kin
    ? [kin[1] ?? '', kin[2] ?? '', kin[3] ?? '', kin[4] ?? '', kin[5] ?? '', kin[6] ?? '', kin[7] ?? '']
    : [
        die.skewed(pools.surnames),
        die.chance(0.04) ? '' : String(1 + Math.floor(die.next() * die.next() * 300)),
        die.pick(pools.streets),
        die.chance(0.12) ? '' : die.skewed(pools.seconds),
        suburb,
        postcode,
        state,
      ]
  return [
    die.chance(0.06) ? '' : die.skewed(GIVEN),
    ...home,
    die.chance(0.05) ? '' : born,
    String(1_000_000 + die.below(9_000_000)),
  ]
}

/** Which fields err how often: names and addresses more than codes. */
const ERRS = [12, 14, 8, 14, 12, 12, 9, 3, 10, 6]

function corrupt(die: Dice, pools: Pools, from: readonly string[], ways: EnglishWays): string[] {
  const out = [...from]
  let left = 1 + die.below(ways.errorsPerRow)
  while (left > 0) {
    const field = weighted(die, ERRS)
    const times = Math.min(left, 1 + die.below(ways.errorsPerField))
    left -= times
    if (die.chance(0.06) && (field === 0 || field === 1)) [out[0], out[1]] = [out[1] ?? '', out[0] ?? '']
    else if (die.chance(0.05) && (field === 3 || field === 4)) [out[3], out[4]] = [out[4] ?? '', out[3] ?? '']
    else if (die.chance(0.1)) out[field] = out[field] === '' ? (person(die, pools, null)[field] ?? '') : ''
    else if (die.chance(0.14)) out[field] = person(die, pools, null)[field] ?? ''
    else for (let time = 0; time < times; time++) out[field] = mistype(die, out[field] ?? '')
  }
  return out
}

function weighted(die: Dice, weights: readonly number[]): number {
  let rest = die.next() * weights.reduce((sum, one) => sum + one, 0)
  for (let at = 0; at < weights.length; at++) {
    rest -= weights[at] ?? 0
    if (rest < 0) return at
  }
  return 0
}

/** One slip of the hand, the ear or the eye. */
export function mistype(die: Dice, text: string): string {
  if (text.length < 2) return text
  const at = die.below(text.length)
  const sign = text[at] ?? ''
  const kind = die.below(12)
  if (kind < 3) return text.slice(0, at) + neighbour(die, sign) + text.slice(at + 1)
  if (kind < 5) return text.slice(0, at) + neighbour(die, sign) + text.slice(at)
  if (kind < 7) return text.slice(0, at) + text.slice(at + 1)
  if (kind < 9) return at + 1 < text.length ? text.slice(0, at) + (text[at + 1] ?? '') + sign + text.slice(at + 2) : text
  if (kind === 9) return /\d/.test(sign) ? text : `${text.slice(0, at)} ${text.slice(at)}`
  if (kind === 10 && text.includes(' ')) return text.replace(' ', '')
  const [from, to] = die.pick(SOUNDS)
  return text.replace(from, to)
}

function neighbour(die: Dice, sign: string): string {
  const row = KEYBOARD.find((keys) => keys.includes(sign))
  if (row === undefined) return sign
  const at = row.indexOf(sign) + (die.chance(0.5) ? 1 : -1)
  return row[Math.max(0, Math.min(row.length - 1, at))] ?? sign
}

/** Few columns, many copies of each: first name, surname, birth date, city, mail, with swapped names and damaged mails. */
export function englishContacts(seed: number, persons: number): LabelledTable {
  const die = dice(seed)
  const pools = makePools(die)
  const cities = [
    'London',
    'Birmingham',
    'Leeds',
    'Manchester',
    'Glasgow',
    'Bristol',
    'Plymouth',
    'Bolton',
    'Swansea',
    'Derby',
    'Hull',
    'Luton',
  ]
  const title = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
  const out: { cells: string[]; of: string }[] = []
  for (let of = 0; of < persons; of++) {
    const [first, last] = [title(die.skewed(GIVEN)), title(die.skewed(pools.surnames))]
    const born = new Date(Date.UTC(1950 + die.below(60), die.below(12), 1 + die.below(28))).toISOString().slice(0, 10)
    const mail = `${die.pick(GIVEN)}${die.pick(SURNAME).slice(0, 1 + die.below(6))}${die.below(100)}@${die.pick(SURNAME)}-${die.pick(SURNAME)}.${die.pick(['com', 'org', 'net', 'info'])}`
    const city = die.skewed(cities)
    for (let copy = 0; copy < 1 + die.below(6); copy++) {
      const names = die.chance(0.12) ? [last, first] : [first, last]
      const shown = [...names, born, city, mail].map((cell, at) => {
        if (die.chance([0.1, 0.1, 0.03, 0.15, 0.2][at] ?? 0)) return ''
        if (at === 2) return die.chance(0.25) ? shifted(die, cell) : cell
        return die.chance(0.15) ? mistype(die, mistype(die, cell)) : cell
      })
      out.push({ cells: [String(out.length), ...shown], of: String(of) })
    }
  }
  return {
    header: ['unique_id', 'first_name', 'surname', 'dob', 'city', 'email'],
    rows: out.map(({ cells }) => cells),
    truth: out.map(({ of }) => of),
  }
}

function shifted(die: Dice, date: string): string {
  const moved = new Date(`${date}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + die.below(400) - 200)
  return moved.toISOString().slice(0, 10)
}
