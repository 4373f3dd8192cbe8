import { Button, Input, Modal } from 'antd'
import { type ReactNode, useState, useSyncExternalStore } from 'react'
import { useText } from '../kernel/text.ts'
import { text } from './text.ts'

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

/** The card of the question, as the dialog and the kit show it. */
export function QuestionCard({ question, onAnswer }: { question: Question; onAnswer: (yes: boolean) => void }) {
  const t = useText(text)
  const [typed, setTyped] = useState('')
  const blocked = question.typed !== undefined && typed.trim() !== String(question.typed)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!blocked) onAnswer(true)
      }}
    >
      <div className="b s14">{question.title}</div>
      {question.body && <div className="t2 question-body">{question.body}</div>}
      {question.typed !== undefined && (
        <div className="row g8 question-typed">
          <span className="t2">{t('typeNumber', { n: question.typed })}</span>
          <Input
            autoFocus
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            style={{ width: 90 }}
            inputMode="numeric"
          />
        </div>
      )}
      <div className="row g8 question-foot">
        {question.undoable && <span className="t3 s12">{t('canUndo')}</span>}
        <span className="grow" />
        <Button onClick={() => onAnswer(false)}>{question.no ?? t('cancel')}</Button>
        <Button
          type="primary"
          danger={question.danger ?? false}
          htmlType="submit"
          disabled={blocked}
          autoFocus={question.typed === undefined}
        >
          {question.yes}
        </Button>
      </div>
    </form>
  )
}

/** Where questions appear; mounted once. */
export function ConfirmHost() {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => asked,
  )
  const answer = (yes: boolean) => {
    current?.answer(yes)
    set(null)
  }
  return (
    <Modal
      open={current !== null}
      onCancel={() => answer(false)}
      footer={null}
      closable={false}
      width={460}
      destroyOnHidden
      centered
    >
      {current && <QuestionCard question={current} onAnswer={answer} />}
    </Modal>
  )
}
