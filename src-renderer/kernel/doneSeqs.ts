import { SEQ_HEADER } from '../../src-shared/kernel/headers.ts'

const KEPT = 200
const seqs = new Map<string, number>()

/** The number under which the newest answered command about this record, or of this procedure, stands in the history; null when nothing is to be taken back. */
export const seqOf = (recordOrProcedure: string): number | null => seqs.get(recordOrProcedure) ?? null

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>
type Told = { readonly path: readonly string[]; readonly input: unknown; readonly output: unknown; readonly headers: Headers }

/** Keeps what a command's answer says about itself. A question's answer says nothing and leaves all as it was. */
export function noteSeq({ path, input, output, headers }: Told): void {
  const told = headers[SEQ_HEADER]
  if (typeof told !== 'string') return
  const seq = Number(told)
  for (const key of [path.join('.'), ...idsIn(input), ...idsIn(output)]) {
    // Set anew, so that the oldest is the first to go.
    seqs.delete(key)
    if (seq > 0) seqs.set(key, seq)
  }
  for (const key of seqs.keys()) {
    if (seqs.size <= KEPT) break
    seqs.delete(key)
  }
}

const idsIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? ['id', 'userId'].flatMap((key) => {
        const id = (value as Record<string, unknown>)[key]
        return typeof id === 'string' ? [id] : []
      })
    : []

type Answered = { heard?: Headers }

/** Sees the answer; what stood beside it comes through the call's context from `hearHeaders`. */
export async function keepSeq<Options extends { path: readonly string[]; input: unknown; context: object }, Output>(
  options: Options & { next: (changed: Options) => Promise<Output> },
): Promise<Output> {
  const answered: Answered = {}
  const output = await options.next({ ...options, context: { ...options.context, answered } })
  if (answered.heard) noteSeq({ path: options.path, input: options.input, output, headers: answered.heard })
  return output
}

export async function hearHeaders<Answer extends { headers: Headers }>(options: {
  context: object
  next: () => Promise<Answer>
}): Promise<Answer> {
  const response = await options.next()
  const { answered } = options.context as { answered?: Answered }
  if (answered) answered.heard = response.headers
  return response
}
