/** Figures as decisions.md wants them: one JSON object a line, each beside a reference measured in the same run. */
export type Figure = { case: string; ok: boolean } & Record<string, unknown>

export class Report {
  readonly #bench: string
  #missed = 0

  constructor(bench: string) {
    this.#bench = bench
  }

  line(figure: Figure): void {
    if (!figure.ok) this.#missed++
    process.stdout.write(`${JSON.stringify({ bench: this.#bench, ...figure })}\n`)
  }

  /** What was done on the way, without a gate. */
  note(what: Record<string, unknown>): void {
    process.stdout.write(`${JSON.stringify({ bench: this.#bench, ...what })}\n`)
  }

  /** Sets the exit code: 1 when a gate was missed. */
  end(): void {
    if (this.#missed > 0) process.exitCode = 1
  }
}

export const percentile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits))

/** Small answers are mostly overhead: a ratio counts only above this. */
const FREE_MS = 2
const TIMES = 4
const AIM_MS = 20

export type Pair = {
  calls: number
  product: (call: number) => Promise<unknown>
  reference: (call: number) => unknown
  /** Throws when the two answered otherwise; asked after both, outside the time. */
  check?: (call: number) => void
}

/**
 * Times product and reference in turn, so that whatever else the machine does falls on both; each goes first half the time,
 * because who comes second finds the pages warm.
 */
export async function inTurn({ calls, product, reference, check }: Pair): Promise<{ mine: number[]; bare: number[] }> {
  const mine: number[] = []
  const bare: number[] = []
  const warmUps = Math.min(5, calls)
  for (let call = -warmUps; call < calls; call++) {
    const at = (call + calls) % calls
    const productFirst = call % 2 === 0
    const early = productFirst ? await timed(() => product(at)) : await timed(() => reference(at))
    const late = productFirst ? await timed(() => reference(at)) : await timed(() => product(at))
    check?.(at)
    if (call < 0) continue
    mine.push(productFirst ? early : late)
    bare.push(productFirst ? late : early)
  }
  return { mine, bare }
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  const answer = work()
  // Awaiting what is no promise would let other work in between.
  if (answer instanceof Promise) await answer
  return performance.now() - start
}

export const within = (mine: number, bare: number): boolean => mine <= Math.max(FREE_MS, TIMES * bare)

/** The gate of the desk: at most four times the bare SQL, or two milliseconds; in the middle and at the 95th of a hundred. */
export async function gateAgainstSql(report: Report, name: string, pair: Pair): Promise<void> {
  const { mine, bare } = await inTurn(pair)
  const [p50, p95] = [percentile(mine, 0.5), percentile(mine, 0.95)]
  const [bare50, bare95] = [percentile(bare, 0.5), percentile(bare, 0.95)]
  report.line({
    case: name,
    p50: rounded(p50),
    p95: rounded(p95),
    reference: rounded(bare50),
    reference95: rounded(bare95),
    ratio: rounded(p50 / bare50),
    ratio95: rounded(p95 / bare95),
    aim: p95 <= AIM_MS,
    ok: within(p50, bare50) && within(p95, bare95),
  })
}

export function textOption(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}

/** `--customers 50000` and the like. */
export function wholeOption(name: string, otherwise: number): number {
  const given = textOption(name)
  if (given === undefined) return otherwise
  const value = Number(given)
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} wants a whole number`)
  return value
}
