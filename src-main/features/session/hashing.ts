import { hash, verify } from '@node-rs/argon2'

/** 64 MiB, three passes: some 100 ms of one core. Tests may ask for the cheapest, and only tests. */
const cheap = process.env['VITEST'] !== undefined && process.env['KEZHAN_TEST_HASH'] === 'cheap'
const COST = cheap ? { memoryCost: 1024, timeCost: 1, parallelism: 1 } : { memoryCost: 65_536, timeCost: 3, parallelism: 1 }
/** Each hash holds 64 MiB while it runs, and all of them share the machine with everybody's calls. */
const AT_ONCE = 2

let free = AT_ONCE
const waiting: (() => void)[] = []

/** Runs work that hashes; at most two at a time, the others in order of arrival. */
export async function inHashSlot<Output>(work: () => Promise<Output>): Promise<Output> {
  if (free > 0) free--
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
}

/** How many wait for a slot: a flood of logins is turned away instead of filling memory. */
export const waitingForSlot = (): number => waiting.length

/** A PHC string that names its own algorithm, cost and salt. Only inside `inHashSlot`. */
export const hashInSlot = (password: string): Promise<string> => hash(password.normalize('NFKC'), COST)
export const hashPassword = (password: string): Promise<string> => inHashSlot(() => hashInSlot(password))

let decoy: Promise<string> | undefined
/** Compared with when the account does not exist, so that the answer takes as long as for one that does. */
export const decoyHash = (): Promise<string> => {
  decoy ??= hashInSlot('nobody has this password')
  return decoy
}

export const verifyInSlot = (stored: string, password: string): Promise<boolean> => verify(stored, password.normalize('NFKC'))

/** True for a hash made with another cost than today's: it is made anew at the next login. */
export const isOutdated = (stored: string): boolean =>
  !stored.startsWith('$argon2id$') || !stored.includes(`$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`)
