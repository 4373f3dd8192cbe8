import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select, Switch } from 'antd'
import { useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import type { ImportDetail, OwnReport } from '../../../src-shared/features/imports/model.ts'
import { isComplete, NEEDS_FIND, OWN_KINDS, type OwnKind, type OwnRule } from '../../../src-shared/features/imports/ownRules.ts'
import { IconButton } from '../../components/page.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { listed, type Translate, useText } from '../../kernel/text.ts'
import { columnWord } from './columnWord.ts'
import { Samples } from './Samples.tsx'
import { type ImportWord, text } from './text.ts'
import type { Cleaning } from './useCleaning.ts'

type PartProps = { detail: ImportDetail; cleaning: Cleaning }

/** The user's own rules in their order, those of the last file with these headers among them. */
export function OwnRules({ detail, cleaning }: PartProps) {
  const t = useText(text)
  const { own } = cleaning
  const report = new Map(detail.own?.map((one) => [one.id, one]))
  const recalled = own.filter((rule) => rule.recalled)
  const changed = recalled.reduce((sum, { id }) => sum + (report.get(id)?.count ?? 0), 0)
  return (
    <section>
      <h2 className="imp-h2">{t('ownTitle')}</h2>
      {recalled.length > 0 && (
        <div className="card row g12 imp-recall">
          <Switch
            size="small"
            checked={recalled.some(({ on }) => on)}
            aria-label={t('recall')}
            onChange={(on) => cleaning.recall(on)}
          />
          <span className="b">{t('recall')}</span>
          <span className="t3 s12">{t('recalled', { rules: formatNumber(recalled.length), n: formatNumber(changed) })}</span>
        </div>
      )}
      {own.length === 0 && <p className="t3">{t('ownNone')}</p>}
      <div className="col g6">
        {own.map((rule, at) => (
          <OwnLine
            key={rule.id}
            rule={rule}
            sentence={sentenceOf(t, rule, columnWord(detail, rule.column))}
            report={report.get(rule.id)}
            isFirst={at === 0}
            isLast={at === own.length - 1}
            cleaning={cleaning}
          />
        ))}
      </div>
      <NewOwnRule detail={detail} cleaning={cleaning} />
    </section>
  )
}

const LISTED = 4

/** 「行业」里 家俱、傢具 → 家具 */
function sentenceOf(t: Translate<ImportWord>, rule: OwnRule, column: string): string {
  const list = listed(rule.values.slice(0, LISTED)) + (rule.values.length > LISTED ? ' …' : '')
  return t(`o_${rule.kind}`, { column, find: rule.find, by: rule.by === '' ? t('nothingThere') : rule.by, list })
}

type LineProps = {
  rule: OwnRule
  sentence: string
  report: OwnReport | undefined
  isFirst: boolean
  isLast: boolean
  cleaning: Cleaning
}

function OwnLine({ rule, sentence, report, isFirst, isLast, cleaning }: LineProps) {
  const t = useText(text)
  const [shown, setShown] = useState(false)
  return (
    <div className={`card imp-own${rule.on ? '' : ' off'}`}>
      <div className="row g8">
        <Switch size="small" checked={rule.on} aria-label={sentence} onChange={(on) => cleaning.change(rule.id, { on })} />
        <button type="button" className="bare el lit imp-sentence" title={sentence} onClick={() => setShown(!shown)}>
          {sentence}
        </button>
        <span className="grow" />
        <span className="t2 num nowrap">{report ? t('cells', { n: formatNumber(report.count) }) : t('notCounted')}</span>
        <IconButton
          small
          icon={<ArrowUpOutlined />}
          title={t('earlier')}
          disabled={isFirst}
          onClick={() => cleaning.move(rule.id, -1)}
        />
        <IconButton
          small
          icon={<ArrowDownOutlined />}
          title={t('later')}
          disabled={isLast}
          onClick={() => cleaning.move(rule.id, 1)}
        />
        <IconButton small icon={<DeleteOutlined />} title={t('removeRule')} onClick={() => cleaning.remove(rule.id)} />
      </div>
      {shown && report && report.samples.length > 0 && <Samples samples={report.samples} onClick={() => setShown(false)} />}
    </div>
  )
}

const OFFERED = OWN_KINDS.filter((kind) => kind !== 'unify')

/** One line to tell a new rule: in which column, what to look for, what stands there instead. */
function NewOwnRule({ detail, cleaning }: PartProps) {
  const t = useText(text)
  const columns = detail.columns.filter(({ target }) => target !== null)
  const [column, setColumn] = useState<number | null>(columns[0]?.index ?? null)
  const [kind, setKind] = useState<OwnKind>('replace')
  const [find, setFind] = useState('')
  const [by, setBy] = useState('')
  const asksFind = NEEDS_FIND.includes(kind)
  const asksBy = ['replace', 'prefix', 'suffix'].includes(kind)
  const isReady = column !== null && isComplete({ kind, find, by, values: [] })
  const add = () => {
    if (!isReady || column === null) return
    cleaning.add({ column, kind, find: asksFind ? find : '', by: asksBy ? by : '' })
    setFind('')
    setBy('')
  }
  return (
    <div className="row g8 imp-newrule">
      <Picker
        size="small"
        aria-label={t('inColumn')}
        value={column}
        className="imp-newcolumn"
        options={columns.map(({ index }) => ({ value: index, label: columnWord(detail, index) }))}
        onChange={setColumn}
      />
      <Select
        size="small"
        aria-label={t('whatToDo')}
        value={kind}
        className="imp-newkind"
        options={OFFERED.map((value) => ({ value, label: t(`ok_${value}`) }))}
        onChange={setKind}
      />
      {asksFind && (
        <Input
          size="small"
          className="grow lit"
          placeholder={t('find')}
          value={find}
          maxLength={500}
          onChange={(event) => setFind(event.target.value)}
          onPressEnter={add}
        />
      )}
      {asksBy && (
        <Input
          size="small"
          className="grow lit"
          placeholder={t('by')}
          value={by}
          maxLength={500}
          onChange={(event) => setBy(event.target.value)}
          onPressEnter={add}
        />
      )}
      <Button size="small" icon={<PlusOutlined />} disabled={!isReady} onClick={add}>
        {t('addRule')}
      </Button>
    </div>
  )
}
