import { CaretRightOutlined, CloseOutlined, PauseOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Job } from '../../../src-shared/features/jobs/model.ts'
import { confirm } from '../../components/confirm.ts'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { kindWord } from './words.ts'

/** Pause, go on, cancel: only what its state allows. */
export function Steering({ job }: { job: Job }) {
  const t = useText(text)
  const api = useApi()
  const pause = useMutation(api.jobs.pause.mutationOptions())
  const resume = useMutation(api.jobs.resume.mutationOptions())
  const cancel = useMutation(api.jobs.cancel.mutationOptions())
  const ask = async () => {
    const kind = kindWord(job.kind)
    if (await confirm({ title: t('cancelTitle', { kind }), body: t('cancelBody'), yes: t('cancelYes'), danger: true }))
      cancel.mutate({ id: job.id })
  }
  return (
    <span className="row g4 inline">
      {job.canPause && (
        <Button size="small" type="text" icon={<PauseOutlined />} onClick={() => pause.mutate({ id: job.id })}>
          {t('pause')}
        </Button>
      )}
      {job.canResume && (
        <Button size="small" icon={<CaretRightOutlined />} onClick={() => resume.mutate({ id: job.id })}>
          {t(job.state === 'paused' ? 'resume' : 'retry')}
        </Button>
      )}
      {job.canCancel && (
        <Button size="small" type="text" icon={<CloseOutlined />} onClick={() => void ask()}>
          {t('cancel')}
        </Button>
      )}
    </span>
  )
}
