import { Button, Modal, Radio } from 'antd'
import { useState } from 'react'
import { birthdayShown } from '../../src-shared/kernel/birthday.ts'
import type { ConflictField, ConflictValue } from '../../src-shared/kernel/conflict.ts'
import type { AskedConflict } from '../kernel/conflict.ts'
import { useClock } from '../kernel/context.tsx'
import { type Clock, formatInstant, formatMoney, formatNumber, formatPhone } from '../kernel/format.ts'
import { fieldWord, optionWord } from '../kernel/slices.ts'
import { useText } from '../kernel/text.ts'
import { text } from './text.ts'

/** 原值 / 当前 / 我的 for each field that a colleague changed too. */
export function ConflictDialog({ asked }: { asked: AskedConflict }) {
  const t = useText(text)
  const [mine, setMine] = useState<readonly string[]>([])
  const choose = (field: string, isMine: boolean) =>
    setMine((old) => (isMine ? [...new Set([...old, field])] : old.filter((one) => one !== field)))
  const [first] = asked.fields
  return (
    <Modal
      open
      title={t('conflictTitle')}
      closable={false}
      footer={null}
      width={680}
      onCancel={() => asked.answer('later')}
      centered
    >
      <p className="t2 conflict-lead">{t('conflictLead', { who: first?.by ?? '' })}</p>
      <table className="conflict-table">
        <thead>
          <tr>
            <th scope="col">{t('conflictField')}</th>
            <th scope="col">{t('conflictOriginal')}</th>
            <th scope="col">{t('conflictCurrent')}</th>
            <th scope="col">{t('conflictMine')}</th>
          </tr>
        </thead>
        <tbody>
          {asked.fields.map((one) => (
            <Line key={one.field} asked={asked} one={one} isMine={mine.includes(one.field)} onChoose={choose} />
          ))}
        </tbody>
      </table>
      <div className="row g8 question-foot">
        <span className="grow" />
        {mine.length === 0 && !asked.hasMore ? (
          // Nothing of one's own is left: to keep what is there and to give up are one.
          <Button type="primary" autoFocus onClick={() => asked.answer(null)}>
            {t('conflictGiveUp')}
          </Button>
        ) : (
          <>
            <Button onClick={() => asked.answer(null)}>{t('conflictGiveUp')}</Button>
            <Button type="primary" autoFocus onClick={() => asked.answer(mine)}>
              {t(mine.length === 0 ? 'conflictKeepTheirs' : 'conflictSave')}
            </Button>
          </>
        )}
      </div>
    </Modal>
  )
}

type LineProps = {
  asked: AskedConflict
  one: ConflictField
  isMine: boolean
  onChoose: (field: string, isMine: boolean) => void
}

function Line({ asked, one, isMine, onChoose }: LineProps) {
  const t = useText(text)
  const clock = useClock()
  const word = fieldWord(asked.feature, one.field)
  const shown = (value: ConflictValue) => {
    const words = wordsOf(asked, one, value, clock, { yes: t('conflictYes'), no: t('conflictNo') })
    return words === '' ? <span className="t3">{t('conflictEmpty')}</span> : <span className="lit num">{words}</span>
  }
  return (
    <tr>
      <th scope="row">{word}</th>
      <td className="t3">
        <span className="conflict-of s12">{t('conflictOriginal')}</span>
        {shown(one.original)}
      </td>
      <td className={isMine ? undefined : 'chosen'}>
        <span className="conflict-of t3 s12">{t('conflictCurrent')}</span>
        <Radio
          className="conflict-choice"
          name={one.field}
          checked={!isMine}
          onChange={() => onChoose(one.field, false)}
          aria-label={`${word} ${t('conflictCurrent')}`}
        >
          {shown(one.current)}
        </Radio>
        <div className="t3 s12">
          {one.by} {formatInstant(one.at, clock)}
        </div>
      </td>
      <td className={isMine ? 'chosen' : undefined}>
        <span className="conflict-of t3 s12">{t('conflictMine')}</span>
        <Radio
          className="conflict-choice"
          name={one.field}
          checked={isMine}
          onChange={() => onChoose(one.field, true)}
          aria-label={`${word} ${t('conflictMine')}`}
        >
          {shown(one.mine)}
        </Radio>
      </td>
    </tr>
  )
}

function wordsOf(
  { feature, names }: AskedConflict,
  { field, type }: ConflictField,
  value: ConflictValue,
  clock: Clock,
  words: { yes: string; no: string },
): string {
  if (value === null || value === '') return ''
  if (type === 'boolean') return value === true || value === 1 ? words.yes : words.no
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') return type === 'money' ? formatMoney(value) : formatNumber(value)
  if (type === 'reference') return names[value] ?? value
  if (type === 'phone') return value.startsWith('+') ? formatPhone(value) : value
  if (type === 'instant') return formatInstant(value, clock)
  if (type === 'birthday') return birthdayShown(value)
  return type === 'select' ? optionWord(feature, field, value) : value
}
