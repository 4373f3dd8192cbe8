import { useMutation } from '@tanstack/react-query'
import { Button, Checkbox, Drawer, Form, Input, InputNumber, Segmented, Select, Switch } from 'antd'
import { useState } from 'react'
import type { PoolId } from '../../../src-shared/features/pools/model.ts'
import { BASES, DAY_KINDS, type Rule, type RuleValues } from '../../../src-shared/features/pools/ruleModel.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { confirm } from '../../components/confirm.ts'
import { RuleSentence } from '../../components/rules/RuleSentence.tsx'
import { useApi, useClient } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { LevelDays } from './LevelDays.tsx'
import { Many } from './Many.tsx'
import { newRule, valuesOf } from './ruleDraft.ts'
import { sentenceOf } from './sentence.ts'
import { text } from './text.ts'
import { levelChoices, statusChoices, useDateFields, useTags } from './useChoices.ts'
import { useRecycleTrial } from './useRecycleTrial.ts'

type RuleDrawerProps = { rule: Rule | null; pools: readonly { id: PoolId; name: string }[]; onClose: () => void }

/** One rule: its conditions, the sentence they make, and whom it would take. */
export function RuleDrawer({ rule, pools, onClose }: RuleDrawerProps) {
  const t = useText(text)
  const [values, setValues] = useState<RuleValues>(() => (rule ? valuesOf(rule) : newRule(pools[0]?.id ?? ('' as PoolId), '')))
  const set = (more: Partial<RuleValues>) => setValues((old) => ({ ...old, ...more }))
  const { save, remove, error, isPending } = useSaving(rule, onClose)
  const tags = useTags()
  const poolName = pools.find(({ id }) => id === values.poolId)?.name ?? ''
  const trial = useRecycleTrial(values, { live: true })
  const ready = values.name.trim() !== '' && (values.basis !== 'date' || values.field !== null)
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={640}
      title={rule ? t('editRule') : t('newRule')}
      onClose={onClose}
      footer={
        <div className="row g8">
          {rule && (
            <Button danger type="text" onClick={() => void remove(rule)}>
              {t('deleteRule')}
            </Button>
          )}
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} disabled={!ready} onClick={() => void save(values)}>
            {t('saveRule')}
          </Button>
        </div>
      }
    >
      <Form layout="vertical" onFinish={() => void save(values)}>
        {error && (
          <div className="field-error gap-below" role="alert">
            {failureText(error, 'pools')}
          </div>
        )}
        <Form.Item label={t('ruleName')} required>
          <Input
            autoFocus
            maxLength={40}
            aria-label={t('ruleName')}
            placeholder={t('ruleNameHint')}
            value={values.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Form.Item>
        <When values={values} set={set} />
        <Form.Item label={t('levelDays')}>
          <LevelDays value={values.levelDays} onChange={(levelDays) => set({ levelDays })} />
        </Form.Item>
        <LeftOut values={values} set={set} tags={tags} />
        <Where values={values} set={set} pools={pools} />
        <RuleSentence
          live
          sentence={sentenceOf(t, { ...values, poolName }, new Map(tags.map((one) => [one.value, one.label])))}
          trial={trial}
        />
      </Form>
    </Drawer>
  )
}

type PartProps = { values: RuleValues; set: (more: Partial<RuleValues>) => void }

function When({ values, set }: PartProps) {
  const t = useText(text)
  const dates = useDateFields()
  return (
    <>
      <Form.Item label={t('basis')}>
        <Segmented
          block
          value={values.basis}
          onChange={(basis) => set({ basis })}
          options={BASES.map((value) => ({ value, label: optionWord('pools', 'basis', value) }))}
        />
      </Form.Item>
      <div className="ps-three">
        {values.basis === 'date' && (
          <Form.Item label={t('field')}>
            <Select aria-label={t('field')} value={values.field} onChange={(field) => set({ field })} options={dates} />
          </Form.Item>
        )}
        <Form.Item label={t('daysField')}>
          <InputNumber
            min={0}
            max={3650}
            precision={0}
            aria-label={t('daysField')}
            value={values.days}
            onChange={(next) => set({ days: next ?? 0 })}
          />
        </Form.Item>
        <Form.Item label={t('dayKind')}>
          <Segmented
            value={values.dayKind}
            onChange={(dayKind) => set({ dayKind })}
            options={DAY_KINDS.map((value) => ({ value, label: t(value) }))}
          />
        </Form.Item>
      </div>
    </>
  )
}

function Where({ values, set, pools }: PartProps & Pick<RuleDrawerProps, 'pools'>) {
  const t = useText(text)
  return (
    <div className="ps-three">
      <Form.Item label={t('target')}>
        <Select
          aria-label={t('target')}
          value={values.poolId}
          onChange={(poolId) => set({ poolId })}
          options={pools.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item label={t('remind')}>
        <InputNumber
          min={0}
          max={60}
          precision={0}
          aria-label={t('remind')}
          value={values.remindDays}
          onChange={(next) => set({ remindDays: next ?? 0 })}
        />
      </Form.Item>
      <Form.Item label={t('enabled')}>
        <Switch aria-label={t('enabled')} checked={values.enabled} onChange={(enabled) => set({ enabled })} />
      </Form.Item>
    </div>
  )
}

function LeftOut({ values, set, tags }: PartProps & { tags: { value: string; label: string }[] }) {
  const t = useText(text)
  const { without } = values
  const put = (more: Partial<RuleValues['without']>) => set({ without: { ...without, ...more } })
  return (
    <Form.Item label={t('without_')}>
      <div className="ps-three">
        <Many
          label={t('levels')}
          placeholder={t('levels')}
          value={without.levels ?? []}
          options={levelChoices()}
          onChange={(next) => put({ levels: next as NonNullable<typeof without.levels> })}
        />
        <Many
          label={t('statuses')}
          placeholder={t('statuses')}
          value={without.statuses ?? []}
          options={statusChoices()}
          onChange={(next) => put({ statuses: next as NonNullable<typeof without.statuses> })}
        />
        <Many
          label={t('tags')}
          placeholder={t('tags')}
          value={without.tagIds ?? []}
          options={tags}
          onChange={(tagIds) => put({ tagIds })}
        />
      </div>
      <Checkbox checked={without.shared ?? false} onChange={(event) => put({ shared: event.target.checked })}>
        {t('shared')}
      </Checkbox>
    </Form.Item>
  )
}

function useSaving(rule: Rule | null, onClose: () => void) {
  const t = useText(text)
  const api = useApi()
  const client = useClient()
  const undo = useUndo()
  const saving = useMutation(
    api.pools.saveRule.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved) => {
        undo.say(saved.enabled ? t('ruleSaved', { date: saved.startsOn ?? '' }) : t('ruleSavedOff'), { recordId: saved.id })
        onClose()
      },
    }),
  )
  const removing = useMutation(
    api.pools.removeRule.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ id }) => {
        undo.say(t('deleteRule'), { recordId: id })
        onClose()
      },
    }),
  )
  const save = async (values: RuleValues) => {
    const own = rule ? { id: rule.id, version: rule.version } : {}
    if (!values.enabled) return saving.mutate({ ...own, values })
    const { isMany, today: n, owned } = await client.pools.preview(values)
    const sure =
      !isMany ||
      (await confirm({
        title: t('manyTitle', { n: formatNumber(n) }),
        body: t('manyBody', { owned: formatNumber(owned) }),
        yes: t('manyYes', { n: formatNumber(n) }),
        danger: true,
        typed: n,
      }))
    if (sure) saving.mutate({ ...own, values, ...(isMany && { confirm: n }) })
  }
  return {
    save,
    remove: async ({ id, name }: Rule) => {
      const sure = await confirm({ title: t('deleteRuleTitle', { name }), yes: t('deleteRuleYes'), danger: true, undoable: true })
      if (sure) removing.mutate({ id })
    },
    error: saving.error ?? removing.error,
    isPending: saving.isPending,
  }
}
