import { reasonWord } from '../../../src-shared/kernel/matching/explain.ts'
import type { Matching } from '../../../src-shared/kernel/matching/language.ts'
import { Chip } from '../../components/marks.tsx'
import { useLanguage, useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { points, thresholds, type WeighedReason, weightTable } from './weightTable.ts'
import './duplicates.css'

/** What every comparison weighs, and from which sum on two are one: the model as it judges, to be read by people. */
export function WeightTable({ matching }: { matching: Matching }) {
  const t = useText(text)
  const { start, same, sameOtherName, maybe } = thresholds(matching)
  return (
    <div className="dup-weights">
      <div className="t2">{t('weightsHow', { start: points(start) })}</div>
      <ul className="dup-thresholds t2">
        <li>
          {t('sumSame', { n: points(same.bits), percent: `${same.percent}%` })}
          {t('sumOtherName', { n: points(sameOtherName.bits), percent: `${sameOtherName.percent}%` })}
        </li>
        <li>{t('sumMaybe', { from: points(maybe.bits), to: points(same.bits), percent: `${maybe.percent}%` })}</li>
        <li>{t('sumDifferent', { n: points(maybe.bits) })}</li>
      </ul>
      <div role="table" aria-label={t('weights')} className="dup-weight-table">
        <div role="row" className="dup-weight-row head t2 s12">
          <span role="columnheader">{t('weighed')}</span>
          <span role="columnheader">{t('whenAgree')}</span>
          <span role="columnheader">{t('whenDiffer')}</span>
        </div>
        {weightTable(matching).map(({ field, agree, differ }) => (
          <div key={field} role="row" className="dup-weight-row">
            <b role="rowheader">{t(`weigh_${field}`)}</b>
            <Reasons reasons={agree} />
            <Reasons reasons={differ} />
          </div>
        ))}
      </div>
    </div>
  )
}

function Reasons({ reasons }: { reasons: readonly WeighedReason[] }) {
  const t = useText(text)
  const language = useLanguage()
  return (
    <span role="cell" className="col">
      {reasons.map(({ code, weight, rulesOut, isAsked }) => (
        <span key={code} className="row g8 dup-weight">
          <span>{code === 'coreShortSame' ? t('weigh_coreShortSame') : reasonWord(code, language)}</span>
          {isAsked && <Chip tone="plum">{t('alwaysAsked')}</Chip>}
          {rulesOut && <Chip tone="bad">{t('rulesOut')}</Chip>}
          <span className="grow" />
          <span className={`num ${weight > 0 ? 'tok' : weight < 0 ? 'tbad' : 't3'}`}>{points(weight)}</span>
        </span>
      ))}
    </span>
  )
}
