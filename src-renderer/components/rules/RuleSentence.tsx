import './rules.css'
import { PlayCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useText } from '../../kernel/text.ts'
import { Chip } from '../marks.tsx'
import { partsOf } from './strong.ts'
import { text } from './text.ts'
import { type Trial, TrialResult } from './Trial.tsx'

/** Whether a rule is in force, in which version and from the night of which day. */
export type RuleState = { readonly on: boolean; readonly version?: number; readonly since?: string | null }

type RuleSentenceProps = {
  /** What the rule is called, where rules have names. */
  name?: ReactNode
  /** Plain words; values are put in by `strong`. */
  sentence: string
  state?: RuleState
  /** What it would do to the data of now. */
  trial?: Trial
  /** The trial runs by itself while the rule is being written. */
  live?: boolean
  /** Beside the trial: run it, edit it. */
  actions?: ReactNode
  onOpen?: () => void
}

/** 规则白话: every rule of the program is read as a sentence and can be tried on the real data before anybody relies on it. */
export function RuleSentence({ name, sentence, state, trial, live = false, actions, onOpen }: RuleSentenceProps) {
  const [open, setOpen] = useState(false)
  const ask = () => {
    setOpen(true)
    trial?.onRun?.()
  }
  const words = (
    <>
      {name && <span className="b rule-name">{name}</span>}
      <Sentence>{sentence}</Sentence>
    </>
  )
  return (
    <div className={`rule${live ? ' live' : ''}`}>
      {onOpen ? (
        <button type="button" className="bare rule-words" onClick={onOpen}>
          {words}
        </button>
      ) : (
        <div className="rule-words">{words}</div>
      )}
      {(state || actions || (trial && !live)) && (
        <div className="rule-foot">
          {state && <State {...state} />}
          <span className="grow rule-outcome t2" role="status">
            {!live && open && trial?.query.data?.outcome}
          </span>
          {actions}
          {trial && !live && <Asking trial={trial} open={open} onAsk={ask} onClose={() => setOpen(false)} />}
        </div>
      )}
      {trial && (live || open) && <TrialResult trial={trial} />}
    </div>
  )
}

type AskingProps = { trial: Trial; open: boolean; onAsk: () => void; onClose: () => void }

/** A trial with something to fill in answers as one types; it is not asked again. */
function Asking({ trial: { inputs, query }, open, onAsk, onClose }: AskingProps) {
  const t = useText(text)
  return (
    <>
      {(!open || !inputs) && (
        <Button size="small" icon={<PlayCircleOutlined />} loading={open && query.isFetching} onClick={onAsk}>
          {t(open ? 'again' : 'trial')}
        </Button>
      )}
      {open && (
        <Button size="small" type="text" onClick={onClose}>
          {t('close')}
        </Button>
      )}
    </>
  )
}

/** The words of a rule with its values in bold. */
export function Sentence({ children }: { children: string }) {
  return (
    <span className="rule-sentence">
      {partsOf(children).map(({ text: words, strong }, at) => (strong ? <b key={at}>{words}</b> : <span key={at}>{words}</span>))}
    </span>
  )
}

function State({ on, version, since }: RuleState) {
  const t = useText(text)
  const said = version === undefined ? '' : ` ${t('version', { n: version })}`
  return (
    <>
      <Chip tone={on ? 'ok' : 'ink'}>
        {t(on ? 'on' : 'off')}
        {said}
      </Chip>
      {on && since && <span className="t3 s12 num">{t('since', { date: since })}</span>}
    </>
  )
}
