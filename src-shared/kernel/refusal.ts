/** A rule said no. The reason is a short camelCase word, listed by the command's contract and put into words by the slice's text.ts. */
export class Refusal<Reason extends string = string> extends Error {
  readonly reason: Reason
  readonly detail: Record<string, unknown> | undefined
  constructor(reason: Reason, detail?: Record<string, unknown>) {
    super(reason)
    this.name = 'Refusal'
    this.reason = reason
    this.detail = detail
  }
}

/** Runs a rule for its answer: pages use it to know beforehand what the backend would say. */
export function attempt<T>(decide: () => T): T | Refusal {
  try {
    return decide()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
