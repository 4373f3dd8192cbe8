import { failureOf, failureText } from './errors.ts'
import { toast } from './toast.tsx'

/**
 * What a cell says of an edit that was not taken, said aloud as well. Nothing stays in the cell where a colleague was first and the question
 * whose value stands has been answered by giving one's own up: then today's stands there.
 */
export function cellRefusal(error: unknown, feature: string): string | null {
  const refused = failureText(error, feature)
  toast(refused, { tone: 'bad' })
  return failureOf(error)?.data?.conflict === undefined ? refused : null
}
