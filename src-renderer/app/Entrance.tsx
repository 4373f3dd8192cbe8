import type { ReactNode } from 'react'
import { Mark } from '../components/Mark.tsx'
import { useLanguage, useText } from '../kernel/text.ts'
import { chooseLanguage } from './appearance.tsx'
import { text } from './text.ts'

/** The indigo side with the drawn inn, and the page beside it: login and first run. */
export function Entrance({
  width,
  left,
  foot,
  children,
}: {
  width: number
  left: ReactNode
  foot?: ReactNode
  children: ReactNode
}) {
  const t = useText(text)
  return (
    <div className="entrance">
      <div className="entrance-left" style={{ width }}>
        <div className="row g12">
          <Mark size={32} />
          <span className="entrance-name">{t('product')}</span>
        </div>
        <div className="inn-block">{left}</div>
        <div className="s12 faint inn-block-foot">{foot}</div>
      </div>
      <main className="entrance-right">{children}</main>
    </div>
  )
}

export function LanguageSwitch() {
  const language = useLanguage()
  return (
    <span className="s12 t3">
      {(['zh-CN', 'en-US'] as const).map((one, i) => (
        <span key={one}>
          {i > 0 && ' / '}
          <button type="button" className={`bare${one === language ? ' t1' : ''}`} onClick={() => chooseLanguage(one)}>
            {one === 'zh-CN' ? '中文' : 'English'}
          </button>
        </span>
      ))}
    </span>
  )
}
