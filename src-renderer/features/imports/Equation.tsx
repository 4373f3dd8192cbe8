import { CheckCircleFilled } from '@ant-design/icons'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type Sum = { create: number; update: number; skip: number; fail: number; rows: number; titles: number }

/** 10,962 新建 + 874 更新 + 518 跳过 + 54 错误 = 12,408 行 ✓ 与文件一致 */
export function Equation({ create, update, skip, fail, rows, titles }: Sum) {
  const t = useText(text)
  const adds = create + update + skip + fail === rows
  return (
    <span className="num t2 imp-sum">
      <b className="tok">{formatNumber(create)}</b> {t('sumCreate')} + <b className="tbrand">{formatNumber(update)}</b>{' '}
      {t('sumUpdate')} + <b>{formatNumber(skip)}</b> {t('sumSkip')} + <b className="tbad">{formatNumber(fail)}</b> {t('sumFail')}{' '}
      = <b className="t1">{formatNumber(rows)}</b> {t('rows')}{' '}
      {adds && (
        <>
          <CheckCircleFilled className="tok" /> {t('matchesFile')}
          {titles > 0 && t('titlesIn', { n: formatNumber(titles) })}
        </>
      )}
    </span>
  )
}
