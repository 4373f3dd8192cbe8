import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useText } from '../kernel/text.ts'
import { answerAsked, type Question, useAsked } from './confirm.ts'
import { dialogName } from './dialogName.tsx'
import { text } from './text.ts'

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
  const current = useAsked()
  // It says what it said until it is gone: an answered question does not empty under one's eyes.
  const [last, setLast] = useState(current)
  if (current !== null && current !== last) setLast(current)
  const shown = current ?? last
  return (
    <Modal
      open={current !== null}
      {...(shown && dialogName(shown.title))}
      onCancel={() => answerAsked(false)}
      footer={null}
      closable={false}
      width={460}
      destroyOnHidden
      centered
    >
      {shown && <QuestionCard question={shown} onAnswer={answerAsked} />}
    </Modal>
  )
}
