import { LockOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Rule } from '../../../src-shared/kernel/list.ts'
import { useText } from '../../kernel/text.ts'
import { refusedFields } from './refused.ts'
import { text } from './text.ts'
import type { FilterField } from './filterField.ts'

type FilterRefusedProps = {
  rules: readonly Rule[]
  fields: readonly FilterField[]
  /** The word of a field, also of one that is not among `fields`; undefined when there is no such field. */
  wordOf: (key: string) => string | undefined
  onDrop: () => void
}

/** In the list's place: a filter names what its reader may not see. Never silently wider. */
export function FilterRefused({ rules, fields, wordOf, onDrop }: FilterRefusedProps) {
  const t = useText(text)
  const named = refusedFields(rules, fields)
  const isGone = named.every(({ key }) => wordOf(key) === undefined)
  const words = [...new Set(named.map(({ key }) => wordOf(key) ?? key))]
  const title = isGone
    ? 'refusedGone'
    : named.every(({ isRelated }) => isRelated)
      ? 'refusedKind'
      : words.length > 1
        ? 'refusedTitleMany'
        : 'refusedTitle'
  return (
    <div className="quiet" role="alert">
      <span className="quiet-icon">
        <LockOutlined />
      </span>
      <div className="b">{t(title, { fields: words.join(t('separator')) })}</div>
      <div className="t3 s12">{t('refusedHint', { n: rules.length })}</div>
      <div className="row g8 quiet-actions">
        <Button size="small" type="primary" onClick={onDrop}>
          {t('dropRules', { n: rules.length })}
        </Button>
      </div>
    </div>
  )
}
