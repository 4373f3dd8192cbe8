import { Segmented } from 'antd'
import { Picker } from '../../components/Picker.tsx'
import type { Estate } from '../../../src-shared/features/handover/model.ts'
import { formatNumber } from '../../kernel/format.ts'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { type Choices, type How, HOWS, useSuccessors } from './useHandover.ts'

type SharingProps = { estate: Estate; choices: Choices }

/** Who gets the customers: one, several in turn, or by a field. */
export function Sharing({ estate, choices }: SharingProps) {
  const t = useText(text)
  const options = useSuccessors(estate.employee.id)
  const { chosen, change } = choices
  const n = formatNumber(estate.customers)
  return (
    <section className="handover-part">
      <h3>
        {t('customers')}
        <span className="t3 num">
          {estate.customers === 0 ? t('none') : t('customersNote', { n, planned: formatNumber(estate.planned) })}
          {estate.binned > 0 && t('binnedNote', { n: formatNumber(estate.binned) })}
        </span>
      </h3>
      {estate.customers + estate.binned > 0 && (
        <div className="handover-choice">
          <Segmented<How>
            value={chosen.how}
            onChange={(how) => change({ how, by: {} })}
            options={HOWS.map((how) => ({ value: how, label: t(`how_${how}`) }))}
          />
          {chosen.how === 'one' && (
            <Picker
              className="handover-select"
              placeholder={t('choose')}
              aria-label={t('customers')}
              value={chosen.one}
              onChange={(one) => change({ one })}
              options={options}
            />
          )}
          {chosen.how === 'even' && (
            <Picker
              mode="multiple"
              className="handover-wide"
              placeholder={t('chooseMany')}
              aria-label={t('customers')}
              value={[...chosen.even]}
              onChange={(even) => change({ even })}
              options={options}
            />
          )}
          {(chosen.how === 'level' || chosen.how === 'province') && (
            <ByField estate={estate} choices={choices} field={chosen.how} />
          )}
        </div>
      )}
    </section>
  )
}

function ByField({ estate, choices, field }: SharingProps & { field: 'level' | 'province' }) {
  const t = useText(text)
  const options = useSuccessors(estate.employee.id)
  const { chosen, change } = choices
  const rows = field === 'level' ? estate.byLevel : estate.byProvince
  const wordOf = (value: string | null) =>
    value === null || value === '' ? t('noValue') : field === 'level' ? optionWord('customers', 'level', value) : value
  const give = (value: string | null, to: string | undefined) => {
    const key = value ?? ''
    const { [key]: _old, ...rest } = chosen.by
    change({ by: to === undefined ? rest : { ...rest, [key]: to } })
  }
  return (
    <div className="handover-rows">
      {rows.map(({ value, count }) => (
        <label key={value ?? ''} className="handover-row">
          <span className="el">{wordOf(value)}</span>
          <span className="t3 num">{t('people', { n: formatNumber(count) })}</span>
          <Picker
            allowClear
            placeholder={t('rest')}
            aria-label={wordOf(value)}
            value={chosen.by[value ?? ''] ?? null}
            onChange={(to: string | undefined) => give(value, to)}
            options={options}
          />
        </label>
      ))}
      <label className="handover-row">
        <span className="b">{t('rest')}</span>
        <span />
        <Picker
          placeholder={t('choose')}
          aria-label={t('rest')}
          value={chosen.rest}
          onChange={(rest) => change({ rest })}
          options={options}
        />
      </label>
    </div>
  )
}
