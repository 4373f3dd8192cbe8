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

export type Pair = { calls: number; product: (call: number) => Promise<unknown>; reference: (call: number) => unknown }

const cpuMs = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

type Timed = { wall: number[]; cpu: number[] }

/** Times product and reference in turn, so that whatever else the machine does falls on both. */
export async function inTurn({ calls, product, reference }: Pair): Promise<{ mine: Timed; bare: Timed }> {
  const mine: Timed = { wall: [], cpu: [] }
  const bare: Timed = { wall: [], cpu: [] }
  const warmUps = Math.min(5, calls)
  for (let call = -warmUps; call < calls; call++) {
    const at = (call + calls) % calls
    const first = await timed(() => product(at))
    const second = await timed(() => reference(at))
    if (call < 0) continue
    for (const [into, { wall, cpu }] of [[mine, first] as const, [bare, second] as const]) {
      into.wall.push(wall)
      into.cpu.push(cpu)
    }
  }
  return { mine, bare }
}

async function timed(work: () => unknown): Promise<{ wall: number; cpu: number }> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  const answer = work()
  // Awaiting what is no promise would let other work in between.
  if (answer instanceof Promise) await answer
  return { wall: performance.now() - start, cpu: cpuMs(cpu) }
}

/**
 * The gate of the desk: at most four times the bare SQL, or two milliseconds. On a machine that others use too, the wall clock
 * of a call that crosses to a worker thread tells of their work; then the processor time of the whole process decides.
 */
export async function gateAgainstSql(report: Report, name: string, pair: Pair): Promise<void> {
  const { mine, bare } = await inTurn(pair)
  const [p50, p95, reference] = [percentile(mine.wall, 0.5), percentile(mine.wall, 0.95), percentile(bare.wall, 0.5)]
  const [cpu, cpuReference] = [percentile(mine.cpu, 0.5), percentile(bare.cpu, 0.5)]
  report.line({
    case: name,
    p50: rounded(p50),
    p95: rounded(p95),
    reference: rounded(reference),
    ratio: rounded(p50 / reference),
    cpu: rounded(cpu),
    cpuReference: rounded(cpuReference),
    aim: p95 <= AIM_MS,
    ok: p50 <= Math.max(FREE_MS, TIMES * reference) || cpu <= Math.max(FREE_MS, TIMES * cpuReference),
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
