import { ArrowRightOutlined } from '@ant-design/icons'
import type { RuleSample } from '../../../src-shared/features/imports/model.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** Some cells as they stand in the file and as they will be; a click shows more or fewer. */
export function Samples({ samples, onClick }: { samples: readonly RuleSample[]; onClick: () => void }) {
  const t = useText(text)
  return (
    <button type="button" className="bare imp-samples-list" onClick={onClick}>
      {samples.map((sample) => (
        <span key={`${sample.row} ${sample.column} ${sample.before}`} className="imp-diff s12">
          <span className="t3 num">{t('rowN', { n: sample.row })}</span>
          <span className="lit el imp-before" title={sample.before}>
            {sample.before}
          </span>
          <ArrowRightOutlined className="t4" />
          <span className="lit el imp-after" title={sample.after}>
            {sample.after === '' ? t('emptyValue') : sample.after}
          </span>
        </span>
      ))}
    </button>
  )
}
