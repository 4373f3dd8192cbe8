/** What the window keeps in memory of the person at it; each keeper says here how to let it go. */
const keepers = new Set<() => void>()

export const onForget = (forget: () => void): void => void keepers.add(forget)

/** Somebody signs out, or in: nothing the one before opened, did or was told may be seen by the next on the same computer. */
export function forgetPerson(): void {
  for (const forget of keepers) forget()
}
