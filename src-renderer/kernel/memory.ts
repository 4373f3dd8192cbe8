import { onForget } from './person.ts'

/** One thing that pages keep from one another while the same person is here. */
export function memoryOf<Kept>(): { readonly remember: (next: Kept) => void; readonly last: () => Kept | null } {
  let kept: Kept | null = null
  onForget(() => {
    kept = null
  })
  return {
    remember: (next) => {
      kept = next
    },
    last: () => kept,
  }
}
