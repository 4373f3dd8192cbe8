import { useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import type { ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { Chip, Kbd } from '../../components/marks.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { newKeys, useShortcut } from '../../kernel/keyboard.ts'
import { allSaved } from '../../kernel/saved.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { bandsOf, toneOf } from './bands.ts'
import { isIdentified } from './kinds.ts'
import { Layout, type StepProps } from './ImportLayout.tsx'
import { MappingAside } from './MappingAside.tsx'
import { bandWord } from './bandWord.ts'
import { MappingLine } from './MappingLine.tsx'
import { asksAttention } from './noteText.ts'
import { text } from './text.ts'

/** Step 2: one line per column of the file, with samples, where it goes, how sure that is and what was understood. */
export function MappingStep({ detail, steps, go }: StepProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const [only, setOnly] = useState(false)
  const { columns } = detail
  const asking = columns.filter(asksAttention)
  const settled = columns.filter((column) => column.target && !asksAttention(column)).length
  const ignored = columns.length - settled - asking.length
  const hasTitle = isIdentified(detail)
  const { next, isNext } = useNext(hasTitle, () => steps.prepare.mutate({ id: detail.id }, { onSuccess: () => go(2) }))
  useShortcut('Ctrl+N', { label: t('nextClean'), group: t('title') }, next)
  useShortcut('N', { label: t('nextClean'), group: t('title') }, next)
  return (
    <Layout
      detail={detail}
      step={1}
      go={go}
      left={<Button onClick={() => go(0)}>{t('back')}</Button>}
      sum={
        <span className={hasTitle ? 't3' : 'tbad'}>
          {hasTitle
            ? asking.length > 0
              ? t('waitingColumns', { n: asking.length })
              : ''
            : sliceWord('imports', `refusals.${detail.unidentified}`)}
        </span>
      }
      primary={
        <Button type="primary" disabled={!hasTitle} loading={isNext || steps.prepare.isPending} onClick={next}>
          {t('nextClean')} <Kbd>{newKeys()}</Kbd>
        </Button>
      }
    >
      <div className="row stretch grow mh0 imp-map">
        <div className="grow col imp-main">
          <div className="row g12 imp-bar">
            <span>
              {t('mapped', { n: formatNumber(columns.length), mapped: formatNumber(settled) })}
              {asking.length > 0 && <span className="twarn">{t('toCheck', { n: asking.length })}</span>}
              {ignored > 0 && t('ignored', { n: ignored })}
            </span>
            {!isPhone && <Bands detail={detail} />}
            <Checkbox checked={only} onChange={(event) => setOnly(event.target.checked)}>
              {t('onlyToCheck')}
            </Checkbox>
          </div>
          <div className="imp-lines" role="table">
            <Head detail={detail} />
            {(only ? asking : columns).map((column) => (
              <MappingLine
                key={column.index}
                column={column}
                detail={detail}
                onTarget={(target) => steps.setMapping.mutate({ id: detail.id, columns: [{ index: column.index, target }] })}
              />
            ))}
          </div>
        </div>
        {!isPhone && <MappingAside detail={detail} steps={steps} />}
      </div>
    </Layout>
  )
}

/** The cleaning begins when every column chosen before is saved: it goes by what stands then, and refuses what comes after. */
function useNext(isReady: boolean, begin: () => void) {
  const cache = useQueryClient()
  const [isNext, setNext] = useState(false)
  const next = async () => {
    if (!isReady || isNext) return
    setNext(true)
    const taken = await allSaved(cache)
    setNext(false)
    if (taken) begin()
  }
  return { next: () => void next(), isNext }
}

const BANDS_BESIDE = 3

/** What the rows become, each kind in its colour. */
function Bands({ detail }: { detail: ImportDetail }) {
  const t = useText(text)
  const bands = bandsOf(detail.columns, detail.entity)
  return (
    <span className={`row g8 imp-bands${bands.length > BANDS_BESIDE ? ' many' : ''}`}>
      {bands.map((band) => (
        <Chip key={band.key} tone={toneOf(band.entity, band.at)} dot={`var(--kz-${toneOf(band.entity, band.at)})`}>
          {bandWord(t, detail, band, band.several)} · {band.columns}
        </Chip>
      ))}
    </span>
  )
}

const HEADS = ['fileColumn', 'samples', 'none', 'field', 'confidence', 'explained'] as const

/** What was understood is counted in the first rows only; where the file has more, that is said. */
function Head({ detail }: { detail: ImportDetail }) {
  const t = useText(text)
  const counted = Math.max(0, ...detail.columns.map(({ note }) => note?.counts['of'] ?? 0))
  const n = formatNumber(counted)
  return (
    <div className="imp-line head" role="row">
      {HEADS.map((word) => (
        <span key={word} role="columnheader">
          {word === 'none' ? '' : t(word)}
          {word === 'explained' && counted > 0 && counted < detail.dataRows && t('countedIn', { n })}
        </span>
      ))}
    </div>
  )
}
