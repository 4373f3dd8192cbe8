import { type ReactNode, useSyncExternalStore } from 'react'

export type Question = {
  /** A question with the number: 「删除 12 个客户？」 */
  readonly title: string
  /** Consequence and exception. */
  readonly body?: ReactNode
  /** The verb and the number again: 「删除 12 个」 */
  readonly yes: string
  /** What not to do it is called, where "cancel" would be a riddle: 「取消这次导入？」 */
  readonly no?: string
  readonly danger?: boolean
  readonly undoable?: boolean
  /** No way back: the number has to be typed. */
  readonly typed?: number
}
type Asked = Question & { answer: (yes: boolean) => void }

let asked: Asked | null = null
const listeners = new Set<() => void>()
const set = (next: Asked | null) => {
  asked = next
  for (const tell of listeners) tell()
}

/** Asks before something that concerns many rows or cannot be taken back. */
export const confirm = (question: Question): Promise<boolean> =>
  new Promise((resolve) => {
    asked?.answer(false)
    set({ ...question, answer: resolve })
  })

/** What is asked now, for the one place that shows it. */
export const useAsked = (): Asked | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => asked,
  )

export const answerAsked = (yes: boolean): void => {
  asked?.answer(yes)
  set(null)
}
