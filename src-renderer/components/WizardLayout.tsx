import { Steps } from 'antd'
import type { ReactNode } from 'react'
import { useIsPhone } from '../kernel/screen.ts'
import { PageHead } from './page.tsx'

type WizardLayoutProps = {
  title: string
  note?: ReactNode
  onBack?: () => void
  headActions?: ReactNode
  steps: readonly string[]
  current: number
  /** Given: a step before this one is a way back. */
  onStep?: (step: number) => void
  left?: ReactNode
  sum?: ReactNode
  primary: ReactNode
  children: ReactNode
}

/** Steps under the head; the sentence that adds up and the primary button at the bottom right. */
export function WizardLayout({
  title,
  note,
  onBack,
  headActions,
  steps,
  current,
  onStep,
  left,
  sum,
  primary,
  children,
}: WizardLayoutProps) {
  const isPhone = useIsPhone()
  return (
    <main className="page">
      <PageHead title={title} note={note} {...(onBack && { onBack })}>
        {headActions}
      </PageHead>
      <div className="wizard-steps">
        {isPhone ? (
          <span className="row g8">
            <span className="t3 num">
              {current + 1} / {steps.length}
            </span>
            <b>{steps[current]}</b>
          </span>
        ) : (
          <Steps
            size="small"
            responsive={false}
            current={current}
            items={steps.map((step, at) => ({ title: step, disabled: at >= current }))}
            {...(onStep && { onChange: (to: number) => to < current && onStep(to) })}
          />
        )}
      </div>
      <div className="wizard-body">{children}</div>
      {(left || sum || primary) && (
        <footer className="wizard-foot">
          {left}
          <span className="grow" />
          {sum && <span className="row g8 wizard-sum">{sum}</span>}
          {primary}
        </footer>
      )}
    </main>
  )
}
