import { Switch } from 'antd'
import { useState } from 'react'
import { FIXED_RULES, type ImportDetail, type RuleReport, type RuleSample } from '../../../src-shared/features/imports/model.ts'
import { Nothing } from '../../components/states.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { Samples } from './Samples.tsx'
import { text } from './text.ts'
import type { Cleaning } from './useCleaning.ts'

type PartProps = { detail: ImportDetail; cleaning: Cleaning }

/** What the program does by itself, each rule with its count and a switch. */
export function BuiltInRules({ detail, cleaning }: PartProps) {
  const t = useText(text)
  const rules = detail.rules ?? []
  return (
    <section>
      <h2 className="imp-h2">{rules.length > 0 ? t('cleanHead') : t('cleanNothing')}</h2>
      <div className="imp-rules">
        {rules.map((rule) => (
          <Rule
            key={rule.rule}
            rule={{ ...rule, samples: rule.samples.map((sample) => inWords(detail, rule, sample)) }}
            on={!cleaning.off.includes(rule.rule)}
            onSwitch={(on) => cleaning.switchRule(rule.rule, on)}
          />
        ))}
      </div>
    </section>
  )
}

/** A choice is kept by its key; people know it by its word. */
function inWords(detail: ImportDetail, { rule }: RuleReport, sample: RuleSample): RuleSample {
  const target = detail.columns.find(({ index }) => index === sample.column)?.target
  if (rule !== 'value' || !target) return sample
  const feature = detail.targets.find(({ entity }) => entity === target.entity)?.feature ?? ''
  return { ...sample, after: optionWord(feature, target.field, sample.after) }
}

function Rule({ rule, on, onSwitch }: { rule: RuleReport; on: boolean; onSwitch: (on: boolean) => void }) {
  const t = useText(text)
  const [shown, setShown] = useState(false)
  const isFixed = FIXED_RULES.includes(rule.rule)
  const wouldChange = !rule.on && rule.count > 0
  return (
    <section className={`card imp-rule${on ? '' : ' off'}`}>
      <div className="row g12">
        <Switch
          size="small"
          checked={on}
          disabled={isFixed}
          {...(isFixed && { title: t('alwaysOn') })}
          aria-label={t(`r_${rule.rule}`)}
          onChange={onSwitch}
        />
        <span className="b">{t(`r_${rule.rule}`)}</span>
        <span className="grow" />
        <span className="t2 num nowrap">{t(wouldChange ? 'cellsIfOn' : 'cells', { n: formatNumber(rule.count) })}</span>
      </div>
      {rule.samples.length === 0 ? (
        on && <Nothing>—</Nothing>
      ) : (
        <Samples samples={shown ? rule.samples : rule.samples.slice(0, 2)} onClick={() => setShown(!shown)} />
      )}
    </section>
  )
}
