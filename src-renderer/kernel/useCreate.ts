import { type UseMutationOptions, useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { CallContext } from './api.ts'
import { newId } from './ids.ts'

/**
 * The call of a form that makes something new. A second press while the first is on its way does nothing (a button is disabled a
 * render too late for that), and one key for each opened form lets the host answer a repeated call without making it twice.
 */
export function useCreate<Output, Input>(options: (context: CallContext) => UseMutationOptions<Output, Error, Input>) {
  const form = useRef({ key: newId(), sending: false })
  const [context] = useState<CallContext>(() => ({
    get idempotencyKey() {
      return form.current.key
    },
  }))
  const { mutateAsync, isPending, error } = useMutation(options(context))
  /** Answers whether it was made; a failure has been told by the one handler of failed calls. */
  const create = async (input: Input): Promise<boolean> => {
    const { current } = form
    if (current.sending) return false
    current.sending = true
    return mutateAsync(input)
      .then(
        () => {
          current.key = newId()
          return true
        },
        () => false,
      )
      .finally(() => {
        current.sending = false
      })
  }
  return { create, isPending, error }
}
