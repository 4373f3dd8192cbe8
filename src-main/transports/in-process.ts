import { createRouterClient, type RouterClient } from '@orpc/server'
import type { RequestContext } from '../kernel/context.ts'
import { router } from '../router.ts'

/** For jobs, the command line and tests: same pipeline, no wire. The context is made anew per call, for its key and actor. */
export const callInProcess = (contextFor: () => RequestContext): RouterClient<typeof router> =>
  createRouterClient(router, { context: contextFor })
