import './files.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, InputNumber, Progress } from 'antd'
import { useState } from 'react'
import { Loaded, Section, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatBytes, formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

const MB = 1_048_576
const GB = 1024 * MB
type Settings = { maxBytes: number; quotaBytes: number; usedBytes: number; count: number }

/** 附件: how large one may be, how much room all have, and what is done to keep them harmless. */
export function FilesSettingsPage() {
  const t = useText(text)
  const settings = useQuery(useApi().files.settings.queryOptions({ input: {}, meta: { shown: true } }))
  return (
    <SettingsPage title={t('setTitle')} note={t('setNote')}>
      <Loaded query={settings} feature="files" rows={4} height={40}>
        {(data) => (
          <>
            <Limits key={`${data.maxBytes} ${data.quotaBytes}`} settings={data} />
            <Section title={t('safeTitle')}>
              <ul className="plain-list t2">
                <li>{t('safeOne')}</li>
                <li>{t('safeTwo')}</li>
                <li>{t('safeThree')}</li>
              </ul>
            </Section>
          </>
        )}
      </Loaded>
    </SettingsPage>
  )
}

function Limits({ settings }: { settings: Settings }) {
  const t = useText(text)
  const undo = useUndo()
  const mayChange = useCan('settings.manage')
  const [max, setMax] = useState(Math.round(settings.maxBytes / MB))
  const [quota, setQuota] = useState(Math.round((settings.quotaBytes / GB) * 100) / 100)
  const save = useMutation(
    useApi().files.setSettings.mutationOptions({
      onSuccess: () => undo.say(t('setSaved'), { procedure: 'files.setSettings' }),
    }),
  )
  const wanted = { maxBytes: max * MB, quotaBytes: Math.round(quota * GB) }
  const isSame = wanted.maxBytes === settings.maxBytes && wanted.quotaBytes === settings.quotaBytes
  const tooLow = wanted.quotaBytes < wanted.maxBytes
  const share = Math.min(100, (settings.usedBytes / settings.quotaBytes) * 100)
  const used = t('used', {
    used: formatBytes(settings.usedBytes),
    all: formatBytes(settings.quotaBytes),
    n: formatNumber(settings.count),
  })
  return (
    <Section title={used}>
      <div className="files-room">
        <Progress aria-label={used} percent={share} showInfo={false} size="small" status={share > 90 ? 'exception' : 'normal'} />
        <div className="row g12 wrap gap-above">
          <label className="row g8">
            {t('maxBytes')}
            <InputNumber
              min={1}
              max={2048}
              precision={0}
              value={max}
              disabled={!mayChange}
              onChange={(value) => setMax(value ?? 1)}
            />
            {t('unitMb')}
          </label>
          <label className="row g8">
            {t('quotaBytes')}
            <InputNumber
              min={0.01}
              max={1024}
              value={quota}
              disabled={!mayChange}
              onChange={(value) => setQuota(value ?? 0.01)}
            />
            {t('unitGb')}
          </label>
          {mayChange && (
            <Button type="primary" disabled={isSame || tooLow} loading={save.isPending} onClick={() => save.mutate(wanted)}>
              {t('save')}
            </Button>
          )}
        </div>
        {tooLow && <div className="field-error gap-above">{t('quotaLow')}</div>}
      </div>
    </Section>
  )
}
