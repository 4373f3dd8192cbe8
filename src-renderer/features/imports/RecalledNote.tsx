import { Button } from 'antd'
import type { ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { recalledSum } from './useCleaning.ts'

/** Rules that came with the headers are said before anything is written, with the way to look at them. */
export function RecalledNote({ detail, onLook }: { detail: ImportDetail; onLook: () => void }) {
  const t = useText(text)
  const sum = recalledSum(detail)
  if (!sum) return null
  return (
    <div className="t2 s12 imp-explain">
      {t('recall')}
      {t('colon')}
      {t('recalled', { rules: formatNumber(sum.rules), n: formatNumber(sum.cells) })}
      <Button type="link" size="small" onClick={onLook}>
        {t('lookAtRules')}
      </Button>
    </div>
  )
}
