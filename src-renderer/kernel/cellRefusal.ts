import { isGivenUp } from './conflict.ts'
import { failureText } from './errors.ts'
import { toast } from './toast.tsx'

/**
 * What a cell says of an edit that was not taken, said aloud as well. Nothing stays in the cell where a colleague was first and somebody
 * gave his own value up: then today's stands there.
 */
export function cellRefusal(error: unknown, feature: string): string | null {
  const refused = failureText(error, feature)
  toast(refused, { tone: 'bad' })
  return isGivenUp(error) ? null : refused
}
