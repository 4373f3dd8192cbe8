import type { StandardHandlerOptions, StandardHandlerPlugin } from '@orpc/server/standard'
import type { RequestContext } from '../kernel/context.ts'

const single = (value: string | readonly string[] | undefined): string | null =>
  value === undefined ? null : typeof value === 'string' ? value : (value[0] ?? null)

/** Headers of a call and of its answer. Only commands ask for them, so nothing is built for a call that does not. */
export class CallHeaders<Context extends RequestContext> implements StandardHandlerPlugin<Context> {
  init(options: StandardHandlerOptions<Context>): void {
    options.rootInterceptors ??= []
    options.rootInterceptors.push(async (call) => {
      const told: Record<string, string> = {}
      const headers: Pick<RequestContext, 'headerOf' | 'tell'> = {
        headerOf: (name) => single(call.request.headers[name]),
        tell: (name, value) => {
          told[name] = value
        },
      }
      const result = await call.next({ ...call, context: { ...call.context, ...headers } })
      if (!result.matched || Object.keys(told).length === 0) return result
      return { ...result, response: { ...result.response, headers: { ...result.response.headers, ...told } } }
    })
  }
}
