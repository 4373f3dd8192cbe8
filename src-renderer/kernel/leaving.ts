let leaving = false

/** Somebody signs out here: the end of the session is no news then. */
export const isLeaving = (): boolean => leaving
export const setLeaving = (now: boolean): void => {
  leaving = now
}
