import { registerRefusals } from '../kernel/errors.ts'

/** Every slice's refusal sentences; the slices bring them in their own text. */
export function registerAllRefusals(): void {
  void registerRefusals
}
