import { Checkbox, InputNumber } from 'antd'
import { CUSTOMER_LEVELS } from '../../../src-shared/features/customers/entity.ts'
import type { RuleValues } from '../../../src-shared/features/pools/ruleModel.ts'
import { LevelChip } from '../../components/marks.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type Days = RuleValues['levelDays']

/** Other days for a level; ticked, customers of it never go. */
export function LevelDays({ value, onChange }: { value: Days; onChange: (next: Days) => void }) {
  const t = useText(text)
  const put = (level: keyof Days, own: number | null | undefined) => {
    const { [level]: _, ...rest } = value
    onChange(own === undefined ? rest : { ...rest, [level]: own })
  }
  return (
    <div className="ps-levels">
      {CUSTOMER_LEVELS.map((level) => {
        const own = value[level]
        return (
          <span key={level} className="row g6">
            <LevelChip level={level} />
            <InputNumber
              size="small"
              min={0}
              max={3650}
              precision={0}
              aria-label={`${level} ${t('daysField')}`}
              placeholder={t('levelSame')}
              disabled={own === null}
              value={own ?? null}
              onChange={(next) => put(level, next ?? undefined)}
            />
            <Checkbox checked={own === null} onChange={(event) => put(level, event.target.checked ? null : undefined)}>
              {t('levelNever')}
            </Checkbox>
          </span>
        )
      })}
    </div>
  )
}
