import { ORPCError } from '@orpc/server'
import type { Backend } from '../kernel/context.ts'

type Call<Output> = { readonly context: { readonly backend: Pick<Backend, 'log'> }; next(): Output }

/** Around every call, for what fails before the pipeline takes over, such as the judging of the input: no fault without a line. */
export async function tellFault<Output>({ context, next }: Call<Output>): Promise<Awaited<Output>> {
  try {
    return await next()
  } catch (error) {
    if (error instanceof ORPCError && (error.defined || error.code !== 'INTERNAL_SERVER_ERROR')) throw error
    const incident = context.backend.log.fault(error, 'call')
    throw new ORPCError('INTERNAL_SERVER_ERROR', { data: { incident }, defined: true })
  }
}
